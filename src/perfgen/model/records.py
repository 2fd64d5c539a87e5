"""What a filled workbook holds: one frozen record for each row, each field with its cell.

Amounts are Decimal in the workbook's own unit (金额单位, 万元 unless it says otherwise); a
Decimal keeps the decimals that the officer typed. None means that the cell is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perfgen.model.cells import CellRef
from perfgen.model.measure import Measure, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a sheet. `cells` maps a role's field to its cell; `extra` holds further columns.

    The officer's own columns and a city's columns without a role stand in `extra` under their
    header texts, and reach the template under these names.
    """

    cells: Mapping[str, CellRef] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> CellRef | None:
        """Return the cell of a field, such as `actual`, or None where the layout lacks it."""
        return self.cells.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(Record):
    """A budget line (预算项目). `kind` is its 类别: 总额, 基本支出, 项目支出 or 项目明细.

    `adjusted` and `execution_rate` are what the officer typed, if anything; they are computed
    anew in any case, and only compared.
    """

    name: str
    kind: str = ""
    initial: Decimal | None = None
    adjustment: Decimal | None = None
    adjusted: Decimal | None = None
    actual: Decimal | None = None
    execution_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Record):
    """A row of the adjustment ledger (预算调整). `amount` is positive; `type` gives its sign."""

    line: str
    type: str
    amount: Decimal
    day: date | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """A key task of the year (年度重点任务) under one duty (部门主要职责)."""

    duty: str
    name: str
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """A performance indicator (绩效指标), its targets by period (`full`, `half`)."""

    name: str
    category: str = ""
    direction: str = ""
    targets: Mapping[str, Target] = field(default_factory=dict)
    actual: Measure | None = None
    evidence: str = ""
    deviation: str = ""
    reason: str = ""

    @property
    def target(self) -> Target | None:
        """Return the full-year target (全年指标值)."""
        return self.targets.get("full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Record):
    """A piece of narrative (文字部分): the section that it belongs to, and its paragraphs."""

    name: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Record):
    """A finding that the unit has explained (说明事项): which rule, which record, why, who."""

    rule: str
    subject: str
    reason: str = ""
    officer: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Record):
    """One row of the form sheet (基本信息): an item and its content, as text."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole filled workbook, as read: nothing computed yet."""

    workbook: str
    layout: str
    unit: str
    year: int
    amount_unit: str
    day: date
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    waivers: tuple[Waiver, ...] = ()
