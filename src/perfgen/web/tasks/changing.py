"""What an adjustment changed (变化): two versions side by side, and the 调整对照表."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perfgen.build import Request, load
from perfgen.comparing import Changes, compare, take_snapshot
from perfgen.comparing.printing import print_comparison
from perfgen.comparing.showing import count_words, lines_of
from perfgen.errors import WorkbookError
from perfgen.garbage import undisturbed
from perfgen.keeping.record import snapshot_from_json
from perfgen.web.tasks.telling import saying
from perfgen.workbook.opening import WorkbookFile

FORMATS = ("docx", "pdf")


@undisturbed()
def changes(
    workbook: WorkbookFile, before: bytes, request: Request, progress: Path
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what differs from an earlier snapshot, and the table of it as Word and PDF.

    Raises WorkbookError where the layouts differ.
    """
    say = saying(progress)
    old = snapshot_from_json(before)
    loaded = load(workbook, request, say=say)
    new = take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)
    if old.layout != new.layout:
        raise WorkbookError(
            f"那一次的版式是 {old.layout}，这一次是 {new.layout}，不能对照",
            hint="对照同一种版式的两次",
        )
    found = compare(old, new)
    data = changes_data(found)
    if not found.rows:
        return data, {}
    return data, dict(print_comparison(found, new, loaded, FORMATS, request, say))


def changes_data(found: Changes) -> dict[str, Any]:
    """Return changes as the page shows them: lines, and findings that are new and settled."""
    return {
        "ok": True,
        "words": count_words(found),
        "lines": [
            {"depth": line.depth, "kind": line.kind, "text": line.text} for line in lines_of(found)
        ],
        "new": [dict(finding) for finding in found.found],
        "settled": [dict(finding) for finding in found.cured],
    }
