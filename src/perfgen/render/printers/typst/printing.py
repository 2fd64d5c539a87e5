"""Page → PDF (打印成 PDF) with Typst."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from perfgen.errors import PageError
from perfgen.render.attachments import Attachment
from perfgen.render.looks import Looks
from perfgen.render.page.elements import Page
from perfgen.render.printers.typst.claims import find_claims
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.press import Press, Sheets
from perfgen.render.printers.typst.structure import corrected
from perfgen.render.printers.typst.tails import TIGHTER, Tail, page_counts, short_tails
from perfgen.render.printers.typst.writing import Manuscript, write_manuscript

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of attachments in a report without a date: as in ZIP files."""


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
    moment = _moment(page) or (_NO_DATE if attachments else None)
    claims = find_claims(page)
    printer = _Printer(page, looks, faces, base, attachments, moment, claims.standards)
    say("排 PDF 的版")
    manuscript, sheets = printer.print({})
    tails = short_tails(manuscript.runs, sheets.spots, looks)
    if tails:
        say("收拢只剩几行的末页")
        manuscript, sheets = printer.without_tails(manuscript, sheets, tails)
    data = corrected(sheets.data, manuscript.tables, [each.name for each in attachments])
    return PrintedPdf(
        data=data, pages=_count_pages(data), warnings=claims.notices, claims=claims.names
    )


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints one page, as often as is needed."""

    page: Page
    looks: Looks
    faces: Faces
    base: Path
    attachments: Sequence[Attachment]
    moment: datetime | None
    standards: Sequence[str]

    def print(self, tightness: Mapping[int, float]) -> tuple[Manuscript, Sheets]:
        """Return the source, with the tables of some runs tighter, and what is printed of it."""
        manuscript = write_manuscript(
            self.page, self.looks, self.faces, self.base, self.attachments, self.moment, tightness
        )
        press = Press(self.faces, manuscript.files, self.moment)
        return manuscript, press.pdf(manuscript.source, self.standards)

    def without_tails(
        self, manuscript: Manuscript, sheets: Sheets, tails: Sequence[Tail]
    ) -> tuple[Manuscript, Sheets]:
        """Return the same with as many tails drawn in as a little less space can draw in."""
        before = page_counts(sheets.spots)
        done: dict[int, float] = {}
        best = (manuscript, sheets)
        for part in TIGHTER:
            tried = {tail.run for tail in tails if tail.fits(part)} - done.keys()
            if not tried:
                continue
            trial = self.print({**dict.fromkeys(tried, part), **done})
            after = page_counts(trial[1].spots)
            drawn_in = {number for number in tried if after[number] < before[number]}
            done |= dict.fromkeys(drawn_in, part)
            if drawn_in:
                best = trial if drawn_in == tried else self.print(done)
        return best


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
