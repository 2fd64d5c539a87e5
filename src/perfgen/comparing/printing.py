"""The page 调整对照表 → DOCX and PDF, written whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfgen.build import Loaded, Request, Say
from perfgen.comparing.changes import Changes
from perfgen.comparing.snapshot import Snapshot
from perfgen.comparing.table import comparison_layout, comparison_page
from perfgen.files import write_whole
from perfgen.render.documents import Documents, print_documents


def comparison_documents(
    changes: Changes,
    new: Snapshot,
    loaded: Loaded,
    formats: Sequence[str],
    request: Request,
    say: Say,
) -> Documents:
    """Return the table in these formats. Raises PageError or FontError."""
    layout = comparison_layout(loaded.layout)
    source = comparison_page(changes, new, loaded.layout, loaded.report.day)
    return print_documents(
        source, layout, formats=formats, fonts=request.fonts, printer=request.printer, say=say
    )


def print_comparison(
    changes: Changes,
    new: Snapshot,
    loaded: Loaded,
    formats: Sequence[str],
    destination: Path,
    request: Request,
    say: Say,
) -> tuple[Path, ...]:
    """Write the table to `destination` + `.docx`, `.pdf`; return the files.

    Raises PageError, FontError or OutputError; then nothing is written.
    """
    printed = comparison_documents(changes, new, loaded, formats, request, say)
    files = {
        destination.with_name(f"{destination.name}.{kind}"): printed.contents[kind]
        for kind in formats
    }
    write_whole(files)
    return tuple(files)
