"""A layout (版式) as data: what `layout.toml` declares, checked and frozen.

From this one declaration come the fill-in workbook, the reader and its messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from perfgen.model.carrying import Carrying
from perfgen.model.formulas import Formula, Requirement
from perfgen.model.scoring import Scoring

KINDS = (
    "text", "long", "amount", "number", "percent", "choice", "operator", "target", "measure",
    "date", "year",
)  # fmt: skip
"""What a cell holds: one line, paragraphs, an amount of money, a plain number (marks, people), a
rate, a choice from a list, a target's operator, a target, an actual value, a day, a year."""

SHEET_KINDS = ("guide", "form", "table")
"""填报说明; a form of items and contents; a table with a header row."""

Printer = Literal["typst", "weasyprint"]
"""What prints a PDF."""

PRINTERS: tuple[Printer, ...] = get_args(Printer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How a column's numbers print (印法); what is not said stays as for all columns.

    `decimals` are fixed ones (of a percent, behind the point of 99.04%). An amount is converted to
    `unit`; with `with_unit` the unit stands in the cell. `blank` and `zero` print in place of
    nothing and of 0.
    """

    decimals: int | None = None
    thousands: bool = False
    unit: str = ""
    with_unit: bool = False
    blank: str = ""
    zero: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column (列) of a table sheet, or one item of a form sheet.

    `role` is `record.field` (`budget.initial`) or `record.field.period`
    (`indicator.target.full`); `fill_down` takes an empty cell for "as above" (merged labels).
    `max_length` is how many characters a text may have (100字以内).
    `formula` computes it; `summed` says whether a blank is the sum of the rows below,
    `requirement` what must hold in each row. What is `private` (联系电话) is not disclosed.
    """

    header: str
    role: str
    kind: str = "text"
    required: bool = False
    expected: bool = False
    computed: bool = False
    fill_down: bool = False
    choices: tuple[str, ...] = ()
    width: float = 16
    help: str = ""
    default: str = ""
    example: str = ""
    formula: Formula | None = None
    summed: bool | None = None
    requirement: Requirement | None = None
    private: bool = False
    max_length: int | None = None
    printing: Printing = Printing()

    @property
    def field(self) -> str:
        """Return the role without its record: `initial`, `target.full`."""
        return self.role.partition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet (工作表) of the fill-in workbook. `record` is the kind of record of its rows."""

    name: str
    kind: str
    record: str = ""
    title: str = ""
    help: str = ""
    required: bool = True
    protected: bool = False
    landscape: bool = False
    spare_rows: int = 20
    columns: tuple[Column, ...] = ()

    def column(self, field: str) -> Column | None:
        """Return the column with this role's field, such as `target.full`."""
        return next((column for column in self.columns if column.field == field), None)

    def named(self, name: str) -> Column | None:
        """Return the column with this field or this header."""
        headed = (column for column in self.columns if column.header == name)
        return self.column(name) or next(headed, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The settings by which cities differ, each chosen among rules that the code knows by name."""

    amount_unit: str = "万元"
    rate_decimals: int = 2
    blank_actual: str = "blank"
    deviation: str = "relative"
    deviation_decimals: int = 2
    about_tolerance: Decimal = Decimal("0.1")
    trailing_zeros: str = "drop"
    target_columns: str = "joined"
    parents: Mapping[str, str] = field(default_factory=dict)
    adjustment_signs: Mapping[str, Decimal] = field(default_factory=dict)
    balanced_types: tuple[str, ...] = ()
    category_order: tuple[str, ...] = ()
    duty_order: str = "typed"
    directions: Mapping[str, str] = field(default_factory=dict)
    scoring: Scoring = field(default_factory=Scoring)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """An official layout: its workbook, its rules, its template and style sheets.

    `printer` prints its PDF, unless the officer chooses another. `formulas` are those of its
    columns, each after those that it counts on.
    """

    id: str
    title: str
    document: str
    schema: int
    folder: Path
    template: str
    styles: tuple[Path, ...]
    description: str = ""
    printer: Printer = "typst"
    sheets: tuple[Sheet, ...] = ()
    rules: Rules = field(default_factory=Rules)
    carrying: Carrying = field(default_factory=Carrying)
    checks: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    ready: Mapping[int, Mapping[str, tuple[Mapping[str, str], ...]]] = field(default_factory=dict)
    formulas: tuple[Formula, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def sheet_of(self, record: str) -> Sheet | None:
        """Return the sheet whose rows are these records, such as `budget`."""
        return next((sheet for sheet in self.sheets if sheet.record == record), None)

    def ready_rows(self, year: int | None) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """Return the rows fixed for the city in `year`, by sheet: header text → content.

        The set of the latest year that is not after `year`; the earliest set for older years.
        """
        if not self.ready:
            return {}
        years = sorted(self.ready)
        past = [known for known in years if year is None or known <= year]
        return self.ready[past[-1] if past else years[0]]
