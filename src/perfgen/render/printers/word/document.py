"""One page and its looks → one Word document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgen.errors import LayoutError
from perfgen.garbage import undisturbed
from perfgen.render.looks import Looks, Paper
from perfgen.render.page.elements import HEADINGS, Page
from perfgen.render.page.text import Paragraph
from perfgen.render.printers.word.anchors import Anchors
from perfgen.render.printers.word.flow import Item, body_items
from perfgen.render.printers.word.lists import list_properties
from perfgen.render.printers.word.numbering import Numbering
from perfgen.render.printers.word.package import Package
from perfgen.render.printers.word.paragraphs import paragraph_xml, placeholder_xml
from perfgen.render.printers.word.pictures import ImageReader, Pictures
from perfgen.render.printers.word.properties import OFFICIAL_FONTS, on_off
from perfgen.render.printers.word.recording import Printed, Stamper
from perfgen.render.printers.word.runs import Resources
from perfgen.render.printers.word.sections import Margins, section_xml
from perfgen.render.printers.word.settings import (
    app_xml,
    core_xml,
    custom_xml,
    font_table_xml,
    settings_xml,
)
from perfgen.render.printers.word.styles import styles_xml
from perfgen.render.printers.word.styling import Styling
from perfgen.render.printers.word.tables import TableWriter
from perfgen.render.printers.word.theme import theme_xml
from perfgen.render.printers.word.units import twips
from perfgen.render.printers.word.xml import XML_HEAD, R, W

_APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_APP_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
)
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)


@undisturbed()
def print_docx(
    page: Page,
    looks: Looks,
    *,
    images: ImageReader | None = None,
    stamper: Stamper | None = None,
    parts: Sequence[str] = (),
) -> bytes:
    """Return the page as a Word document (.docx); the same page gives the same bytes.

    `images` reads a picture that the page names by a path inside its layout's folder; without it
    only data: URIs can be printed. `stamper` is told what was printed, and says what the document
    carries with it; `parts` are further XML parts that it carries. Raises PageError for what Word
    cannot hold, LayoutError for a style name that is used for two kinds of things.
    """
    package = Package()
    resources = Resources(
        language=page.language,
        foreign=any(element.get("lang") for element in page.body.iter()),
        looks=looks,
        styling=Styling(page, looks),
        package=package,
        anchors=Anchors(),
        numbering=Numbering(),
        pictures=Pictures(package, images),
        printed=Printed() if stamper else None,
    )
    items = body_items(page.body, looks, resources.numbering)
    papers = [looks.paper(item.look.page) for item in items] or [looks.paper("")]
    margins = Margins(resources, papers)
    body = "".join(_Body(resources, margins, items, papers).texts())
    package.set_main(f"{XML_HEAD}<w:document {W} {R}><w:body>{body}</w:body></w:document>")
    _add_parts(page, resources, odd_and_even=margins.odd_and_even)
    for part in parts:
        package.add_custom_xml(part)
    if stamper and resources.printed is not None:
        stamp = stamper(resources.printed)
        package.add_custom_xml(stamp.xml)
        package.add_top_part(
            "docProps/custom.xml", _CUSTOM, _CUSTOM_RELATION, custom_xml(stamp.properties)
        )
    return package.to_bytes()


def _add_parts(page: Page, resources: Resources, *, odd_and_even: bool) -> None:
    package, language = resources.package, page.language
    package.add_word_part("styles", "styles", styles_xml(resources.styling.book, language))
    settings = settings_xml(language, odd_and_even=odd_and_even)
    package.add_word_part("settings", "settings", settings)
    package.add_word_part("fontTable", "fontTable", font_table_xml(OFFICIAL_FONTS.values()))
    songti = OFFICIAL_FONTS["songti"]
    package.add_theme(theme_xml(songti, songti))
    if resources.numbering:
        package.add_word_part("numbering", "numbering", resources.numbering.to_xml())
    package.add_top_part("docProps/core.xml", _CORE, _CORE_RELATION, core_xml(page))
    package.add_top_part("docProps/app.xml", _APP, _APP_RELATION, app_xml())


class _Body:
    """Writes the body: the items in order, a section for each run of items on the same paper."""

    def __init__(
        self, resources: Resources, margins: Margins, items: Sequence[Item], papers: Sequence[Paper]
    ) -> None:
        self._resources = resources
        self._margins = margins
        self._items = items
        self._papers = papers
        self._sections = 0
        self._heading = ""

    def texts(self) -> Iterator[str]:
        for number, item in enumerate(self._items):
            before = self._items[number - 1] if number and not self._starts(number) else None
            after = self._items[number + 1] if number + 1 < len(self._items) else None
            ends = after is not None and self._starts(number + 1)
            if isinstance(item.content, Paragraph):
                section = self._section(number) if ends else ""
                below = None if ends else after
                yield self._paragraph(number, item, item.content, before, below, section)
            else:
                yield from self._table(number, item, before)
                if ends:
                    yield placeholder_xml(self._resources, section=self._section(number))
        if self._items and not isinstance(self._items[-1].content, Paragraph):
            yield placeholder_xml(self._resources)
        yield self._section(len(self._items) - 1)

    def _starts(self, number: int) -> bool:
        """Return whether an item begins a section: its paper is another than the one before."""
        return number == 0 or self._papers[number] != self._papers[number - 1]

    def _section(self, number: int) -> str:
        paper = self._papers[number]
        first = self._sections == 0
        if not (first or paper.counted):
            raise LayoutError(
                f"页面 {paper.name} 不计页码，却不在文件开头，Word 里做不到",
                hint="counter-increment: page 0 只用在封面上",
            )
        self._sections += 1
        references = self._margins.references(paper, first=first)
        title_page = first and paper.first != paper.right
        normal = self._resources.styling.normal
        return section_xml(paper, normal, references, title_page=title_page)

    def _paragraph(
        self,
        number: int,
        item: Item,
        paragraph: Paragraph,
        before: Item | None,
        after: Item | None,
        section: str,
    ) -> str:
        if paragraph.element.tag in HEADINGS:
            self._heading = paragraph.text
        here = dict(list_properties(item))
        if item.keep_next or (after is not None and after.look.paragraph.keep_with_previous):
            here["keepNext"] = on_off("keepNext", True)
        if item.break_before and before is not None:
            here["pageBreakBefore"] = on_off("pageBreakBefore", True)
        spacing = _spacing(item, before, after)
        if spacing:
            here["spacing"] = spacing
        return paragraph_xml(
            paragraph,
            self._resources,
            room=self._papers[number].text_width,
            here=here,
            anchors=item.anchors,
            section=section,
        )

    def _table(self, number: int, item: Item, before: Item | None) -> Iterator[str]:
        assert not isinstance(item.content, Paragraph), "only tables come here"
        if before is not None and not isinstance(before.content, Paragraph):
            # Without a paragraph between them Word makes one table of two.
            height = twips(max(item.gap, before.gap_below, 1.0))
            here = {"spacing": f'<w:spacing w:line="{height}" w:lineRule="exact"/>'}
            yield placeholder_xml(self._resources, here=here)
        writer = TableWriter(item.content, self._resources, self._papers[number].text_width)
        break_before = item.break_before and before is not None
        yield writer.to_xml(item, heading=self._heading, break_before=break_before)


def _spacing(item: Item, before: Item | None, after: Item | None) -> str:
    """Return the space that what stands around a paragraph asks for, beyond its style's own."""
    lines = item.look.paragraph
    above = item.gap if before is not None else 0.0
    if before is not None:
        above = max(above, before.gap_below)
    below = after.gap if after is not None and not isinstance(after.content, Paragraph) else 0.0
    parts = ""
    if above > lines.margin.top:
        parts += f' w:before="{twips(above)}"'
    if below > lines.margin.bottom:
        parts += f' w:after="{twips(below)}"'
    return f"<w:spacing{parts}/>" if parts else ""
