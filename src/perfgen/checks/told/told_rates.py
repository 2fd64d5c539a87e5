"""PG349: rates of rows, and rates that another text tells of the same thing (同一个比率)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import money_reader
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.operands import KnownNumbers, ReadSentence, known_numbers
from perfgen.model.finding import Severity
from perfgen.model.numbers import decimals_of, fixed, half_up
from perfgen.prose import words
from perfgen.prose.claims import Claim, Said, Way, claims, linking_pairs
from perfgen.prose.expected import YEAR
from perfgen.prose.money import MoneyReader, Row
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.text import folded
from perfgen.prose.workings import chance_of_slip, fits, workings

_HUNDRED = Decimal(100)
_RATE_OF_MONEY = r"(?:执行率|支出率|支付率|支出进度|执行进度|支付进度)"
_BARE_RATE = re.compile(
    rf"^(?:其中|但|本|该|全年|年度|实际|最终|虽|仅|项目|预算|资金|支出|经费){{0,4}}{_RATE_OF_MONEY}(?:为|是|达到?|仅|只有|虽|仅为)?$"
)
_TELLS_RATES = re.compile(_RATE_OF_MONEY)
_OTHER = re.compile(
    "截至|上年|去年|往年|前年|同期|季度|上半年|月底|月末|序时|扣除|剔除|不含|除外|目标|要求|标准|不低于|口径|采购|比例|占|"
    "财政资金|增长|下降|提高|低于|高于"
)
_LINK = re.compile(
    rf"(?:的)?{_RATE_OF_MONEY}?(?:分别)?(?:,?为|,?是|,?仅|,?达到?|,?最[高低]|\(|:)?$"
)
_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,12}?[率度](?=(?:虽|仅|约|已|均|为|是|达|达到|提高到|升至|上升到)?$)"
)
_OPINION = re.compile("满意[率度]$")
"""Of these there are many, by those who are asked: other rules know whose they are."""

_GENERIC = re.compile("(?:执行|支出|支付|完成|使用|满意|知晓|达标|覆盖|合格)[率度]$|进度$")
_MOST_OFF = Decimal(12)
_LONGEST_NAME, _SHORTEST_NAME = 16, 3
_LIKELY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate that the report tells elsewhere."""

    value: Decimal
    decimals: int
    name: str
    pairs: frozenset[str]
    passage: int
    shown: str


@rule(
    "PG349",
    Severity.WARNING,
    title="比率与表里的、别处写的不同",
    reason="评价结论、扣分原因、评分说明里的执行率、整改率、成功率，应当与预算表算出来的、正文和指标里写的相同。"
    "这里核对紧跟在项目名称后面的支出率（含列举的）、项目自己的执行率，以及别处有同名比率、又像是写颠倒了数字的。",
    good="支出率最低的是智慧图书馆建设，为85.67%；表里85.67%",
    bad="支出率最低的是智慧图书馆建设，为86.57%；表里85.67%",
    most=8,
    last=True,
)
def told_rates(case: Case) -> Iterator[Hit]:
    """Rates that are not those of the row they name, or a slip of one told elsewhere."""
    known = known_numbers(case)
    reader = money_reader(case)
    elsewhere = _rates(case, known)
    year = case.report.year
    told: set[frozenset[Decimal]] = set()
    texts = enumerate(known.texts)
    for number, (passage, said) in sorted(texts, key=lambda one: one[1][0].kind == "section"):
        for sentence in said:
            for claim in claims(sentence.numbers, year):
                rate = claim.way is Way.SHARE and claim.said.unit == PERCENT
                if not rate or _of_another_year(sentence, claim, year):
                    continue
                hit = _of_row(claim, number, sentence, known, reader)
                if hit is None and known.told[claim.said.kind, claim.said.value] == 1:
                    hit = _of_others(claim, number, sentence, known, elsewhere)
                both = frozenset((claim.said.value, hit[0])) if hit else frozenset()
                if hit is not None and both not in told and not _is_told(case, passage, claim):
                    told.add(both)  # the other one of the two is a slip of this one, too
                    yield _hit(passage, claim, *hit)


def _of_another_year(sentence: ReadSentence, claim: Claim, year: int) -> bool:
    return any(int(one) != year for one in YEAR.findall(sentence.text[: claim.said.start]))


def _is_told(case: Case, passage: Passage, claim: Claim) -> bool:
    """Whether another rule speaks of this number already."""
    typed = claim.said.typed
    return any(one.ref == passage.ref and typed in one.message for one in case.found)


# --- rates of rows -------------------------------------------------------------------------------


def _of_row(
    claim: Claim, number: int, sentence: ReadSentence, known: KnownNumbers, reader: MoneyReader
) -> tuple[Decimal, str] | None:
    """The rate that the tables have of the row right before a number, or of the text's own."""
    said, passage = claim.said, known.texts[number][0]
    front = sentence.text[: said.start]
    if _OTHER.search(claim.number.lead) or "分别" in claim.number.lead:
        return None
    row = _row_before(front, reader) if _TELLS_RATES.search(front) else None
    if row is None and passage.kind == "project" and _BARE_RATE.match(claim.piece):
        row = reader.row_named(folded(passage.subject))
        if row is not None and _OTHER.search(sentence.text):
            return None
    rates = [value * _HUNDRED for value in row.values.get(words.RATE, ())] if row else []
    if row is None or not rates or any(said.is_(rate) for rate in rates):
        return None
    if any(fits(said, one) for one in workings(claim, known.beside(sentence, claim))):
        return None
    wanted = min(rates, key=lambda rate: abs(rate - said.value))
    off = abs(wanted - said.value)
    return (wanted, f"表里{row.name}的执行率") if off <= _MOST_OFF else None


def _row_before(front: str, reader: MoneyReader) -> Row | None:
    """The row whose name stands right before a number: 智慧图书馆建设(85.67%), …, 为85.67%."""
    link = _LINK.search(front)
    bare = front[: link.start()] if link else front
    for length in range(_LONGEST_NAME, _SHORTEST_NAME, -1):
        row = reader.row_named(bare[-length:]) if len(bare) >= length else None
        if row is not None:
            return None if row.whole else row
    return None


# --- rates told elsewhere ------------------------------------------------------------------------


def _rates(case: Case, known: KnownNumbers) -> dict[str, list[_Rate]]:
    """The rates of texts and indicators by the last three characters of their names."""
    found: dict[str, list[_Rate]] = {}
    for number, (passage, said) in enumerate(known.texts):
        for sentence in said:
            for one in sentence.numbers:
                name = _name_of(one)
                if name and not one.quantity.bound:
                    pairs = linking_pairs(sentence.text)
                    rate = _Rate(
                        one.quantity.value, one.quantity.decimals, name, pairs, number,
                        f"{quoted(passage.shown)}里写的{name}",
                    )  # fmt: skip
                    found.setdefault(name[-3:], []).append(rate)
    for row in case.report.indicators:
        actual = row.actual
        if actual is not None and actual.number is not None and actual.base_unit == PERCENT:
            name = folded(row.name)
            rate = _Rate(
                actual.number, 0, name, linking_pairs(name), -1,
                f"指标{quoted(row.name)}的完成值",
            )  # fmt: skip
            found.setdefault(name[-3:], []).append(rate)
    return found


def _name_of(one: Said) -> str:
    if one.quantity.unit != PERCENT:
        return ""
    found = _NAME.search(re.split("[,;:()。、]", one.lead)[-1])
    return found.group() if found else ""


def _of_others(
    claim: Claim,
    number: int,
    sentence: ReadSentence,
    known: KnownNumbers,
    elsewhere: dict[str, list[_Rate]],
) -> tuple[Decimal, str] | None:
    """A rate of the same name in another text, where this one looks like a slip of it."""
    name = _name_of(claim.number)
    if not name or _OTHER.search(claim.piece) or _OPINION.search(name):
        return None
    asked = linking_pairs(sentence.text)
    alike = [
        one
        for one in elsewhere.get(name[-3:], ())
        if one.passage != number and _same(name, one, asked)
    ]
    values = {one.value: one for one in alike}
    if any(fits(claim.said, one) for one in workings(claim, known.beside(sentence, claim))):
        return None  # its own sentence bears it out
    if any(_is_one(claim.said, value) for value in values):
        return None
    for value, one in values.items():
        chance = chance_of_slip(claim.said, value)
        if chance and chance * len(values) <= _LIKELY:
            return value, one.shown
    return None


def _is_one(said: Quantity, value: Decimal) -> bool:
    """Whether two rates are one, the one written with more decimals than the other."""
    decimals = min(said.decimals, decimals_of(value))
    return half_up(said.number, decimals) == half_up(value, decimals)


def _same(name: str, one: _Rate, asked: frozenset[str]) -> bool:
    """Whether two rates are of one thing: by their names, and where these are general, by more."""
    if _GENERIC.search(name):
        own = linking_pairs(name)
        return bool((asked - own) & one.pairs)
    return True


def _hit(passage: Passage, claim: Claim, right: Decimal, of: str) -> Hit:
    said = claim.said
    lead = claim.number.lead[-14:].lstrip(",;:()。、")
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(lead + said.typed)}，{of}是 "
        f"{fixed(half_up(right, max(2, said.decimals)), max(2, said.decimals))}%",
        hint="核对哪一个对；口径不同的写明口径",
        ref=passage.ref,
    )
