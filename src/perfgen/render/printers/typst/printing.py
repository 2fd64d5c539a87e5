"""Page → PDF (打印成 PDF) with Typst."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from perfgen.errors import PageError
from perfgen.render.attachments import Attachment
from perfgen.render.looks import Looks
from perfgen.render.page.elements import Page
from perfgen.render.printers.typst.claims import find_claims
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.press import Press
from perfgen.render.printers.typst.structure import corrected
from perfgen.render.printers.typst.writing import write_manuscript


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPdf:
    """A finished PDF: its bytes and its number of pages.

    `claims` are the standards that it says it meets, `warnings` what the officer should know:
    which claim was left out, and why.
    """

    data: bytes
    pages: int
    warnings: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def print_pdf(
    page: Page,
    looks: Looks,
    *,
    faces: Faces,
    base: Path,
    attachments: Sequence[Attachment] = (),
    say: Callable[[str], None] | None = None,
) -> PrintedPdf:
    """Return the page as a PDF: PDF/A-3a and PDF/UA-1, with files attached.

    `faces` are the fonts, `base` is the layout's folder, from which pictures are read. The same
    input gives the same bytes: the date comes from the page, or from SOURCE_DATE_EPOCH.
    Raises PageError, naming the element, for what cannot be printed.
    """
    say = say or (lambda _: None)
    moment = _moment(page)
    say("排 PDF 的版")
    manuscript = write_manuscript(page, looks, faces, base, attachments, moment)
    claims = find_claims(page)
    press = Press(faces, manuscript.files, moment)
    data = press.pdf(manuscript.source, claims.standards)
    data = corrected(data, manuscript.tables)
    return PrintedPdf(
        data=data, pages=_count_pages(data), warnings=claims.notices, claims=claims.names
    )


def _count_pages(data: bytes) -> int:
    return data.count(b"<</Type/Page/")


def _moment(page: Page) -> datetime | None:
    """Return the document's date: SOURCE_DATE_EPOCH if that is set, else the report's own."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        day = page.date
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise PageError(
            f"环境变量 SOURCE_DATE_EPOCH 的值“{epoch}”不是秒数", hint="改为整数秒，或者不设置"
        ) from error
