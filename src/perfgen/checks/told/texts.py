"""PG301, PG313: what the sentences say agrees with the tables (文字与表格)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.stated_cells import amount_in_doubt, result_in_doubt
from perfgen.checks.common.subjects import money_reader, result_readers
from perfgen.checks.common.told_money import money_told, speaks_of_whole
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.excused import excused
from perfgen.figures.budget import LineFigures
from perfgen.figures.funds import FundFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed, half_up, plain
from perfgen.prose import words
from perfgen.prose.changes import told_in_parts
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.expected import Purpose
from perfgen.prose.explained import adds_up
from perfgen.prose.money import MoneyReader, Statement
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.rates import follows_from_amounts
from perfgen.prose.results import Told
from perfgen.prose.slips import is_slip
from perfgen.prose.text import folded

_LONG_TERM = re.compile("中长期|长期目标|远期|规划目标|三年目标|五年目标|实施期")
"""What is wanted in years to come is no indicator's of this year."""


def is_long_term(passage: Passage) -> bool:
    """Return whether a text is about more years than the report's."""
    return _LONG_TERM.search(f"{passage.subject}|{passage.header}") is not None


_WANTED_FIELDS = frozenset({"goals", "purpose", "content"})
_REACHED_FIELDS = frozenset({"achieved", "result"})


def purpose_of(passage: Passage, case: Case) -> Purpose:
    """Return what the sentences of a text are for: what is wanted, what was reached, or both."""
    if is_plan(case) or passage.field in _WANTED_FIELDS:
        return Purpose.WANTED
    return Purpose.REACHED if passage.field in _REACHED_FIELDS else Purpose.EITHER


def is_plan(case: Case) -> bool:
    """Return whether a report only has targets. Without indicators nothing says so."""
    rows = case.report.indicators
    return bool(rows) and not any(row.actual is not None for row in rows)


_OF_PLANS = frozenset({words.INITIAL, words.ADJUSTED, words.BUDGET})


def _only_wanted(statement: Statement, passage: Passage, case: Case) -> bool:
    """Whether an amount was planned, where the tables hold what was spent."""
    if is_plan(case) or passage.field not in _WANTED_FIELDS:
        return False
    return statement.column not in _OF_PLANS


@rule(
    "PG301",
    Severity.WARNING,
    title="文字里的数与表里的不同",
    reason="同一个数在正文和表里各写一遍，表调整后正文往往忘了改。这里核对预算的年初、追加、调整、支出、"
    "结余和执行率（写明项目或它的简称的，或说的是整个单位的），以及指标的完成值（换了说法也认得出的），"
    "按文字里写的单位和小数位数比较；“约”按写出的位数比较；截至年中、剔除某项、上年的数不比。",
    good="正文“项目支出执行率99.05%”，预算表 99.05%",
    bad="正文“项目支出执行率98.05%”，预算表 99.05%",
    most=10,
)
def stated_figures(case: Case) -> Iterator[Hit]:
    """R40: a number in the narrative that is not the table's for the same thing."""
    for passage, statement in _statements(case):
        if statement.row.whole and statement.column == words.RATE:
            continue  # PG313 speaks of that
        if not _only_wanted(statement, passage, case) and is_wrong(statement):
            mend = amount_in_doubt(statement, known_values(statement), case)
            yield replace(_differing(statement, passage), mend=mend)
    results = result_readers(case)
    for passage in prose(case):
        own = results.get(passage.subject if passage.kind == "project" else "", results[""])
        for paragraph in () if is_long_term(passage) and not passage.header else passage.paragraphs:
            for told in own.read(paragraph, purpose_of(passage, case)):
                yield replace(_other_result(told, passage), mend=result_in_doubt(told, case))


def _statements(case: Case) -> Iterator[tuple[Passage, Statement]]:
    """What the texts state about money; of changes told in parts, the parts are left alone."""
    known = excused(case)
    for sentence in money_told(case):
        figures = sentence.figures
        text = "".join(figure.lead for figure in figures)
        others: set[str] = set()
        for statement in (figure.statement for figure in figures if figure.statement):
            some = len(figures) <= MOST_FIGURES
            change = statement.column == words.ADJUSTMENT and some
            if change and told_in_parts(figures, statement.row):
                continue
            numbers = [figure.quantity for figure in figures] if some else []
            values = known_values(statement)
            if known.is_of_another(statement, text):
                others.add(statement.row.name)
            if statement.row.name in others or known.is_(statement, numbers, values):
                continue
            if not adds_up(numbers, statement.quantity, values):
                yield sentence.passage, statement


_CUT = re.compile("减|收回")
_MONEY_NAME = re.compile(r"(?:支出|经费|费用?|资金|预算|金额|总额|合计|购置|拨款|收入|补助|奖补)$")


def known_values(statement: Statement) -> tuple[Decimal, ...]:
    """Return the values that a statement may mean; none where it cannot be compared."""
    row = statement.row
    if statement.column:
        return row.values.get(statement.column, ())
    return row.values.get(words.SPENT, ())


def is_wrong(statement: Statement) -> bool:
    """Return whether a number is none of the values that it may mean, beyond doubt."""
    known = known_values(statement)
    if not known or any(is_said(statement, value) for value in known):
        return False
    quantity = statement.quantity
    said = quantity.value / (100 if quantity.unit == PERCENT else 1)
    others = (value for row in statement.others for values in row.values.values()
              for value in values)  # fmt: skip
    if statement.sure < 2 and any(is_said(statement, value) for value in others):
        return False
    only_named = not statement.column and not _MONEY_NAME.search(folded(statement.row.name))
    sure = 0 if only_named else statement.sure
    return any(_believed(said, _as_written(value, quantity), sure) for value in known)


def _as_written(value: Decimal, quantity: Quantity) -> Decimal:
    """A table's value with the decimals of the sentence: 2.99% for 2.9898%, where 9.29% stands."""
    scale = Decimal("0.01") if quantity.unit == PERCENT else quantity.scale
    return half_up(value / scale, max(quantity.decimals, 2)) * scale


def _believed(said: Decimal, value: Decimal, sure: int) -> bool:
    """Whether a number so far off is still meant for this value."""
    if not value or sure == 2:
        return sure > 0
    ratio = abs(said / value)
    if sure == 1:
        return Decimal("0.5") <= ratio <= 2 or is_slip(said, value)
    return Decimal("0.85") <= ratio <= Decimal("1.18") or is_slip(said, value)


def is_said(statement: Statement, value: Decimal) -> bool:
    """Return whether a number, as it is written, is this value: 元, or a ratio."""
    if statement.column == words.ADJUSTMENT and _CUT.search(statement.word):
        value = abs(value)  # 追减21.5万元, where the table has -21.5
    return statement.quantity.is_(value * (100 if statement.quantity.unit == PERCENT else 1))


def shown_value(value: Decimal, statement: Statement) -> str:
    """Return a table's value in the unit and with the decimals of the sentence."""
    quantity = statement.quantity
    decimals = max(quantity.decimals, 2)
    if quantity.unit == PERCENT:
        return fixed(value * 100, decimals) + "%"
    unit = quantity.typed[len(quantity.typed.rstrip("元百千万亿十")) :] or "元"
    return plain(half_up(value / quantity.scale, decimals)) + unit


def _differing(statement: Statement, passage: Passage) -> Hit:
    row = statement.row
    known = dict.fromkeys(shown_value(value, statement) for value in known_values(statement))
    shown = "、".join(known)
    what = f"的{quoted(statement.word)}" if statement.word else ""
    one = len(known) == 1
    table = f"表里是 {shown}" if one else f"表里没有这个数（有 {shown}）"
    return Hit(
        subject=passage.subject if row.whole else row.name,
        message=f"{quoted(passage.shown)}里写{row.name}{what} {statement.quantity.typed}，{table}",
        hint="核对哪一个对；正文可以改用【】引用表里的数",
        ref=passage.ref,
    )


def _other_result(told: Told, passage: Passage) -> Hit:
    return Hit(
        subject=told.known.name,
        message=f"{quoted(passage.shown)}里写{quoted(told.words)}，"
        f"指标{quoted(told.known.name)}{told.right}",
        hint="核对哪一个对；口径不同的（如累计与新增）写明口径",
        ref=passage.ref,
    )


# --- PG313 ---------------------------------------------------------------------------------------

_WHOLE_RATE = re.compile(
    r"(?:本?部门|本?单位)?(?:整体|总体)?(?:预算|整体|总体)(?:资金|支出)?(?:执行率|支出率|完成率)"
)
_DEFINED = re.compile(
    r"一般公共预算|政府性基金|财政拨款|平均|序时|月均|季度|上半年|截至|不含|扣除|剔除|口径|本级|转移支付"
)


def is_whole_rate(name: str) -> bool:
    """Return whether a name means the execution rate of the whole budget (部门预算执行率)."""
    return _WHOLE_RATE.fullmatch(folded(name)) is not None


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
    reader = money_reader(case)
    shown = "、".join(f"{plain(half_up(rate * 100, 2))}%" for rate in rates)
    for passage in prose(case):
        of_a_part = passage.kind == "score" and not is_whole_rate(passage.subject)
        if of_a_part or not speaks_of_whole(passage):
            continue
        for said in _rates_said(reader, passage):
            if not any(is_said(said, rate) for rate in rates):
                yield Hit(
                    subject=passage.subject,
                    message=f"{quoted(passage.shown)}里写{said.word} {said.quantity.typed}，"
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
        if is_whole_rate(score.name) and not same and not _DEFINED.search(texts):
            yield Hit(
                subject=score.name,
                message=f"评分{quoted(score.name)}按 {basis.text} 计分，表里的整体执行率是 {shown}",
                hint="核对；口径不同的在评分说明里写明",
                ref=score.item.cell("basis"),
            )


def _rates_said(reader: MoneyReader, passage: Passage) -> Iterator[Statement]:
    """The rates said of the whole; not those that amounts right before them give."""
    for figures in reader.figures(passage.paragraphs, of=reader.whole):
        for place, figure in enumerate(figures):
            said = figure.statement
            if said is None or not said.row.whole or said.column != words.RATE or not said.sure:
                continue
            if not follows_from_amounts(figures, place):
                yield said


def _whole_rates(case: Case) -> tuple[Decimal, ...]:
    """The execution rates of the totals that stand on top of a table."""
    tops: list[LineFigures | FundFigures] = [
        *(line for line in case.figures.budget if line.level == 0 and line.parts),
        *_whole_funds(case.figures.funds),
    ]
    rates = [row.actual / row.adjusted for row in tops if row.actual is not None and row.adjusted]
    return tuple(dict.fromkeys(rates))


def _whole_funds(funds: Sequence[FundFigures]) -> list[FundFigures]:
    """The funds that are a whole: those with parts, or the first one where it sums up the rest."""
    tops = [fund for fund in funds if fund.level == 0]
    with_parts = [fund for fund in tops if fund.parts]
    if with_parts or len(tops) < 3:
        return with_parts
    first, *rest = tops
    same = all(
        getattr(first, field) == sum((getattr(one, field) or 0 for one in rest), Decimal(0))
        for field in ("adjusted", "actual")
    )
    return [first] if same else []
