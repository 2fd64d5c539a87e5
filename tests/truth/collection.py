"""The collection: invented clean workbooks, errors to plant in them, edits that do no harm.

One file in `books/` is one workbook. Its `edits` name a place by sheet, row (how one of its cells
begins) and column, and what comes there: a new content, or an old and a new piece of the text.
`（增行）` puts a row below, `（删行）` takes the row away, `（表头）…` renames a header. A plant
whose last entry begins with `无从查起：` is one that no reader could find from the workbook alone.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perfgen.layouts import find_layout, load_layout
from perfgen.model.cells import column_letters
from perfgen.model.layout import Layout, Sheet

BOOKS = Path(__file__).parent / "books"
SENTENCES = Path(__file__).parent / "sentences"
"""More sentences for a book, in a file of its name: lists of right and wrong ones at a place."""

BEYOND = "无从查起："
ADDED, REMOVED, HEADER = "（增行）", "（删行）", "（表头）"
SENTENCE = "句子"
_HEAD = 2
"""The first row of records, in Excel's count: every sheet has one row of headers."""

Rows = list[dict[str, str]]
Place = tuple[str, str]
"""A sheet and the address of a cell."""


@dataclass(frozen=True)
class Book:
    """A clean workbook: its layout and its content.

    `held_back` is True where its sentences were written before the rules and not looked at since.
    """

    name: str
    layout: Layout
    content: Mapping[str, Rows]
    held_back: bool = False

    def sheet(self, name: str) -> Sheet:
        """Return the declaration of a sheet."""
        return next(sheet for sheet in self.layout.sheets if sheet.name == name)


@dataclass(frozen=True)
class Edit:
    """One change of a clean workbook. `kind` says what kind of error it is, if it is one.

    `beyond` says why nobody could find it from the workbook alone; empty for all that one could.
    """

    kind: str
    sheet: str
    row: str
    column: str
    new: Any
    old: str = ""
    also: tuple[tuple[str, str, str], ...] = ()
    beyond: str = ""

    def __str__(self) -> str:
        """Return what is changed, for a list of what was missed."""
        new = "、".join(self.new) if isinstance(self.new, list) else self.new
        change = f"{self.old} → {new}" if self.old else new
        beyond = f"（{BEYOND}{self.beyond}）" if self.beyond else ""
        return f"{self.sheet}/{self.row}/{self.column}：{change}{beyond}"


@dataclass(frozen=True)
class Edited:
    """A workbook's content with one change, and the cells at which it may be found.

    `headers` are headers to rename in the file itself: old → new, on that sheet.
    """

    content: Mapping[str, Rows]
    places: tuple[Place, ...]
    headers: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Collected:
    """A book with all that is tried on it."""

    book: Book
    plants: tuple[Edit, ...]
    benign: tuple[Edit, ...]
    right: tuple[Edit, ...]
    wrong: tuple[Edit, ...]


def collection(folder: Path = BOOKS) -> Iterator[Collected]:
    """Yield every workbook of the collection."""
    for path in sorted(folder.glob("*.toml")):
        yield read_book(path)


def read_book(path: Path) -> Collected:
    """Return one workbook of the collection."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    layout = load_layout(find_layout(data["layout"]))
    form = next(sheet for sheet in layout.sheets if sheet.kind == "form")
    content: dict[str, Rows] = {
        form.name: [{name: str(value) for name, value in data["form"].items()}]
    }
    for name, table in data["tables"].items():
        content[name] = [
            row if isinstance(row, dict) else dict(zip(table["columns"], row, strict=True))
            for row in table["rows"]
        ]
    book = Book(path.stem, layout, content, held_back=data.get("held_back", False))
    edits = data["edits"]
    more = SENTENCES / path.name
    lists = [data["sentences"]]
    if more.exists():
        lists += tomllib.loads(more.read_text(encoding="utf-8"))["sentences"]

    def sentences(name: str) -> tuple[Edit, ...]:
        return tuple(
            Edit(SENTENCE, *one["at"], new=text) for one in lists for text in one.get(name, ())
        )

    return Collected(
        book,
        plants=tuple(_edit(entry) for entry in edits["plants"]),
        benign=tuple(_edit(["", *entry]) for entry in edits["benign"]),
        right=sentences("right"),
        wrong=sentences("wrong"),
    )


def _edit(entry: Sequence[Any]) -> Edit:
    if isinstance(entry[-1], str) and entry[-1].startswith(BEYOND):
        return replace(_edit(entry[:-1]), beyond=entry[-1].removeprefix(BEYOND))
    also: tuple[tuple[str, str, str], ...] = ()
    if isinstance(entry[-1], list) and entry[-1] and isinstance(entry[-1][0], list):
        also = tuple((place[0], place[1], place[2]) for place in entry[-1])
        entry = entry[:-1]
    kind, sheet, row, column, *change = entry
    if len(change) == 2:
        return Edit(kind, sheet, row, column, new=change[1], old=change[0], also=also)
    return Edit(kind, sheet, row, column, new=change[0], also=also)


# --- making a change ------------------------------------------------------------------------------


def edited(book: Book, edit: Edit) -> Edited:
    """Return the content after a change. Raises LookupError for a place that is not there."""
    content = copy.deepcopy(dict(book.content))
    sheet = book.sheet(edit.sheet)
    if edit.row.startswith(HEADER):
        _address(sheet, 0, edit.column)
        headers = ((edit.sheet, edit.row.removeprefix(HEADER), edit.new),)
        letters = _address(sheet, 0, edit.column)[:-1]
        whole_column = tuple(
            (edit.sheet, f"{letters}{row}") for row in range(1, len(content[edit.sheet]) + _HEAD)
        )
        return Edited(content, whole_column, headers)
    rows = content[edit.sheet]
    if sheet.kind == "form":
        rows[0][edit.row] = _changed(rows[0].get(edit.row, ""), edit)
        return Edited(content, ((edit.sheet, f"B{_form_row(sheet, edit.row)}"),))
    index = _index(rows, edit)
    also = tuple(_place(book, where) for where in edit.also)
    if edit.column == REMOVED:
        del rows[index]
        moved = replace(book, content=content)
        return Edited(content, tuple(_place(moved, where) for where in edit.also))
    if edit.column == ADDED:
        rows.insert(index + 1, dict(zip(rows[index], edit.new, strict=True)))
        letters = [column_letters(number) for number in range(1, len(sheet.columns) + 1)]
        new_row = tuple((edit.sheet, f"{letter}{index + 1 + _HEAD}") for letter in letters)
        return Edited(content, (*new_row, *also))
    _address(sheet, index, edit.column)
    rows[index][edit.column] = _changed(rows[index].get(edit.column, ""), edit)
    return Edited(content, ((edit.sheet, _address(sheet, index, edit.column)), *also))


def _changed(text: str, edit: Edit) -> str:
    if edit.kind == SENTENCE:
        return f"{text.strip()}\n{edit.new}"
    if not edit.old:
        return str(edit.new)
    if text.count(edit.old) != 1:
        raise LookupError(f"{edit.old!r} stands {text.count(edit.old)} times in: {edit}")
    return text.replace(edit.old, str(edit.new))


def _index(rows: Rows, edit: Edit) -> int:
    for index, row in enumerate(rows):
        if any(value.strip() and value.strip().startswith(edit.row) for value in row.values()):
            return index
    raise LookupError(f"no such row: {edit}")


def _address(sheet: Sheet, index: int, header: str) -> str:
    for number, column in enumerate(sheet.columns, 1):
        if column.header == header:
            return f"{column_letters(number)}{index + _HEAD}"
    raise LookupError(f"{sheet.name} has no column {header}")


def _form_row(sheet: Sheet, item: str) -> int:
    for number, column in enumerate(sheet.columns):
        if column.header == item:
            return number + _HEAD
    raise LookupError(f"{sheet.name} has no item {item}")


def _place(book: Book, where: tuple[str, str, str]) -> Place:
    name, row, column = where
    here = Edit("", name, row, column, new="")
    return name, _address(book.sheet(name), _index(book.content[name], here), column)


def sentences_alone(collected: Collected) -> Collected:
    """Return the same book without what is tried in its tables."""
    return replace(collected, plants=(), benign=())


def only(collected: Collected, most: int) -> Collected:
    """Return the same book with the first few of each kind of trial."""
    return replace(
        collected,
        plants=collected.plants[:most],
        benign=collected.benign[:most],
        right=collected.right[:most],
        wrong=collected.wrong[:most],
    )
