"""The pieces of one cell → the change of that cell, or why it is left (一格的改动)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfgen.model.cells import CellRef
from perfgen.model.records import Report
from perfgen.provenance.cells import Source
from perfgen.pulling.cell_text import EditedCell, printings
from perfgen.pulling.cells import LONGEST, Cells, FoundCell
from perfgen.pulling.changes import ONLY_SPACES, QUOTED_NAME, Ask, Change, Left
from perfgen.pulling.pieces import Run, is_edit, notes_of, order_of, rises
from perfgen.pulling.placeholders import squashed
from perfgen.pulling.slots import slots_of


class CellChanges:
    """Makes the changes of cells; what cannot be written is left.

    `different` is said of a cell that does not hold what was printed.
    """

    def __init__(self, cells: Cells, report: Report, left: list[Left], different: str) -> None:
        """Know the workbook; `left` takes what is not written."""
        self._cells = cells
        self._left = left
        self._different = different
        self.already: list[CellRef] = []
        self._quoted = {
            *(row.line for row in report.adjustments),
            *(row.project for row in report.indicators),
            *(row.parent for rows in (report.funds, report.scores) for row in rows),
        }

    def of_cell(self, source: Source, runs: Sequence[Run]) -> Iterator[Change]:
        """Yield the change of one cell, if any of its pieces changed."""
        if not any(is_edit(piece) for run in runs for piece in run) and all(
            rises(run) for run in runs
        ):
            return
        printed = [[p for p in sorted(run, key=order_of) if p.old is not None] for run in runs]
        found = self._cells.find(source)
        slots = None if found.problem else slots_of(self._cells, found.text, printed)
        if slots is None:
            if not found.problem and self._is_made(found, runs):
                self.already.append(found.ref)
                return
            why = found.problem or self._different
            return self._leave_all(runs, found, why, now=found.text)
        edited = EditedCell(found, list(printings(runs, printed, slots)))
        new = edited.text()
        if new is None:
            return self._leave_all(runs, found, edited.why)
        if new == found.text:
            return self._leave_all(runs, found, ONLY_SPACES)
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
            notes=tuple(dict.fromkeys([*edited.notes, *notes_of(runs)])),
        )  # fmt: skip

    def _is_quoted(self, name: str) -> bool:
        """Whether other rows or sentences name this row."""
        return name in self._quoted or self._cells.is_quoted(name)

    def _is_made(self, found: FoundCell, runs: Sequence[Run]) -> bool:
        """Whether the workbook says already what was edited: the same edit was made there."""
        after = [
            [replace(piece, old=piece.new) for piece in run if piece.new is not None]
            for run in runs
        ]
        text = "\n".join(piece.new or "" for run in after for piece in run)
        if not text or not found.text:
            return text == found.text
        gone = [piece.old for run in runs for piece in run if piece.new is None and piece.old]
        return slots_of(self._cells, found.text, after) is not None and not any(
            squashed(old) in squashed(found.text) for old in gone
        )

    def _leave_all(
        self, runs: Sequence[Run], found: FoundCell, why: str, now: str | None = None
    ) -> None:
        for run in runs:
            for piece in run:
                if is_edit(piece):
                    said = now if now not in (piece.old, piece.new) else None
                    self._left.append(
                        Left(where=piece.where, old=piece.old or "", new=piece.new or "", why=why,
                             ref=found.ref, now=said)
                    )  # fmt: skip


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
