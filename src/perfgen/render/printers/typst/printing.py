"""Page → PDF (打印成 PDF) with Typst."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from perfgen.render.attachments import Attachment
from perfgen.render.looks import Looks
from perfgen.render.moment import document_moment
from perfgen.render.page.elements import Page
from perfgen.render.printers.typst.claims import Claims, find_claims
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.places import Place
from perfgen.render.printers.typst.press import Press, Printed
from perfgen.render.printers.typst.structure import corrected
from perfgen.render.printers.typst.tails import page_counts, short_tails
from perfgen.render.printers.typst.tightness import TIGHTER, Tightness
from perfgen.render.printers.typst.writing import Manuscript, Order, write_manuscript

PictureKind = Literal["png", "svg"]
"""What a picture of a page is."""

_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of a report without a date, for PDF/A asks for one: as in ZIP files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPdf:
    """A finished PDF: its bytes and its number of pages.

    `claims` are the standards that it says it meets, `warnings` what the officer should know:
    which claim was left out, and why. `places` say where each element came to stand, where that
    was asked for.
    """

    data: bytes
    pages: int
    warnings: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def print_pdf(
    page: Page,
    looks: Looks,
    *,
    faces: Faces,
    base: Path,
    attachments: Sequence[Attachment] = (),
    places: bool = False,
    say: Callable[[str], None] | None = None,
) -> PrintedPdf:
    """Return the page as a PDF: PDF/A-3a and PDF/UA-1, with files attached.

    `faces` are the fonts, `base` is the layout's folder, from which pictures are read; `places`
    asks where the elements came to stand. The same input gives the same bytes: the date comes from
    the page, or from SOURCE_DATE_EPOCH.
    Raises PageError, naming the element, for what cannot be printed.
    """
    say = say or (lambda _: None)
    moment = document_moment(page) or _NO_DATE
    order = Order(page, looks, faces, base, attachments, moment, places)
    say("排 PDF 的版")
    sheets = _well_filled(order, say)
    manuscript, claims = sheets.manuscript, sheets.claims
    names = [each.name for each in attachments]
    data = corrected(sheets.printed.data, manuscript.tables, names)
    return PrintedPdf(
        data=data,
        pages=_count_pages(data),
        warnings=claims.notices,
        claims=claims.names,
        places=manuscript.marks.places(sheets.printed.spots),
    )


def print_pictures(
    page: Page,
    looks: Looks,
    *,
    faces: Faces,
    base: Path,
    kind: PictureKind = "png",
    resolution: float = 96.0,
) -> list[bytes]:
    """Return the pages as pictures, exactly as `print_pdf` prints them.

    `resolution` is that of PNG, in dots per inch.
    """
    order = Order(page, looks, faces, base, (), document_moment(page) or _NO_DATE, places=False)
    return _pictures(order, _well_filled(order, lambda _: None), kind, resolution)


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as pictures, and where each element stands on them."""

    pictures: Sequence[bytes]
    places: Sequence[Place]


def print_preview(
    page: Page,
    looks: Looks,
    *,
    faces: Faces,
    base: Path,
    kind: PictureKind = "svg",
    resolution: float = 96.0,
) -> Preview:
    """Return the pages as `print_pdf` prints them, and the places of their elements.

    `resolution` is that of PNG, in dots per inch.
    """
    order = Order(page, looks, faces, base, (), document_moment(page) or _NO_DATE, places=True)
    sheets = _well_filled(order, lambda _: None)
    return Preview(
        _pictures(order, sheets, kind, resolution),
        sheets.manuscript.marks.places(sheets.printed.spots),
    )


def _pictures(order: Order, sheets: _Sheets, kind: PictureKind, resolution: float) -> list[bytes]:
    press = Press(order.faces, sheets.manuscript.files, order.moment)
    return press.pictures(sheets.manuscript.source, kind, resolution)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """A manuscript, what may be claimed for it, and the PDF that Typst made of it."""

    manuscript: Manuscript
    claims: Claims
    printed: Printed

    @property
    def counts(self) -> Mapping[int, int]:
        """Return how many pages each run has."""
        return page_counts(self.printed.spots)


def _print(order: Order, tightness: Mapping[int, Tightness]) -> _Sheets:
    manuscript = write_manuscript(order, tightness)
    claims = find_claims(order.page, cmyk=manuscript.cmyk)
    press = Press(order.faces, manuscript.files, order.moment)
    return _Sheets(manuscript, claims, press.pdf(manuscript.source, claims.standards))


def _well_filled(order: Order, say: Callable[[str], None]) -> _Sheets:
    """Return the sheets, with as many short tails drawn in as a little less space can draw in."""
    best = first = _print(order, {})
    tails = short_tails(first.manuscript.runs, first.printed.spots, order.looks)
    done: dict[int, Tightness] = {}
    for tight in TIGHTER:
        tried = {tail.run for tail in tails if tail.fits(tight)} - done.keys()
        if tried:
            say("收拢只剩几行的末页")
            trial = _print(order, {**dict.fromkeys(tried, tight), **done})
            drawn_in = {run for run in tried if trial.counts[run] < first.counts[run]}
            done |= dict.fromkeys(drawn_in, tight)
            if drawn_in:
                best = trial if drawn_in == tried else _print(order, done)
    return best


def _count_pages(data: bytes) -> int:
    return data.count(b"<</Type/Page/")
