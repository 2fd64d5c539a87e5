"""Prints pages as a build does, and keeps all that the Typst printer says of them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import page as validation

from perfgen.model.layout import Layout
from perfgen.render.attachments import Attachment
from perfgen.render.documents import print_documents
from perfgen.render.page.elements import Page, parse_page
from perfgen.render.printers import typst
from perfgen.render.printers.typst import PrintedPdf

HEAD = (
    '<title>整体支出绩效自评报告</title><meta name="author" content="苏州市商务局"/>'
    '<meta name="subject" content="预算绩效"/><meta name="date" content="2024-04-26"/>'
)
DUTY = "职能1：拟订全市内贸发展规划，促进城乡商品市场发展，研究提出引导国内外资金投向的政策。"
TEXT = "一是举办“走出去”宣传培训活动20余场次，服务企业500余家；二是强化“双随机、一公开”检查。"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK"
    "+kcQAAAABJRU5ErkJggg=="
)
Print = Callable[..., PrintedPdf]


@dataclass(frozen=True)
class Call:
    """What the printer was asked for, and what it gave."""

    page: Page
    looks: Any
    settings: dict[str, Any]
    printed: PrintedPdf


def source_of(body: str, head: str = HEAD) -> str:
    """A page's source with this body."""
    return f'<html lang="zh-CN"><head>{head}</head><body>{body}</body></html>'


@contextmanager
def listened(**more: Any) -> Iterator[list[Call]]:
    """Keep each call of the printer, which is asked for `more`."""
    calls: list[Call] = []
    real = typst.print_pdf

    def print_pdf(page: Page, looks: Any, **settings: Any) -> PrintedPdf:
        printed = real(page, looks, **settings, **more)
        calls.append(Call(page, looks, settings, printed))
        return printed

    typst.print_pdf = print_pdf
    try:
        yield calls
    finally:
        typst.print_pdf = real


def call(
    layout: Layout,
    source: str,
    *,
    attachments: tuple[Attachment, ...] = (),
    say: Callable[[str], None] = lambda _: None,
    **more: Any,
) -> Call:
    """Print a page as a layout looks; return all that is known of it."""
    with listened(**more) as calls:
        print_documents(source, layout, formats=["pdf"], fonts=(), attachments=attachments, say=say)
    (only,) = calls
    return only


def make_printer(layout: Layout, folder: Path) -> Print:
    """Return a function that prints the body of a page as a layout looks, with other CSS too."""

    def run(
        body: str, *, css: str = "", base: Path | None = None, head: str = HEAD, **more: Any
    ) -> PrintedPdf:
        dressed = replace(layout, folder=base or folder)
        if css:
            sheet = folder / "more.css"
            sheet.write_text(css, encoding="utf-8")
            dressed = replace(dressed, styles=(*layout.styles, sheet))
        return call(dressed, source_of(body, head), **more).printed

    return run


def table(rows: str, columns: int = 3, name: str = "tasks") -> str:
    heads = "".join(f'<th scope="col">表头{number}</th>' for number in range(1, columns + 1))
    return f'<table class="{name}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def duty(rows: int, *, label: str = DUTY, result: str = "完成", long: bool = False) -> str:
    """The rows of one duty: its label merged over its tasks."""
    start = '<tr class="long">' if long else "<tr>"
    head = f'<th class="duty" scope="row" rowspan="{rows}">{label}</th>'
    return "".join(
        f"{start}{head if number == 0 else ''}<td>任务{number}号</td><td>{result}</td></tr>"
        for number in range(rows)
    )


def plain(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def text_of(element: Any) -> str:
    return plain("".join(map(str, element.itertext())))


def parsed(body: str) -> Page:
    return parse_page(source_of(body))


def faults(data: bytes, *profiles: str) -> list[str]:
    """What the validator finds wrong, by rule.

    In fonts with PostScript outlines it misreads the width of a first glyph: fontTools reads there
    what the PDF says. Of such fonts its widths are left out, of all others they count.
    """
    misread = b"/FontFile3" in data
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in profiles or ("3a", "ua1")
        for failure in validation.validate_pdf_bytes(data, profile=profile).failures
        if not (misread and "GLYPH-WIDTH" in failure.rule_id)
    ]


def raw_text(data: bytes, folder: Path) -> str:
    """What pdftotext reads, repeated heads and labels too, without white space."""
    path = folder / "read.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-enc", "UTF-8", "-raw", str(path), "-"]
    return plain(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
