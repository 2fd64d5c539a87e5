"""One page and its looks → the source of the document (源文)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from lxml import etree

from perfgen.render.attachments import Attachment
from perfgen.render.looks import Looks, Paper
from perfgen.render.page.elements import Page
from perfgen.render.page.grid import Grid
from perfgen.render.page.text import Paragraph
from perfgen.render.printers.typst.flow import Block, Run, announced_table, page_runs
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.functions import FUNCTIONS
from perfgen.render.printers.typst.labels import FUNCTIONS as LABEL_FUNCTIONS
from perfgen.render.printers.typst.labels import labels_list
from perfgen.render.printers.typst.language import arguments, array, fact, literal, points
from perfgen.render.printers.typst.paragraphs import Words, language_settings
from perfgen.render.printers.typst.pictures import Pictures
from perfgen.render.printers.typst.places import Marks
from perfgen.render.printers.typst.sheets import paper_settings
from perfgen.render.printers.typst.source import Line, Source
from perfgen.render.printers.typst.styles import Styles
from perfgen.render.printers.typst.tables import PrintedTable, TableWriter
from perfgen.render.printers.typst.tightness import AS_ASKED, Tightness

_BLANK = 0.2
"""How much of a page may be left blank below a paragraph that announces a table."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A source, the files that it calls by name, and what is known of what it will print.

    `tables` are the grids of its tables in order, `marks` say what was marked, `cmyk` whether it
    has a picture in printers' colours.
    """

    source: Source
    files: Mapping[str, bytes]
    runs: Sequence[Run]
    tables: Sequence[Grid]
    marks: Marks
    cmyk: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: a page, how it looks, and what travels with it."""

    page: Page
    looks: Looks
    faces: Faces
    base: Path
    attachments: Sequence[Attachment]
    moment: datetime
    places: bool


def write_manuscript(order: Order, tightness: Mapping[int, Tightness]) -> Manuscript:
    """Return the source of a page.

    `tightness` says of which runs, by number, the tables have tighter rows than was asked.
    Raises PageError, naming element and line, for a broken table or a picture that is not there.
    """
    writer = _Writer(order, tightness)
    body = list(writer.body())
    attached = {f"附{number}": each for number, each in enumerate(order.attachments, start=1)}
    source = Source()
    source.say(_about(order.page, order.moment), FUNCTIONS)
    words = writer.default_text()
    source.say(*writer.styles.definitions)
    labels = {number: (each.shared, each.labels) for number, each in enumerate(writer.tables)}
    source.say(labels_list(labels), LABEL_FUNCTIONS)
    source.say(f"#set text(..{words})", "#{")
    source.say(*(_attach(name, each) for name, each in attached.items()))
    source.add(body)
    source.say("记续页()", "记所在()", "}")
    files = {name: each.content for name, each in attached.items()}
    return Manuscript(
        source,
        {**writer.pictures.files, **files},
        writer.runs,
        [table.grid for table in writer.tables],
        writer.marks,
        writer.pictures.cmyk,
    )


class _Writer:
    """Writes the body, run by run."""

    def __init__(self, order: Order, tightness: Mapping[int, Tightness]) -> None:
        page, self._looks = order.page, order.looks
        self._body = page.body
        self._tightness = tightness
        self.runs = page_runs(page, self._looks)
        self.styles = Styles(order.faces.by_role)
        self.pictures = Pictures(order.base)
        self.marks = Marks(wanted=order.places)
        self.tables: list[PrintedTable] = []
        links = (link.get("href", "") for link in page.body.iter("a"))
        titles = len(page.body.findall(".//h1"))
        self._words = Words(
            self._looks,
            self.styles,
            self.pictures,
            page.language,
            ids=frozenset(link[1:] for link in links if link.startswith("#")),
            bookmarks_from=2 if titles == 1 else 1,
        )

    def default_text(self) -> str:
        """Return the look of words that stand in no paragraph of the page, such as list numbers."""
        look = self._looks.of(self._body)
        return self.styles.text(look.text, look.paragraph.line_height)

    def body(self) -> Iterator[Line]:
        """Yield the lines of the body."""
        for number, run in enumerate(self.runs):
            before = self.runs[number - 1] if number else None
            yield from ((line, None) for line in self._beginning(number, run, before))
            tight = self._tightness.get(number, AS_ASKED)
            for place, block in enumerate(run.blocks):
                if self._is_kept(run, place):
                    block = replace(block, keep_next=True)  # noqa: PLW2901 - the same, but kept
                yield from self._block(block, run.paper, tight, first=place == 0)
            yield f'处("run end", {number})', None

    def _is_kept(self, run: Run, place: int) -> bool:
        """Return whether a paragraph goes with the table that it announces.

        Alone it would stand above much room, because the table needs more to begin.
        """
        table = announced_table(run.blocks, place)
        if table is None:
            return False
        nowhere = Marks(wanted=False)
        writer = TableWriter(0, table, self._words, run.paper, AS_ASKED, nowhere)
        return writer.beginning > _BLANK * run.paper.text_height

    def _beginning(self, number: int, run: Run, before: Run | None) -> Iterator[str]:
        if before is not None:
            yield "pagebreak(weak: true)"
        if before is None or before.paper != run.paper:
            yield paper_settings(run.paper, self.styles)
        if run.paper.counted and (before is None or not before.paper.counted):
            yield "[#metadata(none)<第一页>]"
        yield f'处("run", {number})'

    def _block(
        self, block: Block, paper: Paper, tight: Tightness, *, first: bool
    ) -> Iterator[Line]:
        element, above = block.element, block.gap
        if first and above > 0:
            # Typst leaves out the space above the first block of a page.
            yield f"v({points(above)})", element
            above = 0.0
        if isinstance(block.content, etree._Element) and element.tag == "table":
            targets = self._words.targets([element], *block.anchors)
            yield targets, element
            writer = TableWriter(len(self.tables), element, self._words, paper, tight, self.marks)
            self.tables.append(writer.write(above))
            yield from self.tables[-1].lines
            return
        start, end = self.marks.around(element, block.look, paper)
        around = (self._words.targets(element.iter(), *block.anchors) + start, end)
        if isinstance(block.content, Paragraph):
            words = self._words.paragraph(
                block.content,
                block.look,
                paper.text_width,
                above=above,
                sticky=block.keep_next,
                around=around,
            )
        else:
            words = self._words.list(element, paper.text_width, above=above, around=around)
        yield words, element


def _about(page: Page, moment: datetime) -> str:
    facts = {"title": fact(page.title)}
    if page.author:
        facts["author"] = fact(page.author)
    if page.subject:
        facts["description"] = fact(page.subject)
    if page.keywords:
        words = page.keywords.replace("，", ",").replace("、", ",").split(",")
        facts["keywords"] = array(fact(word.strip()) for word in words if word.strip())
    facts["date"] = _datetime(moment)
    return f"#set document({arguments(facts)})\n#set text({language_settings(page.language)})"


def _datetime(moment: datetime) -> str:
    parts = {
        "year": moment.year, "month": moment.month, "day": moment.day,
        "hour": moment.hour, "minute": moment.minute, "second": moment.second,
    }  # fmt: skip
    return f"datetime({arguments({name: str(part) for name, part in parts.items()})})"


def _attach(name: str, attachment: Attachment) -> str:
    return (
        f"pdf.attach({literal(attachment.name)}, read({literal(name)}, encoding: none), "
        f'relationship: "data", mime-type: {literal(attachment.media_type)}, '
        f"description: {literal(attachment.description)})"
    )
