"""What every task tells: its stage while it runs, and an error as data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from perfgen.errors import PerfgenError, WorkbookError
from perfgen.web.words import page_words


def saying(progress: Path) -> Callable[[str], None]:
    """Return what writes each stage of the work to a file, for the page to read."""

    def say(stage: str) -> None:
        try:
            progress.write_text(stage, encoding="utf-8")
        except OSError:  # the work was forgotten meanwhile
            return

    return say


def error_data(error: PerfgenError) -> dict[str, Any]:
    """Return an error as data: what is wrong, what to do, and each problem with its cell."""
    problems = error.problems if isinstance(error, WorkbookError) else ()
    return {
        "ok": False,
        "message": page_words(error.message),
        "hint": page_words(error.hint or ""),
        "problems": [
            {"where": one.where, "message": one.message, "hint": page_words(one.hint)}
            for one in problems
        ],
    }
