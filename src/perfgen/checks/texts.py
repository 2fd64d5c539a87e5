"""PG3xx: what the sentences say agrees with the tables (文字与表格)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfgen.checks.passages import Passage, counted_thing, plain_text, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.statements import NUMBER, RATE, UNITS, Named, Reader, Statement
from perfgen.figures.budget import LineFigures
from perfgen.figures.deviation import IndicatorFigures
from perfgen.figures.funds import FundFigures
from perfgen.model.finding import Severity
from perfgen.model.measure import Measure
from perfgen.model.numbers import YUAN, fixed, half_up, plain
from perfgen.model.records import ROWS

_WHOLE_SECTIONS = frozenset({"section", "report", "score"})
"""Where sentences speak of the unit as a whole, and not of one task."""


# --- PG301 ---------------------------------------------------------------------------------------


@rule(
    "PG301",
    Severity.WARNING,
    title="文字里的数与表里的不同",
    reason="同一个数在正文和表里各写一遍，表调整后正文往往忘了改。这里核对写明了名称的数："
    "预算项目的年初、追加、调整、支出和执行率，以及指标的完成值，按文字里写的单位和小数位数比较。",
    good="正文“项目支出执行率99.05%”，预算表 99.05%",
    bad="正文“项目支出执行率98.05%”，预算表 99.05%",
    most=10,
)
def stated_figures(case: Case) -> Iterator[Hit]:
    """R40: a number in the narrative that is not the table's for the same thing."""
    reader = _reader(case)
    indicators = _IndicatorReader(case)
    for passage in prose(case):
        for paragraph in passage.paragraphs:
            for statement in reader.read(paragraph):
                hit = _differing(statement, passage)
                if hit is not None:
                    yield hit
            yield from indicators.read(paragraph, passage)


def _reader(case: Case) -> Reader:
    headers: list[tuple[str, str]] = []
    for sheet in case.layout.sheets:
        if sheet.record in ("budget", "fund", "project"):
            headers += [
                (column.field, column.header)
                for column in sheet.columns
                if column.kind in ("amount", "percent") and "." not in column.field
            ]
    return Reader(_named_rows(case), headers, case.report.year, case.report.unit)


def _named_rows(case: Case) -> list[Named]:
    """The rows that sentences may name: lines, their groups, funds and projects."""
    yuan = YUAN[case.report.amount_unit]
    rows = [
        Named(row.name, _values(yuan, initial=row.initial, adjusted=row.adjusted,
                                actual=row.actual))
        for row in case.figures.funds
    ]  # fmt: skip
    groups: dict[str, list[dict[str, Decimal | None]]] = {}
    for line in case.figures.budget:
        amounts = {
            "initial": line.initial,
            "adjustment": line.adjustment,
            "adjusted": line.adjusted,
            "actual": line.actual,
            "half_plan": line.half_plan,
        }
        rows.append(Named(line.name, _values(yuan, **amounts)))
        if line.line.group:
            groups.setdefault(line.line.group, []).append(amounts)
    for group, lines in groups.items():
        summed = {
            field: sum((amounts[field] or Decimal(0) for amounts in lines), Decimal(0))
            for field in lines[0]
        }
        rows.append(Named(group, _values(yuan, **summed)))
    rows += [
        Named(row.line, {"adjustment": (row.amount * yuan,)}) for row in case.report.adjustments
    ]
    for project in case.figures.projects:
        for money in project.money.values():
            values = _values(yuan, initial=money.initial, adjusted=money.adjusted,
                             actual=money.actual)  # fmt: skip
            rows.append(Named(project.name, values))
    return rows


def _values(yuan: Decimal, **amounts: Decimal | None) -> Mapping[str, tuple[Decimal, ...]]:
    values = {field: (amount * yuan,) for field, amount in amounts.items() if amount is not None}
    actual, adjusted = amounts.get("actual"), amounts.get("adjusted")
    if actual is not None and adjusted:
        values[RATE] = (actual / adjusted,)
    return values


_MONEY_NAME = re.compile(r"(?:支出|经费|费用?|资金|预算|金额|总额|合计|购置|拨款|收入|补助|奖补)$")


def _differing(statement: Statement, passage: Passage) -> Hit | None:
    row = statement.row
    if row is None:
        return None
    if statement.column:
        known = row.values.get(statement.column, ())
    elif passage.kind in ROWS and passage.kind not in _WHOLE_SECTIONS:
        return None
    else:
        known = row.amounts() if _MONEY_NAME.search(plain_text(row.name)) else ()
    if not known or any(_same(statement, value) for value in known):
        return None
    shown = "、".join(dict.fromkeys(_shown(value, statement) for value in known))
    what = f"的{quoted(statement.word)}" if statement.word else ""
    table = f"表里是 {shown}" if statement.word else f"表里没有这个数（有 {shown}）"
    return Hit(
        subject=row.name,
        message=f"{quoted(passage.subject)}里写{row.name}{what} {statement.typed}，{table}",
        hint="核对哪一个对；正文可以改用【】引用表里的数",
        ref=passage.ref,
    )


def _same(statement: Statement, value: Decimal) -> bool:
    converted = value / UNITS[statement.unit]
    return half_up(converted, statement.decimals) == statement.number


def _shown(value: Decimal, statement: Statement) -> str:
    decimals = max(statement.decimals, 2)
    if statement.column == RATE:
        return fixed(value * 100, decimals) + "%"
    return plain(half_up(value / UNITS[statement.unit], decimals)) + statement.unit


_SCALES = {"": Decimal(1), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10) ** 4,
           "百万": Decimal(10) ** 6, "万千": Decimal(10) ** 7, "千万": Decimal(10) ** 7,
           "亿": Decimal(10) ** 8, "亿千": Decimal(10) ** 11}  # fmt: skip
_DONE = re.compile(r"达到|达成|完成|实现|实际|建成")
"""What a sentence says was reached is compared with the result alone, not with the target."""

_TOLD = (
    r"(?:的?(?:总数|数量|总量|个数|家数|场次|次数|为|是|达到?|已达|共计?|合计|计|完成值?|"
    r"实际完成|实际|:))*"
)
_OTHERS = re.compile(
    r"上一?年|去年|往年|同期|明年|下一?年|预计|力争|计划|目标|同比|其中|全省|全国|累计|历年|以来"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")


class _IndicatorReader:
    """Finds `<indicator><number><unit>` in sentences, for indicators with a number as result."""

    def __init__(self, case: Case) -> None:
        self._year = case.report.year
        self._known: dict[str, list[IndicatorFigures]] = {}
        for row in case.figures.indicators:
            actual = row.indicator.actual
            if actual is None or actual.number is None or not actual.unit:
                continue
            name = plain_text(row.indicator.name)
            core = counted_thing(name).replace("以上", "")
            for known in {name, core if len(core) >= 5 else name}:
                if len(known) >= 4 and not _whole_rate(known):
                    self._known.setdefault(known, []).append(row)
        names = "|".join(re.escape(name) for name in sorted(self._known, key=len, reverse=True))
        before = (
            r"(?:(?:19|20)\d\d年度?|全年|本年度?|当年|全市|全区|我[市区县局]|\d[.、)]|"
            r"[^,]{1,12}的){0,4}"
        )
        self._form = re.compile(
            rf"{before}(?P<name>{names}){_TOLD}(?P<number>{NUMBER})(?P<rest>[^\d,]{{1,6}})"
        )

    def read(self, paragraph: str, passage: Passage) -> Iterator[Hit]:
        if not self._known:
            return
        text = plain_text(paragraph).replace("以上", "")
        for clause in re.split(r"[。;!?！？；,](?!\d{3}(?!\d))", text):
            found = self._form.match(clause)
            if found is None or self._of_others(clause):
                continue
            rows = self._known[found["name"]]
            number = Decimal(found["number"].replace(",", ""))
            stated = [
                _told(number, found["rest"], value)
                for row in rows
                for value in _values_of(row, done=_DONE.search(clause) is not None)
            ]
            if True in stated or False not in stated:
                continue
            indicator = rows[0].indicator
            unit = _unit_of(found["rest"], indicator.actual)
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(passage.subject)}里写{quoted(found['name'])} {number:f}{unit}，"
                f"指标{quoted(indicator.name)}的完成值是 "
                f"{indicator.actual.text if indicator.actual else ''}",
                hint="核对哪一个对；口径不同的（如累计与新增）写明口径",
                ref=passage.ref,
            )

    def _of_others(self, clause: str) -> bool:
        if _OTHERS.search(clause):
            return True
        return any(int(year) != self._year for year in _YEAR.findall(clause))


def _values_of(row: IndicatorFigures, *, done: bool) -> Iterator[Measure]:
    if row.indicator.actual is not None:
        yield row.indicator.actual
    for target in () if done else row.indicator.targets.values():  # it may quote what was aimed at
        yield target.measure


def _told(number: Decimal, rest: str, value: Measure) -> bool | None:
    """Whether a number with what stands behind it is this value; None in another unit."""
    if value.number is None:
        return None
    base = value.base_unit
    for scale, factor in _SCALES.items():
        if rest.startswith(scale + base) and base:
            if rest.startswith(f"{scale}{base}以"):
                return None
            decimals = len(str(number).partition(".")[2])
            return half_up(value.number * value.scale / factor, decimals) == number
    return None


def _unit_of(rest: str, actual: Measure | None) -> str:
    unit = actual.base_unit if actual else ""
    return rest[: rest.index(unit) + len(unit)] if unit and unit in rest else ""


# --- PG313 ---------------------------------------------------------------------------------------

_WHOLE_RATE = re.compile(
    r"(?:本?部门|本?单位)?(?:整体|总体)?(?:预算|整体|总体)(?:资金|支出)*(?:执行率|支出率|完成率)"
)
_DEFINED = re.compile(
    r"一般公共预算|政府性基金|财政拨款|平均|序时|月均|季度|上半年|截至|不含|扣除|剔除|口径|本级|转移支付"
)


def _whole_rate(name: str) -> bool:
    return _WHOLE_RATE.fullmatch(plain_text(name)) is not None


@rule(
    "PG313",
    Severity.WARNING,
    title="两个执行率，没有写明口径",
    reason="正文或评分里的整体执行率与表里的不同，又没有写明口径（如“一般公共预算支出年度平均执行率”），"
    "公开后会被认为数据矛盾。",
    good="一般公共预算支出年度平均执行率 72.52%，整体预算完成率 97.1%",
    bad="部门预算支出率 72.52%，整体预算完成率 97.1%",
)
def two_rates(case: Case) -> Iterator[Hit]:
    """R64: a rate of the whole budget that is not the table's, and does not say what it is."""
    rates = _whole_rates(case)
    if not rates:
        return
    reader = _reader(case)
    shown = "、".join(f"{plain(half_up(rate * 100, 2))}%" for rate in rates)
    for passage in prose(case):
        if passage.kind in ROWS and passage.kind not in _WHOLE_SECTIONS:
            continue
        for paragraph in passage.paragraphs:
            for said in reader.read(paragraph):
                if said.row is not None or not said.alone or not _whole_rate(said.word):
                    continue
                if not any(_same(said, rate) for rate in rates):
                    yield Hit(
                        subject=passage.subject,
                        message=f"{quoted(passage.subject)}里写{said.word} {said.typed}，"
                        f"表里的整体执行率是 {shown}",
                        hint="核对；口径不同的写明口径",
                        ref=passage.ref,
                    )
    for score in case.figures.scores:
        basis = score.item.basis
        if score.parts or basis is None or basis.number is None or basis.unit != "%":
            continue
        texts = "".join((score.item.note, score.item.reason, *score.item.extra.values()))
        decimals = len(str(basis.number).partition(".")[2])
        same = any(half_up(rate * 100, decimals) == basis.number for rate in rates)
        if _whole_rate(score.name) and not same and not _DEFINED.search(texts):
            yield Hit(
                subject=score.name,
                message=f"评分{quoted(score.name)}按 {basis.text} 计分，表里的整体执行率是 {shown}",
                hint="核对；口径不同的在评分说明里写明",
                ref=score.item.cell("basis"),
            )


def _whole_rates(case: Case) -> tuple[Decimal, ...]:
    """The execution rates of the totals that stand on top of a table."""
    tops: list[LineFigures | FundFigures] = [
        *(line for line in case.figures.budget if line.level == 0 and line.parts),
        *(fund for fund in case.figures.funds if fund.level == 0 and fund.parts),
    ]
    rates = [row.actual / row.adjusted for row in tops if row.actual is not None and row.adjusted]
    return tuple(dict.fromkeys(rates))
