"""The documents (取文件): built as `build` builds them, and the package for disclosure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from perfgen.build import Loaded, Request, load
from perfgen.comparing.showing import around, count_words, lines_of
from perfgen.disclosing import final_files
from perfgen.garbage import undisturbed
from perfgen.model.finding import Severity
from perfgen.rebuild import Edited, rebuild
from perfgen.web.tasks.telling import saying
from perfgen.workbook.opening import WorkbookFile

FORMATS = ("docx", "pdf")


@undisturbed()
def make(
    workbook: WorkbookFile, request: Request, destination: Path, progress: Path
) -> dict[str, Any]:
    """Write the Word file and the PDF to `destination`, and say what came of it."""
    asked = replace(request, formats=FORMATS)
    rebuilt = rebuild(workbook, asked, destination=destination, say=saying(progress))
    checked, changes = rebuilt.loaded.checked, rebuilt.changes
    return {
        "ok": True,
        "title": title_of(rebuilt.loaded),
        "counts": {one.value: checked.count(one) for one in Severity},
        "files": [
            {"kind": file.suffix.lstrip("."), "size": file.stat().st_size} for file in rebuilt.files
        ],
        "pages": rebuilt.pages,
        "notices": list(rebuilt.notices),
        "unchanged": rebuilt.unchanged,
        "words": checked.in_words(),
        "errors": checked.count(Severity.ERROR),
        "edited": [_edited(one) for one in rebuilt.edited],
        "changes": count_words(changes) if changes else "",
        "lines": [
            {"depth": line.depth, "kind": line.kind, "text": line.text}
            for line in (lines_of(changes) if changes else ())
        ],
    }


def title_of(loaded: Loaded) -> str:
    """Return what a work is called once its workbook was read."""
    return f"{loaded.report.year}年度{loaded.report.unit}{loaded.layout.document}"


def _edited(edited: Edited) -> dict[str, Any]:
    return {
        "file": edited.file.name,
        "others": list(edited.others),
        "paragraphs": [list(around(*pair)) for pair in edited.paragraphs],
    }


@undisturbed()
def disclose(
    workbook: WorkbookFile, request: Request, progress: Path
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what the gate says, and its files by name; no files where it refuses."""
    say = saying(progress)
    loaded = load(workbook, request, say=say)
    checked = loaded.checked
    errors = [one for one in checked.findings if one.severity is Severity.ERROR]
    data: dict[str, Any] = {
        "ok": True,
        "refused": bool(errors),
        "words": checked.in_words(),
        "errors": [
            {"code": one.code, "where": str(one.ref or ""), "message": one.message,
             "hint": one.hint}
            for one in errors
        ],
        "explained": [
            {"code": one.finding.code, "where": str(one.finding.ref or ""),
             "message": one.finding.message, "reason": one.waiver.reason}
            for one in checked.explained
        ],
    }  # fmt: skip
    if errors:
        return data, {}
    final = final_files(loaded, request, say=say)
    names = list(final.contents)
    return data | {"names": names, "pages": final.pages, "notices": list(final.notices)}, {
        name: final.contents[name] for name in names
    }
