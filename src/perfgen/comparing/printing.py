"""The page 调整对照表 → DOCX and PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgen.build import Loaded, Request, Say
from perfgen.comparing.changes import Changes
from perfgen.comparing.snapshot import Snapshot
from perfgen.comparing.table import comparison_layout, comparison_page
from perfgen.render.documents import print_documents


def print_comparison(
    changes: Changes,
    new: Snapshot,
    loaded: Loaded,
    formats: Sequence[str],
    request: Request,
    say: Say,
) -> Mapping[str, bytes]:
    """Return the table as documents, by format; nothing is written.

    Raises PageError, FontError or OutputError.
    """
    layout = comparison_layout(loaded.layout)
    source = comparison_page(changes, new, loaded.layout, loaded.report.day)
    printed = print_documents(
        source, layout, formats=formats, fonts=request.fonts, printer=request.printer, say=say
    )
    return {kind: printed.contents[kind] for kind in formats}
