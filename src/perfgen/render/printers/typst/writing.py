"""One page and its looks → the source of the document (源文)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from perfgen.render.attachments import Attachment
from perfgen.render.looks import Looks
from perfgen.render.page.elements import Page
from perfgen.render.page.grid import Grid
from perfgen.render.page.text import Paragraph
from perfgen.render.printers.typst.flow import LISTS, Block, Run, page_runs
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.functions import FUNCTIONS
from perfgen.render.printers.typst.labels import FUNCTIONS as LABEL_FUNCTIONS
from perfgen.render.printers.typst.labels import labels_table
from perfgen.render.printers.typst.language import arguments, array, literal, points
from perfgen.render.printers.typst.paragraphs import Words
from perfgen.render.printers.typst.pictures import Pictures
from perfgen.render.printers.typst.sheets import paper_settings
from perfgen.render.printers.typst.source import Source
from perfgen.render.printers.typst.styles import Styles
from perfgen.render.printers.typst.tables import PrintedTable, TableWriter


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A source, the files that it calls by name, its runs, and its tables' grids in order."""

    source: Source
    files: Mapping[str, bytes]
    runs: Sequence[Run]
    tables: tuple[Grid, ...]


def write_manuscript(
    page: Page,
    looks: Looks,
    faces: Faces,
    base: Path,
    attachments: Sequence[Attachment],
    moment: datetime | None,
    tightness: Mapping[int, float],
) -> Manuscript:
    """Return the source of a page.

    `tightness` says of which runs, by number, the tables have only that part of the space above
    and below the words of their cells.
    Raises PageError, naming element and line, for a broken table or a picture that is not there.
    """
    writer = _Writer(page, looks, faces, base, tightness)
    body = writer.body()
    files = {f"附{number}": each.content for number, each in enumerate(attachments, start=1)}
    source = Source()
    source.add([_about(page, moment), FUNCTIONS])
    plans = {
        number: (table.shared, table.labels)
        for number, table in enumerate(writer.tables)
        if table.labels
    }
    closing = [labels_table(plans), LABEL_FUNCTIONS]
    default = looks.of(page.body)
    words = writer.styles.text(default.text, default.paragraph.line_height)
    source.add(writer.styles.definitions)
    source.add([*closing, f"#set text(..{words})"])
    source.add(["#{", *map(_attach, files, attachments)])
    for block, lines in body:
        source.add(lines, block.element if block else None)
    source.add(["记续页()", "记所在()", "}"])
    grids = tuple(table.grid for table in writer.tables)
    return Manuscript(source, {**writer.pictures.files, **files}, writer.runs, grids)


class _Writer:
    """Writes the body, run by run."""

    def __init__(
        self,
        page: Page,
        looks: Looks,
        faces: Faces,
        base: Path,
        tightness: Mapping[int, float],
    ) -> None:
        self._tightness = tightness
        self.runs = page_runs(page, looks)
        self._looks = looks
        self.styles = Styles(faces.by_role)
        self.pictures = Pictures(base)
        self.tables: list[PrintedTable] = []
        targets = {
            link.get("href", "")[1:]
            for link in page.body.iter("a")
            if link.get("href", "").startswith("#")
        }
        titles = len(page.body.findall(".//h1"))
        self._words = Words(
            looks, self.styles, self.pictures, page.language, frozenset(targets),
            bookmarks_from=2 if titles == 1 else 1,
        )  # fmt: skip

    def body(self) -> list[tuple[Block | None, list[str]]]:
        """Return the lines of the body, and from which block each stretch of them comes."""
        written: list[tuple[Block | None, list[str]]] = []
        for number, run in enumerate(self.runs):
            before = self.runs[number - 1] if number else None
            self._tight = self._tightness.get(number, 1.0)
            written.append((None, self._beginning(number, run, before)))
            for place, block in enumerate(run.blocks):
                written.append((block, self._block(block, run, first=place == 0)))
            written.append((None, [f'处("run end", {number})']))
        return written

    def _beginning(self, number: int, run: Run, before: Run | None) -> list[str]:
        lines = []
        if before is not None:
            lines.append("pagebreak(weak: true)")
        if before is None or before.paper != run.paper:
            lines.append(paper_settings(run.paper, self.styles))
        if run.paper.counted and (before is None or not before.paper.counted):
            lines.append("[#metadata(none)<第一页>]")
        lines.append(f'处("run", {number})')
        return lines

    def _block(self, block: Block, run: Run, *, first: bool) -> list[str]:
        lines = []
        above = block.gap
        if first and above > 0:
            # Typst leaves out the space above the first block of a page.
            lines.append(f"v({points(above)})")
            above = 0.0
        room = run.paper.text_width
        if isinstance(block.content, Paragraph):
            lines.append(
                self._words.paragraph(
                    block.content, block.look, room, above=above, sticky=block.keep_next,
                    anchors=block.anchors,
                )
            )  # fmt: skip
        elif block.content.tag in LISTS:
            ids = [*block.anchors, *(i for e in block.content.iter() if (i := e.get("id")))]
            words = self._words.list(block.content, room, above)
            lines.append(self._words.labelled(words, ids))
        else:
            writer = TableWriter(
                len(self.tables), block.content, self._words, run.paper, self._tight
            )
            printed = writer.write(above, centered=block.look.box.centered)
            self.tables.append(printed)
            marks = self._words.labelled("none", [*block.anchors, block.content.get("id", "")])
            lines.extend(["" if marks == "none" else marks, *printed.lines])
        return lines


def _about(page: Page, moment: datetime | None) -> str:
    facts = {"title": literal(page.title)}
    if page.author:
        facts["author"] = literal(page.author)
    if page.subject:
        facts["description"] = literal(page.subject)
    if page.keywords:
        words = page.keywords.replace("，", ",").replace("、", ",").split(",")
        facts["keywords"] = array(literal(word.strip()) for word in words if word.strip())
    facts["date"] = "none" if moment is None else _datetime(moment)
    language, _, region = page.language.partition("-")
    settings = {"lang": literal(language.lower())}
    if len(region) == 2:
        settings["region"] = literal(region.upper())
    return f"#set document({arguments(facts)})\n#set text({arguments(settings)})"


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
