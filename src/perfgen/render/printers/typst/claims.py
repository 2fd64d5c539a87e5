"""What the PDF may say of itself (符合性声明): nothing that is not so.

A layout of an office's own may skip a level of headings, or a report hold characters of someone's
own making. The PDF is printed all the same; it leaves out the claim, and a notice says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perfgen.render.page.elements import HEADINGS, Page
from perfgen.render.page.text import collapsed
from perfgen.render.printers.typst.language import LONGEST_HEADING

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

    @property
    def standards(self) -> tuple[str, ...]:
        """Return the claims as Typst calls them."""
        archive = (f"a-3{self.level.lower()}",) if self.level else ()
        return (*archive, "ua-1") if self.accessible else archive


def find_claims(page: Page, *, cmyk: bool) -> Claims:
    """Return what may be claimed for a page; `cmyk` says that it has a picture in such colours."""
    private = list(_private_characters(page))
    reading = list(_reading_faults(page))
    lost = []
    if cmyk:
        level = ""
        lost.append(("PDF/A-3a（长期保存）", ["有按印刷色（CMYK）保存的图片，换成 RGB 的"]))
    elif private:
        level = "U"
        lost.append(("PDF/A-3a（长期保存），只标明 PDF/A-3u", private))
    else:
        level = "A"
    if reading:
        lost.append(("PDF/UA-1（无障碍）", reading))
    notices = tuple(f"PDF 没有标明 {claim}：{'；'.join(faults)}" for claim, faults in lost)
    return Claims(level, not reading, notices)


def _private_characters(page: Page) -> Iterator[str]:
    private = sorted(
        {
            char
            for char in set("".join(map(str, page.body.itertext())))
            if any(first <= ord(char) <= last for first, last in _PRIVATE)
        }
    )
    if private:
        shown = "、".join(f"U+{ord(char):04X}" for char in private[:5])
        yield f"有自造字（{shown}），别的程序读不出是什么字，换成正式编码的字"


def _reading_faults(page: Page) -> Iterator[str]:
    """Yield what keeps a screen reader from its way through the document."""
    if not page.title:
        yield "文件没有标题"
    level = 0
    for heading in page.body.iter(*HEADINGS):
        text = collapsed("".join(map(str, heading.itertext())))
        here = int(str(heading.tag)[1])
        if not text or len(text) > LONGEST_HEADING:
            continue
        if here > level + 1:
            before = f"第 {level} 级标题之后" if level else "全文的第一个标题"
            yield f"标题“{text[:_SHOWN]}”是第 {here} 级，跳过了上一级（{before}）"
            break
        level = here
