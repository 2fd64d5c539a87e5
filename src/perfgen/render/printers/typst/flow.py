"""The page's body as runs of blocks (版块): each run on one paper, begun on a new page.

Space between blocks is worked out here as CSS has it: margins that meet become one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from perfgen.render.looks import Look, Looks, Paper
from perfgen.render.page.elements import Page
from perfgen.render.page.text import Paragraph, Piece, paragraph_of

LISTS = frozenset({"ol", "ul"})
_ANNOUNCING = ("：", ":")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table or a list, and what the things around it decide.

    `gap` is the space above it, `anchors` are the ids of the containers that begin with it.
    """

    content: Paragraph | etree._Element
    look: Look
    gap: float
    break_before: bool
    keep_next: bool
    anchors: tuple[str, ...] = ()

    @property
    def element(self) -> etree._Element:
        """Return the element of the page that it comes from."""
        return self.content.element if isinstance(self.content, Paragraph) else self.content


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that follow each other on one kind of paper; a run begins on a new page."""

    paper: Paper
    blocks: tuple[Block, ...]


def page_runs(page: Page, looks: Looks) -> list[Run]:
    """Return the body's blocks in runs.

    A heading at the end of a run goes with what it heads: it begins the next run, if that is on
    counted pages too and something is left of its own.
    """
    blocks = _kept(list(_Flow(looks).blocks(page.body)))
    runs: list[Run] = []
    for block in blocks:
        paper = looks.paper(block.look.page)
        if not runs or block.break_before or paper != runs[-1].paper:
            runs.append(Run(paper, (block,)))
        else:
            runs[-1] = replace(runs[-1], blocks=(*runs[-1].blocks, block))
    return list(_with_headings_moved(runs)) or [Run(looks.paper(""), ())]


def _with_headings_moved(runs: Sequence[Run]) -> Iterator[Run]:
    moved: tuple[Block, ...] = ()
    for number, run in enumerate(runs):
        here = (*moved, *run.blocks)
        moved = ()
        follower = runs[number + 1] if number + 1 < len(runs) else None
        if follower is not None and run.paper.counted and follower.paper.counted:
            stay = len(here)
            while stay and here[stay - 1].keep_next:
                stay -= 1
            if stay:
                here, moved = here[:stay], here[stay:]
        yield replace(run, blocks=here)


def _kept(blocks: list[Block]) -> list[Block]:
    """Return the blocks with all that keeps one with the next: either may say so."""
    for number in range(len(blocks) - 1):
        block, after = blocks[number], blocks[number + 1]
        if after.look.paragraph.keep_with_previous:
            blocks[number] = replace(block, keep_next=True)
    if blocks:
        blocks[-1] = replace(blocks[-1], keep_next=False)
    return blocks


def announced_table(blocks: Sequence[Block], number: int) -> etree._Element | None:
    """Return the table that a paragraph only announces (`完成情况如下：`), captions between."""
    content = blocks[number].content
    if not isinstance(content, Paragraph) or not content.text.rstrip().endswith(_ANNOUNCING):
        return None
    for after in blocks[number + 1 :]:
        if not isinstance(after.content, Paragraph):
            return after.content if after.element.tag == "table" else None
        if not after.keep_next:
            break
    return None


class _Flow:
    """Walks the body; remembers what must be handed to the next block."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._margins: list[float] = []
        self._break = False
        self._anchors: list[str] = []

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in container:
            if element.tag == "section":
                yield from self._inside(element, self.blocks(element))
            elif element.tag == "figure":
                yield from self._inside(element, self._figure(element))
            elif element.tag == "table":
                yield from self._table(element)
            elif element.tag in LISTS:
                yield self._block(element, element)
            elif paragraph_of(element).pieces:
                yield self._block(paragraph_of(element), element)

    def _inside(self, container: etree._Element, blocks: Iterator[Block]) -> Iterator[Block]:
        lines = self._looks.of(container).paragraph
        self._margins.append(lines.margin.top)
        self._break = self._break or lines.break_before
        if container.get("id"):
            self._anchors.append(container.get("id", ""))
        yield from blocks
        self._margins.append(lines.margin.bottom)
        self._break = self._break or lines.break_after

    def _figure(self, figure: etree._Element) -> Iterator[Block]:
        for child in figure:
            last = child.getnext() is None
            if child.tag == "img":
                picture = Paragraph(figure, (Piece("image", "", child),))
                look = self._looks.of(figure)
                margin = replace(look.paragraph.margin, top=0.0, bottom=0.0)
                look = replace(look, paragraph=replace(look.paragraph, margin=margin, indent=0.0))
                yield self._made(picture, look, keep=not last)
            elif paragraph_of(child).pieces:
                yield self._block(paragraph_of(child), child, keep=not last)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        look = self._looks.of(table)
        caption = table.find("caption")
        if caption is not None and paragraph_of(caption).pieces:
            self._margins.append(look.paragraph.margin.top)
            self._break = self._break or look.paragraph.break_before
            yield self._block(paragraph_of(caption), caption, keep=True)
            margin = replace(look.paragraph.margin, top=0.0)
            lines = replace(look.paragraph, margin=margin, break_before=False)
            look = replace(look, paragraph=lines)
        yield self._made(table, look, keep=look.paragraph.keep_with_next)

    def _block(
        self, content: Paragraph | etree._Element, element: etree._Element, *, keep: bool = False
    ) -> Block:
        look = self._looks.of(element)
        return self._made(content, look, keep=keep or look.paragraph.keep_with_next)

    def _made(self, content: Paragraph | etree._Element, look: Look, *, keep: bool) -> Block:
        lines = look.paragraph
        margins = [*self._margins, lines.margin.top]
        gap = max(0.0, *margins) + min(0.0, *margins)
        block = Block(
            content, look, gap, self._break or lines.break_before, keep, tuple(self._anchors)
        )
        self._margins, self._break = [lines.margin.bottom], lines.break_after
        self._anchors.clear()
        return block
