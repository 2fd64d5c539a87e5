"""What officers typed, as steps of the calculation sheet: numbers, texts, items of the form."""

from __future__ import annotations

from collections.abc import Callable

from perfgen.model.headers import stated_unit
from perfgen.model.layout import Column
from perfgen.model.numbers import YUAN
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import UNKNOWN, plain_text, quoted, source_cell
from perfgen.workbook.writing.plan import HEADER_ROW, SheetPlan

_NUMBERS = frozenset({"amount", "number", "percent", "date", "year"})
_Reader = Callable[[str], str]


class TypedSteps:
    """Writes each of them once."""

    def __init__(self, calc: CalcSheet, yuan: Callable[[], str]) -> None:
        """Write to `calc`. `yuan` says how many 元 the workbook's unit of money has."""
        self._calc = calc
        self._yuan = yuan
        self._done: dict[tuple[str, str], Step] = {}

    def last_row(self, plan: SheetPlan) -> int:
        """Return the last row of a sheet's steps: a form has one row of them."""
        return HEADER_ROW + 1 if plan.sheet.kind == "form" else plan.last_calculated

    def value(self, plan: SheetPlan, field: str) -> Step:
        """Return a column's content, a number or a text as its kind is."""
        column = plan.sheet.column(field)
        if column is not None and column.kind in _NUMBERS:
            return self.number(plan, field)
        if column is not None and column.kind in ("target", "measure"):
            return self._step(plan, field, "读数", _measured)
        return self.text(plan, field)

    def number(self, plan: SheetPlan, field: str) -> Step:
        """Return a column of numbers; what is no number only perfgen can read.

        Amounts under a header that states its own unit are converted to the workbook's.
        """
        column = plan.sheet.column(field)
        scale = self.scale(column) if column else ""

        def read(cell: str) -> str:
            number = f"{cell}{scale}"
            return f'IF(ISNUMBER({cell}),{number},IF({plain_text(cell)}="","",{UNKNOWN}))'

        return self._step(plan, field, "填写数", read)

    def scale(self, column: Column) -> str:
        """Return what turns an amount as it is typed into one in the workbook's unit."""
        stated = stated_unit(column.header) if column.kind == "amount" else ""
        return f"*{YUAN[stated]:f}/{self._yuan()}" if stated else ""

    def text(self, plan: SheetPlan, field: str) -> Step:
        """Return a column of texts, empty cells that mean "as above" filled."""
        column = plan.sheet.column(field)
        if column is None or not column.fill_down:
            return self._step(plan, field, "文字", plain_text)
        key = plan.sheet.record, f"{field} 文字"
        if key not in self._done:
            labels = [one.field for one in plan.columns if one.fill_down]
            before = [self.text(plan, one) for one in labels[: labels.index(field)]]
            own = self._step(plan, field, "格子", plain_text)

            def filled(row: int, above: str) -> str:
                if row == HEADER_ROW + 1:
                    return own.at(row)
                same = ",".join(f"{step.at(row)}={step.at(row - 1)}" for step in before)
                kept = f'IF(AND({same}),{above},"")' if before else above
                return f'IF({own.at(row)}="",{kept},{own.at(row)})'

            last = self.last_row(plan)
            self._done[key] = self._calc.add_running(f"{field} 文字", filled, last)
        return self._done[key]

    def filled(self, plan: SheetPlan) -> Step:
        """Return how many cells of a row are filled in; a form's row always counts."""
        key = plan.sheet.record, "填写的格数"
        if key not in self._done:
            fields = [one.field for one in plan.columns if not one.computed]

            def count(row: int) -> str:
                if plan.sheet.kind == "form":
                    return "1"
                cells = [f'({source_cell(plan, field, row)}<>"")' for field in fields]
                return "+".join(cells) or "1"

            self._done[key] = self._calc.add(key[1], count, self.last_row(plan))
        return self._done[key]

    def item(self, form: SheetPlan, field: str) -> str | None:
        """Return the reference to an item's content, wherever its row was moved."""
        column = form.sheet.column(field)
        if column is None:
            return None
        found = f"MATCH({quoted(column.header)},{form.quoted}!$A:$A,0)"
        return f'IFERROR(INDEX({form.quoted}!$B:$B,{found}),"")'

    def item_value(self, form: SheetPlan, field: str) -> str:
        """Return an item's content, a number or a text as its kind is."""
        cell = self.item(form, field) or '""'
        column = form.sheet.column(field)
        number = column is not None and column.kind in _NUMBERS
        return _number(cell) if number else plain_text(cell)

    def _step(self, plan: SheetPlan, field: str, label: str, read: _Reader) -> Step:
        key = plan.sheet.record, f"{field} {label}"
        if key not in self._done:
            self._done[key] = self._calc.add(
                key[1], lambda row: read(source_cell(plan, field, row)), self.last_row(plan)
            )
        return self._done[key]


def _number(cell: str) -> str:
    return f'IF(ISNUMBER({cell}),{cell},IF({plain_text(cell)}="","",{UNKNOWN}))'


def _measured(cell: str) -> str:
    """A target or a result: what its words mean only perfgen can tell."""
    return f'IF({plain_text(cell)}="","",{UNKNOWN})'
