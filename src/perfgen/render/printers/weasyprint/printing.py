"""Page → PDF (打印成 PDF) with WeasyPrint: one layout, over its public interface alone.

What it does not do is said in a notice, not worked around: a table over three pages is three
tables to a screen reader, labels of merged cells are not printed again, and PDF/UA is not claimed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from perfgen.render.attachments import Attachment
from perfgen.render.fonts import FontSet, font_paths, stylesheet
from perfgen.render.looks import Looks
from perfgen.render.moment import document_moment
from perfgen.render.page.elements import Page, to_html
from perfgen.render.printers.weasyprint.dressing import dress, own_styles
from perfgen.render.printers.weasyprint.fetching import Fetcher, heard

ARCHIVE, CLAIM = "pdf/a-3u", "PDF/A-3u"
LIMITS = (
    "PDF 由 WeasyPrint 印：跨页的表在读屏软件里是每页一张；合并格的文字换页后不再重印；"
    "两端对齐只拉开空格；不标明 PDF/UA-1（无障碍）"
)
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPdf:
    """A finished PDF: its bytes and its number of pages.

    `claims` are the standards that it says it meets, `warnings` what the officer should know: what
    this printer leaves out, what it complained of, and what it was refused.
    """

    data: bytes
    pages: int
    warnings: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


def print_pdf(
    page: Page,
    looks: Looks,
    stylesheets: Sequence[str],
    *,
    fonts: FontSet,
    used: Mapping[str, frozenset[str]],
    base: Path,
    attachments: Sequence[Attachment] = (),
    say: Callable[[str], None] | None = None,
) -> PrintedPdf:
    """Return the page as a PDF, tagged, and PDF/A-3u unless a picture forbids it.

    `stylesheets` are the texts of the layout's CSS; `used` are the characters by font role. Only
    the fonts that these need, data: URIs and files inside `base` (the layout's folder) are read.
    The same input gives the same bytes: the date comes from the page, or from SOURCE_DATE_EPOCH.
    """
    say = say or (lambda _: None)
    moment = document_moment(page)
    dressed = dress(page, looks, moment)
    fetcher = Fetcher(font_paths(fonts, used), base)
    sheets = (stylesheet(fonts, used), *own_styles(page, looks), *stylesheets)
    with heard() as messages:
        say("排 PDF 的版")
        document = _lay_out(to_html(dressed), sheets, fetcher)
        say("写 PDF")
        written = _Writing(document, _identifier(dressed, attachments), attachments, moment)
        data, lost = written.archived()
    warnings = (LIMITS, *lost, *_complaints(tuple(fetcher.refused), messages))
    claims = () if lost else (CLAIM,)
    return PrintedPdf(data=data, pages=len(document.pages), warnings=warnings, claims=claims)


def _lay_out(html: str, stylesheets: Sequence[str], fetcher: Fetcher) -> Any:
    fonts, base = FontConfiguration(), fetcher.address
    sheets = [
        weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher, base_url=base)
        for text in stylesheets
    ]
    source = weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)
    return source.render(font_config=fonts, stylesheets=sheets, output_intent="srgb")


def _identifier(page: Page, attachments: Sequence[Attachment]) -> bytes:
    """Return an identifier of the document that depends on nothing but its contents."""
    digest = hashlib.sha256(to_html(page).encode())
    for each in attachments:
        digest.update(each.name.encode() + b"\0" + each.content)
    return digest.hexdigest()[:32].encode()


@dataclass(frozen=True, slots=True)
class _Writing:
    """What a laid-out document is written with."""

    document: Any
    identifier: bytes
    attachments: Sequence[Attachment]
    moment: datetime | None

    def archived(self) -> tuple[bytes, tuple[str, ...]]:
        """Return the PDF as PDF/A, or without this claim and why.

        A stream that ends in a carriage return seems one byte short, for a line feed follows: by
        chance one does, once compressed, in one file of ten, which is then written uncompressed.
        """
        for compressed in (True, False):
            faults: dict[str, None] = {}
            data = self._written(ARCHIVE, faults, compressed=compressed)
            if not faults and b"\r\nendstream" not in data:
                return data, ()
        why = "；".join(faults) or "有的数据以回车结尾"
        return self._written(None, {}), (f"PDF 没有标明 {CLAIM}（长期保存）：{why}",)

    def _written(
        self, variant: str | None, faults: dict[str, None], *, compressed: bool = True
    ) -> bytes:
        def finish(document: Any, pdf: Any) -> None:
            for each in pdf.objects:
                facts = getattr(each, "extra", each)  # a stream's facts, or a dictionary itself
                if not isinstance(facts, dict):
                    continue
                if facts.get("Subtype") == "/XML":
                    each.compress = False  # PDF/A wants metadata that anything can read
                faults.update(dict.fromkeys(_archive_faults(facts)))

        data: bytes = self.document.write_pdf(
            finisher=finish,
            pdf_variant=variant,
            pdf_identifier=self.identifier,
            pdf_version="1.7",
            pdf_tags=True,
            output_intent="srgb",
            uncompressed_pdf=not compressed,
            attachments=list(map(self._attached, sorted(self.attachments, key=_name))),
        )
        return data

    def _attached(self, attachment: Attachment) -> Any:
        moment = self.moment or _EPOCH
        return weasyprint.Attachment(
            string=attachment.content,
            name=attachment.name,
            description=attachment.description,
            created=moment,
            modified=moment,
            relationship="Data",
        )


def _name(attachment: Attachment) -> bytes:
    """Return what attachments are sorted by, for readers look them up in a sorted list."""
    return attachment.name.encode()


def _archive_faults(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what PDF/A does not allow of an object in a PDF."""
    if facts.get("ColorSpace") == "/DeviceCMYK":
        yield "有按印刷色（CMYK）保存的图片，换成 RGB 的"
    if facts.get("Subtype") == "/Type3":
        yield "有点阵字体，换成轮廓字体"


def _complaints(refused: Collection[str], messages: Sequence[str]) -> Iterator[str]:
    for address in refused:
        yield f"页面引用了不允许读取的文件或网址：{address}"
    for message in messages:
        if not any(address in message for address in refused):
            yield f"WeasyPrint：{message}"
