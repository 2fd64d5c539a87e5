"""Page → PDF (打印成 PDF).

WeasyPrint lays the page out and prints it. What it does not do for Chinese official documents is
done around it: merged cells are cut where the page changes (`breaks`), the characters of justified
lines are spread over the whole line (`lines`), and the file becomes one that can be kept and read
aloud (`accessible`).
"""

from __future__ import annotations

import copy
import gc
import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from perfgen import __version__
from perfgen.errors import PageError
from perfgen.garbage import undisturbed
from perfgen.render.attachments import Attachment
from perfgen.render.page.elements import Page, to_html
from perfgen.render.printers.weasyprint.accessible.source import number_elements
from perfgen.render.printers.weasyprint.line_ends import allow_breaks
from perfgen.render.printers.weasyprint.merged_cells import CUTS_CSS, cut, make_ready
from perfgen.render.printers.weasyprint.page_breaks import Breaks, find_breaks

if TYPE_CHECKING:
    from perfgen.render.printers.weasyprint.engine import Press, Sheets

MOST_LAYOUTS = 6
MANY_PAGES = 60
"""From here on the memory of a layout that is done with is worth the time of collecting it."""
_OUTLINE = """
h1 { bookmark-level: none; }
h2 { bookmark-level: 1; }
h3 { bookmark-level: 2; }
h4 { bookmark-level: 3; }
h5 { bookmark-level: 4; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPdf:
    """A finished PDF: its bytes, its number of pages, and how often the page was laid out.

    `claims` are the standards that it says it meets. `warnings` are what the officer should know:
    what WeasyPrint complained of, what it was refused, which claim was left out. A sound layout
    gives none.
    """

    data: bytes
    pages: int
    layouts: int
    warnings: tuple[str, ...]
    claims: tuple[str, ...] = ()


def print_pdf(
    page: Page,
    stylesheets: Sequence[str],
    *,
    font_css: str,
    allowed_files: Collection[Path],
    base: Path,
    attachments: Sequence[Attachment] = (),
    say: Callable[[str], None] | None = None,
) -> PrintedPdf:
    """Return the PDF of a page: PDF/A-3a and PDF/UA-1, or what it can be of these.

    `stylesheets` are the texts of the layout's CSS, `font_css` gives the fonts of the roles.
    Only `allowed_files` (the fonts) and files inside `base` (the layout's folder) are read.
    `attachments` are the files that the PDF carries as its data. `say` hears about progress. The
    same input gives the same bytes: identifier and dates come from the page, or the dates from
    SOURCE_DATE_EPOCH where that is set.
    """
    # WeasyPrint takes half a second to load: only those who print should wait for it.
    from perfgen.render.printers.weasyprint.engine import Press, heard  # noqa: PLC0415

    say = say or (lambda _: None)
    with heard() as messages, undisturbed():
        press = Press(
            [font_css, *stylesheets, _outline(page), CUTS_CSS],
            allowed_files=allowed_files,
            base=base,
        )
        dressed = _dress(page)
        sheets, layouts = _lay_out(dressed, press, say)
        say("写 PDF")
        finished = sheets.write(dressed, _identifier(page, attachments), attachments)
    return PrintedPdf(
        data=finished.data,
        pages=len(sheets),
        layouts=layouts,
        warnings=(*_warnings(press.refused, messages), *finished.claims.notices),
        claims=finished.claims.names,
    )


def _outline(page: Page) -> str:
    """Return the style of the bookmarks: a single title is the document's, not one of them."""
    return _OUTLINE if len(page.body.findall(".//h1")) == 1 else ""


def _warnings(refused: Sequence[str], messages: Sequence[str]) -> Iterator[str]:
    for address in refused:
        yield f"页面引用了不允许读取的文件或网址：{address}"
    for message in messages:
        if not any(address in message for address in refused):
            yield f"WeasyPrint：{message}"


def _lay_out(page: Page, press: Press, say: Callable[[str], None]) -> tuple[Sheets, int]:
    """Return the laid-out pages, and the number of layouts that it took."""
    ready = make_ready(page)
    breaks, count = Breaks(), 0
    while True:
        count += 1
        say("排 PDF 的版" if count == 1 else f"按分页拆分合并单元格（第 {count} 遍排版）")
        sheets = press.lay_out(to_html(cut(ready, breaks)))
        found = find_breaks(ready.rows, ready.labels, sheets.spots(), breaks)
        if found == breaks or count == MOST_LAYOUTS:
            return sheets, count
        breaks = found
        if len(sheets) > MANY_PAGES:
            del sheets
            gc.collect()


def _dress(page: Page) -> Page:
    """Return a copy with all that WeasyPrint and the structure of the PDF need.

    These are metadata, the places to end a line, and the numbers of the elements.
    """
    root = copy.deepcopy(page.root)
    allow_breaks(root)
    number_elements(root)
    moment = _moment(page)
    facts = {
        "generator": f"perfgen {__version__}",
        "description": page.subject,
        "dcterms.created": moment,
        "dcterms.modified": moment,
    }
    for meta in root.findall("head/meta[@name='description']"):
        root[0].remove(meta)
    root.set("lang", page.language)
    for name, content in facts.items():
        if content:
            etree.SubElement(root[0], "meta", name=name, content=content)
    return Page(root)


def _moment(page: Page) -> str:
    """Return the document's date: SOURCE_DATE_EPOCH if that is set, else the report's own."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return page.date.isoformat() if page.date else ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise PageError(
            f"环境变量 SOURCE_DATE_EPOCH 的值“{epoch}”不是秒数", hint="改为整数秒，或者不设置"
        ) from error


def _identifier(page: Page, attachments: Sequence[Attachment]) -> bytes:
    """Return an identifier of the document that depends on nothing but its contents."""
    digest = hashlib.sha256(to_html(page).encode())
    for each in attachments:
        digest.update(each.name.encode() + b"\0" + each.content)
    return digest.hexdigest()[:32].encode()
