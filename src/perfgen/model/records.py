"""What a filled workbook holds: one frozen record for each row, each field with its cell.

Amounts are Decimal in the workbook's own unit (金额单位, 万元 unless it says otherwise); a
Decimal keeps the decimals that the officer typed. None means that the cell is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perfgen.model.cells import CellRef, Notice
from perfgen.model.measure import Measure, Target
from perfgen.model.names import MISSING

OwnValue = str | Decimal | date
"""What a column of a layout's own holds: an amount, a number or a ratio, a day, or a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a sheet. `cells` maps a role's field to its cell; `extra` holds further columns.

    `own` are the columns of the layout's own that have a kind (`budget.own.plan`, by what stands
    after `own.`), and what formulas gave. `typed` is what was typed into columns of formulas, by
    their fields.

    The officer's own columns and a city's columns without a role stand in `extra` under their
    header texts, and reach the template under these names; `extra_cells` are their cells.
    """

    cells: Mapping[str, CellRef] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    extra_cells: Mapping[str, CellRef] = field(default_factory=dict)
    own: Mapping[str, OwnValue] = field(default_factory=dict)
    typed: Mapping[str, OwnValue] = field(default_factory=dict)

    def cell(self, name: str) -> CellRef | None:
        """Return the cell of a field, such as `actual`, or None where the layout lacks it."""
        return self.cells.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(Record):
    """A budget line (预算项目). `kind` is its 类别: 总额, 基本支出, 项目支出 or 项目明细.

    `group` is the task that it serves (重点任务); `half_plan` what is to be spent by mid-year
    (半年计划执行数).

    `adjusted` and `execution_rate` are what the officer typed, if anything; they are computed
    anew in any case, and only compared.
    """

    name: str
    kind: str = ""
    group: str = ""
    half_plan: Decimal | None = None
    initial: Decimal | None = None
    adjustment: Decimal | None = None
    adjusted: Decimal | None = None
    actual: Decimal | None = None
    execution_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund(Record):
    """A source or a use of money as a whole (收入预算, 收支情况): a tree, by `parent`'s name.

    `note` says what belongs to it (说明).
    """

    name: str
    parent: str = ""
    initial: Decimal | None = None
    adjusted: Decimal | None = None
    actual: Decimal | None = None
    execution_rate: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Record):
    """A row of the adjustment ledger (预算调整). `amount` is positive; `type` gives its sign.

    Money moved between lines (调剂) has two rows under one `document`; there `amount` is negative
    where it is moved out.
    """

    line: str
    type: str
    amount: Decimal
    day: date | None = None
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Record):
    """One of the unit's main duties (主要职能)."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """A key task of the year (年度重点任务) under one duty (部门主要职责)."""

    name: str
    duty: str = ""
    content: str = ""
    result: str = ""


_WAYS: Mapping[str, tuple[str, ...]] = {
    "正向": ("正", "越大", "越高", "越多", "↑"),
    "反向": ("反", "负", "逆", "越小", "越低", "越少", "↓"),
    "适中": ("适", "中性", "越接近"),
}
"""How officers write a direction: 正向指标, 反向, 负向, 逆向指标."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """A performance indicator (绩效指标), its targets by period (`full`, `half`).

    `unit` is the unit given in a column of its own (计量单位).
    `category`, `subcategory` and `work` are its levels (一级指标, 二级指标, 重点工作); `project` is
    the project that it belongs to, where a workbook has several. `weight` is its full marks (分值),
    `mark` the marks typed by the officer (得分), `attainment` how far a target in words is reached
    (达成情况), `rule` the way it is scored (评分规则). A row whose name is blank, 无 or / keeps an
    empty level in the table.

    `stated` holds what stands in each column where a layout prints them apart (指标性质, 指标值,
    完成值), as it was typed: under `operator`, the periods of the targets, and `actual`.
    """

    name: str
    project: str = ""
    category: str = ""
    subcategory: str = ""
    work: str = ""
    description: str = ""
    basis: str = ""
    direction: str = ""
    targets: Mapping[str, Target] = field(default_factory=dict)
    actual: Measure | None = None
    unit: str = ""
    evidence: str = ""
    deviation: str = ""
    reason: str = ""
    weight: Decimal | None = None
    attainment: str = ""
    rule: str = ""
    mark: Decimal | None = None
    stated: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Return whether the row only says that its level has no indicator (无, /)."""
        return self.name.strip() in MISSING

    @property
    def way(self) -> str:
        """Return the direction (指标方向性) as rules know it: 正向, 反向, 适中, or empty."""
        found = (way for way, words in _WAYS.items() if self.direction.strip().startswith(words))
        return next(found, "")

    @property
    def target(self) -> Target | None:
        """Return the full-year target (全年指标值)."""
        return self.targets.get("full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """A project (项目): one row, and one form of the document.

    `initial`, `adjusted` and `actual` hold amounts by source of money (资金来源), as the layout
    names the sources in its roles (`project.adjusted.fiscal`); the total has the name "". `plan`
    holds the cumulative part to be spent by each date (资金支出计划), as ratios. `execution_rate`
    and `mark` (执行率得分) are what the officer typed, if anything.
    """

    name: str
    code: str = ""
    department: str = ""
    implementer: str = ""
    purpose: str = ""
    initial: Mapping[str, Decimal] = field(default_factory=dict)
    adjusted: Mapping[str, Decimal] = field(default_factory=dict)
    actual: Mapping[str, Decimal] = field(default_factory=dict)
    plan: Mapping[str, Decimal] = field(default_factory=dict)
    execution_rate: Decimal | None = None
    mark: Decimal | None = None
    goals: tuple[str, ...] = ()
    achieved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreItem(Record):
    """An item of the self-evaluation's scores (评分): a tree, by `parent`'s name (上级).

    `category` and `subcategory` are its levels (一级指标, 二级指标) where these stand in columns.
    `full` are its full marks (满分), `rule` the way it is scored (评分规则), `basis` what the rule
    starts from (计分依据: a rate, a count of marks), `score` the marks typed (得分), `reason` why
    marks were lost (扣分原因), `note` what else is to be said of it (评分说明).
    """

    name: str
    category: str = ""
    subcategory: str = ""
    parent: str = ""
    full: Decimal | None = None
    rule: str = ""
    basis: Measure | None = None
    score: Decimal | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow(Record):
    """A row of a sheet that only this layout has: what its columns hold, by the roles' fields.

    `kind` is the record that the layout declares, such as `expense`.
    """

    kind: str = ""
    values: Mapping[str, OwnValue] = field(default_factory=dict)


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
    """One row of the form sheet (基本信息): an item and its content, as text.

    `content` is the number or the day that the text stands for, where the item is of such a kind.
    """

    name: str
    value: str
    content: Decimal | date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole filled workbook, as read: nothing computed yet.

    `as_of` is the last day whose adjustments count, where they were cut off at one (截至日).
    `notices` tell what was read in another way than it stands in the workbook.
    """

    workbook: str
    layout: str
    unit: str
    year: int
    amount_unit: str
    day: date
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    duties: tuple[Duty, ...] = ()
    funds: tuple[Fund, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    tasks: tuple[Task, ...] = ()
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    scores: tuple[ScoreItem, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    own: Mapping[str, tuple[OwnRow, ...]] = field(default_factory=dict)
    as_of: date | None = None
    notices: tuple[Notice, ...] = ()

    def rows(self, record: str) -> tuple[Record, ...]:
        """Return the rows of one kind of record, such as `budget`; none for an unknown kind."""
        if record in self.own:
            return self.own[record]
        name = ROWS.get(record)
        rows: tuple[Record, ...] = getattr(self, name) if name else ()
        return rows


ROWS: Mapping[str, str] = {
    "section": "sections",
    "duty": "duties",
    "fund": "funds",
    "budget": "budget",
    "adjustment": "adjustments",
    "task": "tasks",
    "project": "projects",
    "indicator": "indicators",
    "score": "scores",
    "waiver": "waivers",
}
"""Each kind of record and where a report keeps its rows."""
