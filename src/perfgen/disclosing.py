"""The disclosure gate (公开关口): the final PDF under its standard name, its hash, and the sheet
that is signed before it is published (公开审核单).

Refuses where an error stands that no waiver explains. Source of the sheet's contents: what an
office is asked for when it publishes (预算法第十四条; 财预〔2016〕143号 on disclosure).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from perfgen import __version__
from perfgen.build import Loaded, Request, Say, load, print_report, silent
from perfgen.keeping import write_beside_altered
from perfgen.keeping.inputs import content_hash
from perfgen.layouts import templates_folder
from perfgen.model.finding import Severity
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.render.documents import print_documents
from perfgen.render.page.template import shared_page
from perfgen.render.page.view import layout_names
from perfgen.withholding import without_private
from perfgen.workbook.opening import WorkbookFile

MOST_LISTED = (12, 8, 5, 3, 0)
"""Findings, and explained findings, that the sheet lists: the first number that fits one page."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What the gate wrote; `files` is empty where it refused.

    `aside` says where files went that somebody had altered, by name.
    """

    loaded: Loaded
    files: tuple[Path, ...] = ()
    pages: int | None = None
    notices: tuple[str, ...] = ()
    aside: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Final:
    """The files of the gate by name, as bytes."""

    contents: Mapping[str, bytes]
    pages: int | None = None
    notices: tuple[str, ...] = ()


def disclose(
    workbook: Path | WorkbookFile, request: Request, *, home: Path, say: Say = silent
) -> Disclosed:
    """Write the final PDF, its `.sha256` and its review sheet to the folder `home`.

    Nothing is written where an error stands. Raises what `load` and `print_report` raise, or
    OutputError.
    """
    loaded = load(workbook, request, say=say)
    if loaded.checked.count(Severity.ERROR):
        return Disclosed(loaded)
    final = final_files(loaded, request, say=say)
    name = standard_name(loaded.report, loaded.layout)
    aside = write_beside_altered(home / name, final.contents)
    files = tuple(home / name for name in final.contents)
    return Disclosed(loaded, files, final.pages, final.notices, aside)


def final_files(loaded: Loaded, request: Request, *, say: Say = silent) -> Final:
    """Return the files of the gate for a workbook in which no error stands; nothing is written."""
    public = replace(loaded, report=without_private(loaded.report, loaded.layout))
    printed = print_report(public, replace(request, formats=("pdf",)), say=say)
    name = standard_name(loaded.report, loaded.layout)
    content = printed.contents["pdf"]
    digest = content_hash(content)
    say("填写公开审核单")
    review = _one_page(loaded, f"{name}.pdf", digest, printed.pages or 0, request, say)
    files = {
        f"{name}.pdf": content,
        f"{name}.pdf.sha256": f"{digest}  {name}.pdf\n".encode(),
        f"{name}-公开审核单.pdf": review,
    }
    return Final(files, printed.pages, printed.notices)


def _one_page(
    loaded: Loaded, file: str, digest: str, pages: int, request: Request, say: Say
) -> bytes:
    """The review sheet as a PDF: as many findings as leave it one page, the others counted."""
    layout = review_layout(loaded.layout)
    for most in MOST_LISTED:
        sheet = review_sheet(loaded, file, digest, pages, most=most)
        printed = print_documents(
            sheet, layout, formats=("pdf",), fonts=request.fonts, printer=request.printer, say=say
        )
        if printed.pages == 1:
            break
    return printed.contents["pdf"]


def standard_name(report: Report, layout: Layout) -> str:
    """Return the standard file name: 年度 + 单位 + 文件名, without characters files cannot have."""
    name = f"{report.year}年度{report.unit}{layout.document}"
    return re.sub(r'[\\/:*?"<>|\s]+', "_", name)


def review_sheet(loaded: Loaded, file: str, digest: str, pages: int, *, most: int) -> str:
    """Return the page of the review sheet (公开审核单), with at most `most` findings of a kind."""
    checked = loaded.checked
    counts = "，".join(
        f"{severity.label} {number}" for severity in Severity if (number := checked.count(severity))
    )
    explained = f"，已说明 {len(checked.explained)}" if checked.explained else ""
    return shared_page(
        "review.html.j2",
        loaded.layout,
        loaded.report.amount_unit,
        {
            "report": loaded.report,
            "layout": layout_names(loaded.layout),
            "schema": loaded.layout.schema,
            "version": __version__,
            "file": file,
            "pages": pages,
            "digest": digest,
            "workbook_digest": content_hash(loaded.workbook.content),
            "verdict": f"没有错误{f'；{counts}' if counts else ''}{explained}",
            "findings": checked.findings[:most],
            "more_findings": max(0, len(checked.findings) - most),
            "explained": checked.explained[:most],
            "more_explained": max(0, len(checked.explained) - most),
        },
    )


def review_layout(layout: Layout) -> Layout:
    """Return the layout by which the sheet prints: the shared look and its own."""
    shared = templates_folder() / "_shared"
    return replace(layout, folder=shared, styles=(shared / "gongwen.css", shared / "review.css"))
