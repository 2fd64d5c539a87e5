"""What `perfgen check` finds in the collection: each change is made in a file of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from perfgen.build import load
from perfgen.errors import WorkbookError
from perfgen.model.cells import CellRef
from perfgen.model.layout import Layout
from perfgen.workbook.writing import write_workbook
from truth.collection import Collected, Edit, Edited, Place, Rows, edited

UNREADABLE = "读不懂"
"""The code of what the reader refuses: the officer is told, too, and sees the cell."""


@dataclass(frozen=True)
class Found:
    """One thing that the officer is told, and where it points to. `follows`: under another one."""

    code: str
    severity: str
    place: Place
    message: str
    follows: bool = False


@dataclass(frozen=True)
class Trial:
    """One change, and what was said because of it: findings that the clean workbook has not."""

    book: str
    edit: Edit
    places: tuple[Place, ...]
    new: tuple[Found, ...]

    @property
    def found(self) -> bool:
        """Return whether anything was said at all."""
        return bool(self.new)

    @property
    def at_place(self) -> bool:
        """Return whether something was said at the very cell."""
        return any(found.place in self.places for found in self.new)

    @property
    def on_sheet(self) -> bool:
        """Return whether something was said on the right sheet."""
        sheets = {sheet for sheet, _ in self.places} or {self.edit.sheet}
        return any(found.place[0] in sheets for found in self.new)


@dataclass(frozen=True)
class Measured:
    """A book's trials. `clean` is what is said of it before any change: false, all of it."""

    name: str
    clean: tuple[Found, ...]
    plants: tuple[Trial, ...]
    benign: tuple[Trial, ...]
    right: tuple[Trial, ...]
    wrong: tuple[Trial, ...]
    held_back: bool = False


def measure(collected: Collected) -> Measured:
    """Check a book clean, then with each change alone."""
    book = collected.book
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{book.name}.xlsx"
        clean = _check(Edited(book.content, ()), book.layout, path)

        def tried(edits: tuple[Edit, ...]) -> tuple[Trial, ...]:
            return tuple(_trial(edit) for edit in edits)

        def _trial(edit: Edit) -> Trial:
            change = edited(book, edit)
            known = {(one.code, one.message) for one in clean}
            found = _check(change, book.layout, path)
            new = tuple(one for one in found if (one.code, one.message) not in known)
            return Trial(book.name, edit, change.places, new)

        return Measured(
            name=book.name,
            clean=clean,
            plants=tried(collected.plants),
            benign=tried(collected.benign),
            right=tried(collected.right),
            wrong=tried(collected.wrong),
            held_back=book.held_back,
        )


def _check(change: Edited, layout: Layout, path: Path) -> tuple[Found, ...]:
    write_workbook(layout, path, content=_filled(change.content))
    if change.headers:
        _rename(path, change.headers)
    try:
        checked = load(path).checked
    except WorkbookError as error:
        return tuple(
            Found(UNREADABLE, "error", _place(problem.ref), problem.message)
            for problem in error.problems
        )
    follows = [one for cause in checked.causes for one in cause.follows]
    return tuple(
        Found(one.code, one.severity.value, _place(one.ref), one.message, one in follows)
        for one in checked.findings
    )


def _filled(content: Mapping[str, Rows]) -> Mapping[str, Rows]:
    return {
        sheet: [{header: value for header, value in row.items() if value != ""} for row in rows]
        for sheet, rows in content.items()
    }


def _place(ref: CellRef | None) -> Place:
    return (ref.sheet, ref.address) if ref else ("", "")


def _rename(path: Path, headers: tuple[tuple[str, str, str], ...]) -> None:
    book = openpyxl.load_workbook(path)
    for name, old, new in headers:
        cell = next(cell for cell in book[name][1] if str(cell.value).startswith(old))
        cell.value = new
    book.save(path)
