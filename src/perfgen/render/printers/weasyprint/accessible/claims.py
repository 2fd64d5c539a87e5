"""What the PDF may say of itself (符合性声明): nothing that is not so.

A layout of an office's own may skip a level of headings, or print a picture that PDF/A does not
know. The PDF is written all the same; it leaves out the claim, and a notice says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from perfgen.render.printers.weasyprint.accessible.content import Content, Node
from perfgen.render.printers.weasyprint.accessible.source import HEADINGS, plain_text
from perfgen.render.printers.weasyprint.accessible.tables import is_regular

_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Claims:
    """What the file claims: PDF/A-3 of a `level` (A, U or none), and PDF/UA-1 if `accessible`."""

    level: str
    accessible: bool
    notices: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the claims."""
        archive = (f"PDF/A-3{self.level.lower()}",) if self.level else ()
        return (*archive, "PDF/UA-1") if self.accessible else archive


def find_claims(pdf: Any, content: Content, *, title: str, stray: int) -> Claims:
    """Return what may be claimed for a PDF that has this content and these objects."""
    untagged = ["有的文字或图片不在结构树里"] if stray else []
    archive = list(_archive_faults(pdf))
    level_a = [*untagged, *_private_characters(content.document)]
    reading = [*_reading_faults(content.document, title), *untagged]
    if archive:
        level, lost = "", [("PDF/A-3a（长期保存）", archive)]
    elif level_a:
        level, lost = "U", [("PDF/A-3a（长期保存），只标明 PDF/A-3u", level_a)]
    else:
        level, lost = "A", []
    if reading:
        lost.append(("PDF/UA-1（无障碍）", reading))
    notices = tuple(f"PDF 没有标明 {claim}：{'；'.join(faults)}" for claim, faults in lost)
    return Claims(level, not reading, notices)


def _archive_faults(pdf: Any) -> Iterator[str]:
    """Yield what PDF/A does not allow in any file."""
    values = [_values(each) for each in pdf.objects]
    if any(each.get("ColorSpace") == "/DeviceCMYK" for each in values):
        yield "有按印刷色（CMYK）保存的图片，换成 RGB 的"
    if any(each.get("Subtype") == "/Type3" for each in values):
        yield "有点阵字体，换成轮廓字体"


def _values(each: Any) -> Any:
    return each.extra if isinstance(each, pydyf.Stream) else each if isinstance(each, dict) else {}


def _private_characters(document: Node) -> Iterator[str]:
    private = sorted(
        {
            char
            for char in "".join(map(str, document.element.itertext()))
            if any(first <= ord(char) <= last for first, last in _PRIVATE)
        }
    )
    if private:
        shown = "、".join(f"U+{ord(char):04X}" for char in private[:5])
        yield f"有自造字（{shown}），别的程序读不出是什么字，换成正式编码的字"


def _reading_faults(document: Node, title: str) -> Iterator[str]:
    """Yield what keeps a screen reader from its way through the document."""
    if not title.strip():
        yield "文件没有标题"
    level = 0
    for heading in document.every(*HEADINGS):
        here = HEADINGS.index(heading.type) + 1
        if here > level + 1:
            before = f"第 {level} 级标题之后" if level else "全文的第一个标题"
            text = plain_text(heading.element)[:_SHOWN]
            yield f"标题“{text}”是第 {here} 级，跳过了上一级（{before}）"
            break
        level = here
    for number, table in enumerate(document.every("Table"), start=1):
        if not is_regular(table):
            yield f"第 {number} 张表有一部分没有印出来，行列不齐"
