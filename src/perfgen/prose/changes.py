"""Amounts by which a budget changed (追加、核减、调入、结转), whatever words stand around them.

`money.py` compares such an amount where all its words are known. Here the verb right before the
number says what it is, and the row is the only one that the clause names; then a number near the
table's is meant for it, whatever else the clause tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose import words
from perfgen.prose.balances import without_net
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.reasons import DOWN, UP, without_reason
from perfgen.prose.slips import is_slip
from perfgen.prose.words import Word

_CARRIED = "(?:上年度?|上一年度?|年初)?结转(?:上年)?"
_BETWEEN = (
    "(?:了|的|为|共|约|达|计|预算|资金|经费|指标|财政|财政拨款|金额|数|额|安排|合计|使用|本年){0,6}"
)
_CHANGE = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN})|(?P<carried>{_CARRIED})){_BETWEEN}$")
_CARRIED_ON = re.compile(rf"(?<![年初度])结转(?!上年){_BETWEEN}$")
"""Without 上年 and alone, what is left for the next year, and no change of this one."""

_AFTER = re.compile(
    r"(?:调整|调减|调增|追加|追减|核减|压减|调剂|调入|调出|压缩)后[^\d,]{0,8}按(?:照)?$"
)
_CARRIED_OUT = re.compile(r"^(?:实际|最终|全年|调整后|现|统一|后)?按(?:照)?$")
_OUT_OF_ROW = re.compile(r"(?:由|从|自)[^,]{2,30}?(?=调入|划入|调剂|统筹|调整)")
_TIMES = re.compile("年中|执行中|中期|中途|期中")
_PARTLY = re.compile(
    "其中|中|部分|内的|下的|子项|分项|另|又|再|首批|先后|每|比|较|同比|单位成本|"
    "市级|省级|上级|中央|转移支付|债券|自有|捐|上年|去年|截至|上半年|季度|拟|计划(?!补|项|资)|预计|申请|建议"
)
_OUT_OF = re.compile("从[^,]{1,12}中")
_LEAST, _MOST = Decimal("0.7"), Decimal("1.43")
_LEAST_NAMED, _MOST_NAMED = Decimal("0.4"), Decimal("2.5")
"""How far off a change may be and still be meant; a row that its own clause names allows more."""

_EITHER = re.compile("追加及?、?追减|增减|调增及?、?调减|加减|追减及?、?追加")
"""追加追减净额: it may be either."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An amount told as a row's change, or as what it was changed to (`column`), and what is so."""

    figure: Figure
    row: Row
    column: str
    known: tuple[Decimal, ...]


def wrong_changes(
    figures: Sequence[Figure], reader: MoneyReader, of: Row | None
) -> Iterator[Changed]:
    """Yield the changes of a named row, or of the whole, that are not the table's.

    `of` is what the text speaks of where it names nothing.
    """
    changes = [one for one in figures if change_of(one)]
    for figure in figures:
        told = figure.statement is not None and figure.statement.column != ""
        if told or not figure.quantity.is_money or figure.quantity.bound:
            continue
        if _CARRIED_ON.search(figure.lead):
            continue
        column = words.ADJUSTED if _becomes(figure, figures) else words.ADJUSTMENT
        if column == words.ADJUSTMENT and (len(changes) != 1 or figure is not changes[0]):
            continue
        row = _row(figure, figures, reader, of)
        known = tuple(value for value in row.values.get(column, ()) if value) if row else ()
        named = row is not None and row in _named(figure.clause.text, reader)
        if row and known and _is_off(figure, known, named=named):
            yield Changed(figure, row, column, known)


def turned_round(
    figures: Sequence[Figure], reader: MoneyReader, of: Row | None
) -> Iterator[Changed]:
    """Yield the changes told as an increase where the table has a cut, or the other way round."""
    for figure in figures:
        change = change_of(figure)
        if change is None or change["carried"] or _EITHER.search(figure.lead):
            continue
        row = figure.statement.row if figure.statement else _row(figure, figures, reader, of)
        signed = row.values.get(words.SIGNED, ()) if row and not row.whole else ()
        up = {value > 0 for value in signed}
        same = any(figure.quantity.is_(abs(value)) for value in signed)
        if row and same and len(up) == 1 and up != {bool(change["up"])}:
            yield Changed(figure, row, words.SIGNED, signed)


def told_in_parts(figures: Sequence[Figure], row: Row) -> bool:
    """Return whether a sentence tells a row's change in parts, each less than the column's.

    上年结转120万元，追加80万元; 追加1800万元、调减300万元: the table has one number for both.
    """
    changes = [(one, match) for one in figures if (match := change_of(one))]
    if len(changes) < 2:
        return False
    if any(match["carried"] for _, match in changes):
        return True
    told = without_net([one for one, _ in changes])  # 追加1560万元、追减60万元，净追加1500万元
    net = sum((one.quantity.value * (-1 if match["down"] else 1)
               for one, match in changes[: len(told)]), Decimal(0))  # fmt: skip
    return abs(net) in row.values.get(words.ADJUSTMENT, ())


def change_of(figure: Figure) -> re.Match[str] | None:
    """Return what says that an amount is a change: `up`, `down` or `carried`."""
    if not figure.quantity.is_money or figure.quantity.bound:
        return None
    return _CHANGE.search(_without_names(figure))


def _becomes(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a row is told to be carried out with an amount: 调减后按1040万元执行."""
    behind = figure.clause.text[figure.quantity.end :]
    if not behind.startswith(("执行", "安排", "下达", "组织实施", "控制")):
        return False
    if _AFTER.search(figure.lead):
        return True
    before = figures[: figures.index(figure)]
    return _CARRIED_OUT.match(figure.lead) is not None and any(change_of(one) for one in before)


def _without_names(figure: Figure) -> str:
    """The words before a number, without the rows named in them and a 项目 behind a name."""
    kept = [token.text for token in figure.tokens if token.word is not Word.NAME]
    named = len(kept) < len(figure.tokens)
    text = "".join(kept)
    return re.sub("(?:项目|工程)(?=预算|资金|经费|指标|$)", "", text) if named else text


def _bare_lead(figure: Figure) -> str:
    """The words before a change without the reason for it."""
    found = _CHANGE.search(figure.lead)
    if found is None:
        return figure.lead
    front = _OUT_OF_ROW.sub("", figure.lead[: found.start()] + "调入").removesuffix("调入")
    return without_reason(front + figure.lead[found.start() :])


def _row(
    figure: Figure, figures: Sequence[Figure], reader: MoneyReader, of: Row | None
) -> Row | None:
    """The one row that a change is told of: in its clause, or in what stands before it."""
    lead = _bare_lead(figure)
    here = _named(without_reason(figure.clause.text[: figure.quantity.start]), reader)
    if "调入" in figure.lead or "划入" in figure.lead:
        here = _named(_OUT_OF_ROW.sub("", figure.clause.text[: figure.quantity.start]), reader)
    here = here or _named(figure.clause.text[figure.quantity.end :], reader)
    if _PARTLY.search(_OUT_OF.sub("", _TIMES.sub("", _text_without(here, lead)))):
        return None
    if here:
        return here[0] if len(here) == 1 else None
    before = _named_before(figure, figures, reader)
    if not before:
        return _whole(figure, figures, reader, of)
    one_only = len(before) == 1 and not before[0].whole
    return before[0] if one_only and _opens_with_known_words(figure, reader) else None


def _named_before(figure: Figure, figures: Sequence[Figure], reader: MoneyReader) -> list[Row]:
    """The rows that a sentence is about before a number."""
    earlier = figures[: figures.index(figure)]
    rows = [one.row for one in earlier if one.row is not None]
    rows += [row for one in earlier for row in _named(one.clause.text, reader)]
    return list({row.name: row for row in rows}.values())


def _whole(
    figure: Figure, figures: Sequence[Figure], reader: MoneyReader, of: Row | None
) -> Row | None:
    """The whole, where a sentence begins with a change of the budget and names nothing."""
    lead, found = _bare_lead(figure), change_of(figure)
    if not found or found["carried"]:
        return None
    if of is not None and not of.whole:  # a project's own text: 汛期修复水毁设施，追加36万元
        return None if figure.has(Word.OTHER_BASE) else of
    if figure is not figures[0] or not re.match("全年|年中|本年|预算执行中|执行中|期中", lead):
        return None
    return reader.whole if "预算" in lead and _opens_with_known_words(figure, reader) else None


def _opens_with_known_words(figure: Figure, reader: MoneyReader) -> bool:
    """Whether nothing else is named between the clause's start and the change."""
    lead = _bare_lead(figure)
    found = _CHANGE.search(lead) or _AFTER.search(lead) or _CARRIED_OUT.match(lead)
    front = reader.lexicon.tokens(lead[: found.start()] if found else lead)
    return all(token.word in (Word.FILLER, Word.WHOLE, Word.COLUMN) for token in front)


def _named(text: str, reader: MoneyReader) -> list[Row]:
    names = (t.value for t in reader.lexicon.tokens(text) if t.word is Word.NAME)
    rows = [row for row in map(reader.row_named, names) if row is not None]
    return list({row.name: row for row in rows}.values())


def _text_without(rows: Sequence[Row], text: str) -> str:
    for row in rows:
        text = text.replace(row.name, "")
    return text


def _is_off(figure: Figure, known: Sequence[Decimal], *, named: bool) -> bool:
    """Whether a number is none of the table's, and near enough to be meant for it."""
    said = figure.quantity
    if any(said.is_(value) for value in known):
        return False
    least, most = (_LEAST_NAMED, _MOST_NAMED) if named else (_LEAST, _MOST)
    return any(
        least <= abs(said.value / value) <= most or is_slip(said.value, value) for value in known
    )
