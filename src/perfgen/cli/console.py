"""How perfgen talks: results to stdout, progress and messages to stderr, colour on terminals."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from perfgen.errors import PerfgenError, WorkbookError
from perfgen.model.cells import Problem
from perfgen.model.finding import Finding, Severity

if TYPE_CHECKING:
    from perfgen.checks import Checked
    from perfgen.model.places import Place

_PLAIN_SIGNS = str.maketrans({"✓": "√", "✗": "×", "›": ">", "│": "|"})

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def wants_colour(stream: TextIO) -> bool:
    """Return whether to colour what goes to `stream`: NO_COLOR, FORCE_COLOR, else a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def command_name() -> str:
    """Return how the officer calls perfgen: as typed, where the launcher says so."""
    return os.environ.get("PERFGEN_COMMAND", "perfgen")


def result(text: str = "") -> None:
    """Print a line of the result to stdout."""
    click.echo(_fitting(text, sys.stdout), color=wants_colour(sys.stdout))


def note(text: str = "") -> None:
    """Print a line of diagnostics to stderr."""
    click.echo(_fitting(text, sys.stderr), err=True, color=wants_colour(sys.stderr))


def _fitting(text: str, stream: TextIO) -> str:
    """The text with signs that the stream's encoding has: GBK lacks ✓, ✗ and ›."""
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN_SIGNS)
    return text


def progress(stage: str) -> None:
    """Print a stage of the work to stderr, on a terminal only."""
    if sys.stderr.isatty() or os.environ.get("FORCE_COLOR"):
        note(click.style(f"  {stage} …", dim=True))


def verdict(text: str, *, good: bool) -> None:
    """Print the last line: the verdict, the counts and the files."""
    mark = click.style("✓", fg="green") if good else click.style("✗", fg="red")
    result(f"{mark} {text}")


def counts(checked: Checked) -> str:
    """Return the counts of the findings in words: 检查：错误 3，提醒 6."""
    parts = [
        f"{severity.label} {number}" for severity in Severity if (number := checked.count(severity))
    ]
    waived = f"，已说明 {len(checked.waived)}" if checked.waived else ""
    return (f"检查：{'，'.join(parts)}" if parts else "检查没有发现问题") + waived


def show_finding(
    finding: Finding, workbook: str, *, place: Place | None = None, err: bool = False
) -> None:
    """Print one finding: severity and code, its cell, the row, what is wrong, what to do."""
    show = note if err else result
    head = click.style(f"{finding.severity.label}[{finding.code}]", fg=COLOURS[finding.severity])
    where = f"{workbook} › {finding.ref}" if finding.ref else workbook
    show(f"{head} {click.style(where, bold=True)}")
    if place:
        show(click.style(f"  {place.row} │ ", dim=True) + place.shown(finding.message))
    show(f"  {finding.message}")
    show(f"  建议：{finding.hint}")


def show_error(error: PerfgenError) -> None:
    """Print an error with its advice, and each problem of a workbook with its place."""
    problems, workbook = _problems(error)
    for problem in problems:
        name = problem.ref.workbook if problem.ref else workbook
        place = f"{name} › {problem.where}" if name not in ("", problem.where) else problem.where
        note(f"{click.style('错误', fg='red')} {click.style(place, bold=True)}")
        note(f"  {problem.message}")
        if problem.hint:
            note(f"  建议：{problem.hint}")
    note(f"{click.style('✗', fg='red')} {error.message}")
    if error.hint:
        note(f"  建议：{error.hint}")


def _problems(error: PerfgenError) -> tuple[Sequence[Problem], str]:
    return (error.problems, error.workbook) if isinstance(error, WorkbookError) else ((), "")


def show_json(data: dict[str, Any]) -> None:
    """Print one JSON document to stdout, its Chinese escaped where the encoding lacks some."""
    unicode = (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    click.echo(json.dumps(data, ensure_ascii=not unicode, indent=2))


def finding_data(finding: Finding, place: Place | None = None) -> dict[str, Any]:
    """Return a finding as JSON data; with the row that it is about, where that is known."""
    ref = finding.ref
    row = (
        {"number": place.row, "name": place.name, "header": place.header, "value": place.value}
        if place
        else None
    )
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "sheet": ref.sheet if ref else None,
        "cell": ref.address if ref else None,
        "row": row,
        "message": finding.message,
        "hint": finding.hint,
    }


def error_data(error: PerfgenError) -> dict[str, Any]:
    """Return an error as JSON data, its problems too."""
    problems: Sequence[Problem] = error.problems if isinstance(error, WorkbookError) else ()
    return {
        "ok": False,
        "error": {"message": error.message, "hint": error.hint},
        "problems": [
            {
                "sheet": problem.ref.sheet if problem.ref else problem.place or None,
                "cell": problem.ref.address if problem.ref else None,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
    }
