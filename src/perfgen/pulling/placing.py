"""Edits of a document → changes of cells, and what is left to the officer (写回哪一格).

Each printed paragraph knows its cell; an edit becomes that cell's new text. Nothing is guessed:
figures, the layout's own words, rows and whatever has no place are listed, and left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from perfgen.model.cells import CellRef
from perfgen.model.records import Report
from perfgen.original.carried import Original
from perfgen.original.content import Block, Cell, Paragraph, Row, Table, bare, row_text
from perfgen.provenance.cells import Source
from perfgen.pulling.cells import LONGEST, Cells, FoundCell
from perfgen.pulling.matches import Aligned, CellMatch, Paragraphs, TableMatch
from perfgen.pulling.moved_rows import relocated
from perfgen.pulling.placeholders import Template
from perfgen.pulling.spans import Span, respan

COMPUTED_FIGURE = "这个数是算出来的；要改，请改工作簿里算它的数"
FIXED_WORDS = "这是版式里固定的文字，工作簿里没有"
TYPED_FIGURE = "数请在工作簿里改"
FIGURE_IN_TEXT = "句子里的数由表里来，改到了它；请在工作簿里改表里的数，或改写这一句"
WORDS_AROUND = "改到了这一段里版式固定的文字；请在工作簿里改"
QUOTED_NAME = "别的格按这个名称找它，请在工作簿里一起改"
DIFFERENT = "工作簿里的这一格现在是别的内容"
OTHERWISE = "这一格印出来与填的不一样（如符号、单位另填一列），请在工作簿里改"
ADDED = "新加的一段按前后文放进这一格"
REORDERED = "段落换了先后"
LABEL_EMPTY = "合并的标签空了；没有清空工作簿里的"
NO_PLACE = "不知道应当写到哪一格"
MOVED = "挪到了别处；请在工作簿里挪"
NEEDS_YES = "需要您确认；加 --yes 就写回"


class Ask(Enum):
    """What is only done when the officer agrees."""

    CLEAR = "这一格会清空"
    JOIN = "两格合成了一段，会都写到前一格，后一格清空"
    PARTLY = "这段文字在报告里印了几处，只改了其中一部分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell's new text. A label may stand in several cells; `asks` names what must be agreed to.

    Changes of one `group` are only made together.
    """

    refs: tuple[CellRef, ...]
    old: str
    new: str
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()
    group: int = 0

    @property
    def ref(self) -> CellRef:
        """Return the first of the cells."""
        return self.refs[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An edit that was not written: where it is, what it is, and why it was left."""

    where: str
    old: str
    new: str
    why: str
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """All changes and all that is left."""

    changes: tuple[Change, ...]
    left: tuple[Left, ...]


def place(
    original: Original, aligned: Aligned, cells: Cells, report: Report, *, same_input: bool
) -> Placed:
    """Return which cells change, and what is left.

    `same_input` says that the workbook still says what the document was printed from.
    """
    return _Placer(original, cells, report, same_input=same_input).whole(aligned)


@dataclass(slots=True)
class _Piece:
    """A printed part of a cell, or a paragraph that was added to it.

    `old` is None for an added one; `new` is None for one that is gone.
    """

    source: int
    old: str | None
    new: str | None
    where: str
    order: int = 0
    ask: Ask | None = None
    group: int = 0
    note: str = ""


Run = list[_Piece]
"""The pieces of one cell that stand together in one place, in their new order."""


class _Placer:
    def __init__(
        self, original: Original, cells: Cells, report: Report, *, same_input: bool
    ) -> None:
        self._sources = list(original.sources) if same_input else relocated(original, cells)
        self._different = OTHERWISE if same_input else DIFFERENT
        self._before = dict(_what_stands_before(original.blocks))
        self._cells = cells
        self._report = report
        self._quoted = {
            *(row.line for row in report.adjustments),
            *(row.project for row in report.indicators),
            *(row.parent for rows in (report.funds, report.scores) for row in rows),
        }
        self._runs: dict[int, list[Run]] = defaultdict(list)
        self._left: list[Left] = []
        self._groups = 0

    def whole(self, aligned: Aligned) -> Placed:
        self._container(aligned.text)
        for match in aligned.tables:
            self._table(match)
        self._whole_tables(aligned.lost, aligned.added)
        changes: list[Change] = []
        for source, runs in list(self._runs.items()):
            changes += self._cell(source, runs)
        return Placed(tuple(changes), tuple(self._left))

    # --- paragraphs that stand together ----------------------------------------------------------

    def _container(
        self,
        matches: Sequence[Paragraphs],
        where: str = "",
        *,
        empty: Source | None = None,
        is_cell: bool = False,
    ) -> None:
        """Note the pieces of a run of paragraphs: the running text, or one cell of a table.

        `empty` is the cell behind a printed cell that was empty.
        """
        owners = [self._owners(match) for match in matches]
        pieces: Run = []
        kept: Run = []
        heading = ""
        for number, match in enumerate(matches):
            place = where or _about(heading, match)
            if match.old and not owners[number]:
                heading = match.old[0].text
            if not match.old:
                target = empty or self._empty_section(heading)
                around = _around(matches, owners, number)
                pieces += self._added(match, around, place, target, is_cell=is_cell)
            elif match.moved and not set(owners[number]) & set(_around(matches, owners, number)):
                self._leave(place, match, MOVED)
                kept += self._unchanged(match, place)
            else:
                pieces += self._pieces(match, place)
        for piece in kept:
            self._put_back(pieces, piece)
        self._note(pieces)

    def _owners(self, match: Paragraphs) -> list[int]:
        """The cells whose text a match holds, in order."""
        sources = [source for p in match.old for _, source in p.parts if self._is_text(source)]
        return [source for source in sources if source is not None]

    def _is_text(self, number: int | None) -> bool:
        source = self._sources[number] if number else None
        return source is not None and not source.figure

    def _spans(self, paragraphs: Sequence[Paragraph]) -> list[Span]:
        spans: list[Span] = []
        for paragraph in paragraphs:
            for text, source in paragraph.parts:
                fixed = not self._is_text(source)
                if spans and spans[-1].source == source and not fixed:
                    spans[-1] = replace(spans[-1], text=spans[-1].text + "\n" + text)
                else:
                    spans.append(Span(text, fixed, source))
        return spans

    def _unchanged(self, match: Paragraphs, where: str) -> Run:
        return [
            _Piece(span.source, span.text, span.text, where, match.old[0].numbers[0])
            for span in self._spans(match.old)
            if not span.fixed and span.source
        ]

    def _pieces(self, match: Paragraphs, where: str) -> Run:
        """The pieces of a match; what cannot be told apart is left, and counts as unchanged."""
        same = self._unchanged(match, where)
        if not match.changed:
            return same
        if not match.new:
            if not same:
                self._leave(where, match, self._why_fixed(match))
            return [replace(piece, new=None) for piece in same]
        if not same:
            self._leave(where, match, self._why_fixed(match))
            return same
        new = "\n".join(paragraph.bare for paragraph in match.new)
        spans = self._spans(match.old)
        if len(match.old) > len(match.new) and 1 < len(spans) == len(same) == len(match.old):
            return self._joined(same, new)
        texts = respan(_unbroken(spans) if len(match.old) > len(match.new) else spans, new)
        if texts is None:
            self._leave(where, match, self._why_fixed(match), same[0].source)
            return same
        return [
            replace(piece, new=text.strip("\n")) for piece, text in zip(same, texts, strict=True)
        ]

    def _joined(self, pieces: Run, new: str) -> Run:
        """Paragraphs of several cells that became one: all goes to the first cell, if wanted."""
        self._groups += 1
        first, *others = pieces
        joined = replace(first, new=new, ask=Ask.JOIN, group=self._groups)
        return [joined, *(replace(p, new=None, ask=Ask.JOIN, group=self._groups) for p in others)]

    def _added(
        self,
        match: Paragraphs,
        around: tuple[int | None, int | None],
        where: str,
        empty: Source | None,
        *,
        is_cell: bool,
    ) -> Run:
        """A new paragraph: it belongs to the cell around it, or to that of the one before it."""
        text = match.new[0].bare
        before, behind = around
        inside = before == behind
        for source in (before, behind):
            if source is not None and (inside or is_cell or self._takes(source)):
                note = "" if inside or is_cell else ADDED
                return [_Piece(source, None, text, where, note=note)]
        if empty is not None:
            self._sources.append(empty)
            return [_Piece(len(self._sources) - 1, None, text, where)]
        self._leave(where, match, NO_PLACE)
        return []

    def _takes(self, number: int) -> bool:
        source = self._sources[number]
        return source is not None and self._cells.is_long(source)

    def _empty_section(self, heading: str) -> Source | None:
        """The cell of a section that was empty, by the heading above the new paragraph."""
        for section in self._report.sections:
            ref = section.cell("text")
            if ref and not section.paragraphs and bare(section.name) == bare(heading):
                return Source(ref.sheet, ref.row, ref.column, "section.text")
        return None

    def _put_back(self, pieces: Run, piece: _Piece) -> None:
        """A paragraph that stays where it was, though the document has it elsewhere now."""
        behind = [
            place
            for place, other in enumerate(pieces)
            if other.source == piece.source and other.old is not None and other.order > piece.order
        ]
        pieces.insert(behind[0] if behind else len(pieces), piece)

    def _note(self, pieces: Run) -> None:
        runs: dict[int, Run] = {}
        for piece in pieces:
            runs.setdefault(piece.source, []).append(piece)
        for source, run in runs.items():
            self._runs[source].append(run)

    def _leave(self, where: str, match: Paragraphs, why: str, source: int | None = None) -> None:
        numbers = [number for p in match.old for _, number in p.parts]
        found = next((self._sources[n] for n in [source, *numbers] if n), None)
        ref = CellRef("", found.sheet, found.row, found.column) if found and found.column else None
        old, new = _words(match.old), _words(match.new)
        self._left.append(Left(where=where, old=old, new=new, why=why, ref=ref))

    def _why_fixed(self, match: Paragraphs) -> str:
        """Why an edit cannot be written: what of the paragraph may not change."""
        sources = [source for p in match.old for _, source in p.parts]
        figures = [n for n in sources if n is not None and not self._is_text(n)]
        if any(self._is_text(number) for number in sources):
            return FIGURE_IN_TEXT if figures else WORDS_AROUND
        if any(figures):
            return TYPED_FIGURE if len(sources) == 1 else FIGURE_IN_TEXT
        if figures:
            return COMPUTED_FIGURE if len(sources) == 1 else FIGURE_IN_TEXT
        return FIXED_WORDS

    # --- tables ----------------------------------------------------------------------------------

    def _table(self, table: TableMatch) -> None:
        columns = self._columns(table.old)
        before = self._before.get(id(table.old), "")
        for match in table.rows:
            old = row_text(match.old[0].row) if match.old else ""
            new = row_text(match.new[0].row) if match.new else ""
            if (old or new) and (match.moved or not old or not new):
                why = (
                    "表里的行" + MOVED if old and new
                    else "表里删了一行；要删，请在工作簿里删" if old
                    else "表里加了一行；要加，请在工作簿里加"
                )  # fmt: skip
                ref = self._ref_of(match.old[0].row) if match.old else None
                self._left.append(Left(where=_in_table(before), old=old, new=new, why=why, ref=ref))
        for cell in table.cells:
            self._table_cell(cell, columns, _in_table(before, cell.row))

    def _table_cell(
        self, cell: CellMatch, columns: Mapping[tuple[int, int], Source], where: str
    ) -> None:
        if cell.old.merged and cell.old.text and not cell.new.text:
            # Where a row of a merged label is deleted, Word may leave the label empty.
            self._left.append(Left(where=where, old=cell.old.text, new="", why=LABEL_EMPTY))
            return
        empty = None
        if not cell.old.text and cell.new.text:
            empty = self._behind_empty(cell.old, cell.row, columns)
            if empty is not None and empty.figure:
                ref = CellRef("", empty.sheet, empty.row, empty.column)
                self._left.append(Left(where=where, old="", new=cell.new.text,
                                       why=TYPED_FIGURE, ref=ref))  # fmt: skip
                return
        self._container(cell.matches, where, empty=empty, is_cell=True)

    def _columns(self, table: Table) -> dict[tuple[int, int], Source]:
        """What the columns of a table print: the source that most of its cells have."""
        found: dict[tuple[int, int], Counter[Source]] = defaultdict(Counter)
        for row in table.rows:
            for cell in row:
                for source in self._known(cell):
                    found[cell.column, cell.span][replace(source, row=0)] += 1
        return {place: known.most_common(1)[0][0] for place, known in found.items()}

    def _known(self, cell: Cell) -> Iterator[Source]:
        for paragraph in cell.paragraphs:
            for _, number in paragraph.parts:
                source = self._sources[number] if number else None
                if source is not None:
                    yield source

    def _behind_empty(
        self, cell: Cell, row: Row, columns: Mapping[tuple[int, int], Source]
    ) -> Source | None:
        """The workbook's cell behind a printed cell that was empty: its row's, its column's."""
        column = columns.get((cell.column, cell.span))
        if column is None or not column.column:
            return None
        rows = {source.row for other in row if not other.merged for source in self._known(other)
                if source.sheet == column.sheet}  # fmt: skip
        return replace(column, row=rows.pop()) if len(rows) == 1 else None

    def _ref_of(self, row: Row) -> CellRef | None:
        for cell in row:
            if not cell.merged:
                for source in self._known(cell):
                    return CellRef("", source.sheet, source.row, source.column)
        return None

    def _whole_tables(self, lost: Sequence[Table], added: Sequence[Table]) -> None:
        for table in lost:
            self._left.append(
                Left(where=_in_table(self._before.get(id(table), "")), old=_head(table), new="",
                     why="整张表删了；表由工作簿生成")
            )  # fmt: skip
        for table in added:
            self._left.append(
                Left(where="新加的表", old="", new=_head(table), why="工作簿里没有这张表")
            )

    # --- one cell --------------------------------------------------------------------------------

    def _cell(self, number: int, runs: Sequence[Run]) -> Iterator[Change]:
        """The change of one cell, if any of its pieces changed."""
        if not any(_is_edit(piece) for run in runs for piece in run) and all(
            _rises(run) for run in runs
        ):
            return
        source = self._sources[number]
        assert source is not None
        printed = [[p for p in sorted(run, key=_order) if p.old is not None] for run in runs]
        found = self._cells.find(source)
        slots = None if found.problem else _slots(self._cells, found.text, printed)
        if slots is None:
            return self._leave_all(runs, found, found.problem or self._different)
        edited = _Edited(found, list(_printings(runs, printed, slots)))
        new = edited.text()
        if new is None:
            return self._leave_all(runs, found, edited.why)
        if new == found.text:
            return
        if problem := _unfit(new, found):
            return self._leave_all(runs, found, problem)
        if source.field.endswith(".name") and self._is_quoted(found.text):
            return self._leave_all(runs, found, QUOTED_NAME)
        asks = dict.fromkeys(p.ask for run in runs for p in run if p.ask)
        if not new:
            asks[Ask.CLEAR] = None
        if edited.partly:
            asks[Ask.PARTLY] = None
        group = next((p.group for run in runs for p in run if p.group), 0)
        if group:
            asks.pop(Ask.CLEAR, None)
        yield Change(
            refs=found.refs, old=found.text, new=new, asks=tuple(asks), group=group,
            notes=tuple(dict.fromkeys([*edited.notes, *_notes(runs)])),
        )  # fmt: skip

    def _is_quoted(self, name: str) -> bool:
        """Whether other rows or sentences name this row."""
        return name in self._quoted or self._cells.is_quoted(name)

    def _leave_all(self, runs: Sequence[Run], found: FoundCell, why: str) -> None:
        for run in runs:
            for piece in run:
                if _is_edit(piece):
                    self._left.append(
                        Left(where=piece.where, old=piece.old or "", new=piece.new or "", why=why,
                             ref=found.ref)
                    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where in a cell's text a printed piece stands, and how it became what was printed."""

    start: int
    stop: int
    template: Template


@dataclass(frozen=True, slots=True)
class _Printing:
    """The pieces of a cell printed once, in their new order, and their slots by piece (its id)."""

    run: Run
    slots: Mapping[int, _Slot]


def _printings(
    runs: Sequence[Run], printed: Sequence[Run], slots: Sequence[Sequence[_Slot]]
) -> Iterator[_Printing]:
    """The runs, cut where a cell's text begins again: it was printed several times."""
    for run, pieces, places in zip(runs, printed, slots, strict=True):
        by_piece = {id(piece): slot for piece, slot in zip(pieces, places, strict=True)}
        number, stop = 0, 0
        passes: dict[int, int] = {}
        for key, slot in by_piece.items():
            number += slot.start < stop
            stop = slot.stop
            passes[key] = number
        cut: list[Run] = [[] for _ in range(number + 1)]
        current = 0
        for piece in run:
            current = passes.get(id(piece), current)
            cut[current].append(piece)
        for part in cut:
            keys = {id(piece) for piece in part}
            yield _Printing(part, {key: slot for key, slot in by_piece.items() if key in keys})


@dataclass(slots=True)
class _Edited:
    """A cell's text with all its edits; `why` says why there is none."""

    found: FoundCell
    printings: Sequence[_Printing]
    why: str = ""
    partly: bool = False
    notes: list[str] = field(default_factory=list)

    def text(self) -> str | None:
        edits: dict[tuple[int, int], str] = {}
        untouched: set[tuple[int, int]] = set()
        for printing in self.printings:
            known = self._run(printing.run, printing.slots)
            if known is None:
                return None
            for place, text in known.items():
                if text is None:
                    untouched.add(place)
                elif edits.setdefault(place, text) != text:
                    self.why = "这段文字在报告里印了几处，改得不一样"
                    return None
        self.partly = bool(untouched & set(edits))
        return self._applied(edits)

    def _run(
        self, run: Run, slots: Mapping[int, _Slot]
    ) -> dict[tuple[int, int], str | None] | None:
        """The new texts of a run by their places; None for a place that was not touched."""
        contents: list[str] = []
        known: dict[tuple[int, int], str | None] = {}
        for piece in run:
            slot = slots.get(id(piece))
            if piece.new is None:
                continue
            raw: str | None = piece.new
            if slot is not None and piece.new == piece.old:
                raw = self.found.text[slot.start : slot.stop]
                known[slot.start, slot.stop] = None
            elif slot is not None:
                raw = slot.template.after(piece.new)
                known[slot.start, slot.stop] = raw
            if raw is None:
                self.why = FIGURE_IN_TEXT
                return None
            contents.append(raw)
        if all(piece.old is not None and piece.new is not None for piece in run) and _rises(run):
            return known
        return self._region(run, contents, list(slots.values()))

    def _region(
        self, run: Run, contents: Sequence[str], slots: Sequence[_Slot]
    ) -> dict[tuple[int, int], str | None] | None:
        """Lines came, went or changed places: all from the first to the last is written anew."""
        text = self.found.text
        ordered = sorted(slots, key=lambda slot: slot.start)
        start = ordered[0].start if ordered else 0
        stop = ordered[-1].stop if ordered else len(text)
        between = [text[one.stop : other.start] for one, other in pairwise(ordered)]
        if any(gap.strip() for gap in between) or (not ordered and text):
            self.why = DIFFERENT
            return None
        if not _rises(run):
            self.notes.append(REORDERED)
        if not contents:  # the line break goes, too
            stop += text[stop : stop + 1] == "\n"
            start -= stop == len(text) and text[start - 1 : start] == "\n"
        return {(start, stop): "\n".join(contents)}

    def _applied(self, edits: Mapping[tuple[int, int], str]) -> str | None:
        text = self.found.text
        last = len(text)
        for start, stop in sorted(edits, reverse=True):
            if stop > last:
                self.why = "这段文字在报告里印了几处，改得不一样"
                return None
            text = text[:start] + edits[start, stop] + text[stop:]
            last = start
        return text.strip("\n")


def _slots(cells: Cells, text: str, printed: Sequence[Run]) -> list[list[_Slot]] | None:
    """Where each printed piece stands in a cell: all of it, a line, or a part of its own."""
    lines = list(_lines(text))
    next_line = 0
    found: list[list[_Slot]] = []
    for run in printed:
        slots: list[_Slot] = []
        for piece in run:
            old = piece.old or ""
            if (template := cells.template(text, old)) is not None:
                slots.append(_Slot(0, len(text), template))
                continue
            order = [*range(next_line, len(lines)), *range(min(next_line, len(lines)))]
            slot = _line_slot(cells, text, lines, order, old) or _part_slot(cells, text, old)
            if slot is None:
                return None
            slots.append(slot)
            next_line = next((n + 1 for n, (_, stop) in enumerate(lines) if stop == slot.stop), 0)
        found.append(slots)
    return found


def _line_slot(
    cells: Cells, text: str, lines: Sequence[tuple[int, int]], order: Iterable[int], old: str
) -> _Slot | None:
    """The first line, or run of lines, that printed as `old`."""
    count = old.count("\n") + 1
    for number in order:
        if number + count > len(lines):
            continue
        start, stop = lines[number][0], lines[number + count - 1][1]
        template = cells.template(text[start:stop], old)
        if template is not None:
            return _Slot(start, stop, template)
    return None


def _part_slot(cells: Cells, text: str, old: str) -> _Slot | None:
    """A part of the text that stands in it once: the layout printed only this part."""
    if not old or text.count(old) != 1 or cells.template(old, old) is None:
        return None
    start = text.index(old)
    return _Slot(start, start + len(old), Template(old, old))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for line in text.split("\n"):
        if line.strip():
            yield place, place + len(line)
        place += len(line) + 1


def _unfit(new: str, found: FoundCell) -> str:
    """Why a text cannot stand in a cell; empty where it can."""
    column = found.column
    if len(new) > LONGEST:
        return f"有 {len(new)} 字，Excel 的一格放不下"
    if column is None:
        return ""
    if not new and column.required:
        return f"“{column.header}”是必填的，不能清空"
    if column.kind == "choice" and new and new not in column.choices:
        return f"“{column.header}”只能从清单里选：{'、'.join(column.choices)}"
    return ""


def _is_edit(piece: _Piece) -> bool:
    return piece.old is None or piece.new != piece.old


def _notes(runs: Sequence[Run]) -> list[str]:
    return [piece.note for run in runs for piece in run if piece.note]


def _order(piece: _Piece) -> int:
    return piece.order


def _rises(run: Run) -> bool:
    """Whether the printed pieces of a run stand in their old order."""
    orders = [piece.order for piece in run if piece.old is not None and piece.new is not None]
    return orders == sorted(orders)


def _around(
    matches: Sequence[Paragraphs], owners: Sequence[list[int]], number: int
) -> tuple[int | None, int | None]:
    """The cells of the paragraphs before and behind one, as far as the next heading."""
    before = _neighbour(matches, owners, range(number - 1, -1, -1), last=True)
    behind = _neighbour(matches, owners, range(number + 1, len(matches)), last=False)
    return before, behind


def _neighbour(
    matches: Sequence[Paragraphs], owners: Sequence[list[int]], places: Iterable[int], *, last: bool
) -> int | None:
    """The cell of the nearest paragraph that is still there; None behind a heading."""
    for place in places:
        match = matches[place]
        if match.old and match.new and not match.moved:
            if not owners[place]:
                return None
            return owners[place][-1 if last else 0]
    return None


def _unbroken(spans: Sequence[Span]) -> list[Span]:
    """The spans of joined paragraphs, whose ends are gone."""
    return [replace(span, text=span.text.replace("\n", "")) for span in spans]


def _words(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs)


def _about(heading: str, match: Paragraphs) -> str:
    """Where in the running text something stands: below which heading."""
    if heading:
        return f"“{_short(heading)}”下"
    return f"“{_short(_words(match.old or match.new))}”"


def _in_table(before: str, row: Row | None = None) -> str:
    table = f"“{_short(before)}”的表" if before else "表里"
    label = next((cell.text for cell in row or () if cell.text and not cell.merged), "")
    return f"{table}，“{_short(label)}”一行" if label else table


def _head(table: Table) -> str:
    return row_text(table.rows[0]) if table.rows else ""


def _short(text: str, length: int = 24) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _what_stands_before(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Yield for each table (by its id) the paragraph above it."""
    before = ""
    for block in blocks:
        if isinstance(block, Table):
            yield id(block), before
        elif block.bare:
            before = block.text
