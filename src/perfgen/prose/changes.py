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
from itertools import takewhile

from perfgen.prose import words
from perfgen.prose.money import Figure, MoneyReader, Row
from perfgen.prose.partitions import Unfit
from perfgen.prose.reasons import DOWN, UP, without_reason
from perfgen.prose.slips import is_slip
from perfgen.prose.spans import Span
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
_CLOSES = re.compile("预算|调整|追加后|调减后|追减后|核减后|压减后|调入后|调出后")
_LEAST, _MOST = Decimal("0.7"), Decimal("1.43")
_LEAST_NAMED, _MOST_NAMED = Decimal("0.4"), Decimal("2.5")
"""How far off a change may be and still be meant; a row that its own clause names allows more."""

_PLAIN_UP, _PLAIN_DOWN = (
    re.compile("(?:净?增加?|新增|补充)(?:了|预算|资金|经费)?$"),
    re.compile("(?:净?减少?|减)(?:了|预算|资金|经费)?$"),
)
_EITHER = re.compile("追加及?、?追减|增减|调增及?、?调减|加减|追减及?、?追加")
"""追加追减净额: it may be either."""

_NET = re.compile("净|相抵|合计|共|总")


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
    changes = [one for one in figures if _change(one)]
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
        change = _change(figure)
        if change is None or change["carried"] or _EITHER.search(figure.lead):
            continue
        row = figure.statement.row if figure.statement else _row(figure, figures, reader, of)
        signed = row.values.get(words.SIGNED, ()) if row and not row.whole else ()
        up = {value > 0 for value in signed}
        same = any(figure.quantity.is_(abs(value)) for value in signed)
        if row and same and len(up) == 1 and up != {bool(change["up"])}:
            yield Changed(figure, row, words.SIGNED, signed)


def unfit_net(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 净增190万元，其中追加210万元、追减30万元: a net change and its parts."""
    amounts = [one for one in figures if one.quantity.is_money]
    for place, whole in enumerate(amounts[:-2]):
        net, parts = _plain_sign(whole), amounts[place + 1 :]
        signs = [_plain_sign(one) for one in parts]
        told = _NET.search(whole.lead) and _opens_parts(parts[0])
        if net is None or not told or None in signs:
            continue
        sum_ = Span.of(parts[0].quantity) if signs[0] == 1 else _minus(parts[0])
        for sign, one in zip(signs[1:], parts[1:], strict=True):
            span = Span.of(one.quantity)
            sum_ = sum_.plus(span) if sign == 1 else sum_.minus(span)
        said = Span.of(whole.quantity) if net == 1 else _minus(whole)
        one_way = set(signs) == {net}  # there may be more of them than are told
        more = sum_.low > said.high if net == 1 else sum_.high < said.low
        if more if one_way else not sum_.meets(said):
            shown = " ".join(f"{'+' if sign == 1 else '-'} {one.quantity.typed}"
                             for sign, one in zip(signs, parts, strict=True))  # fmt: skip
            yield Unfit(whole.quantity, abs(sum_.middle) / whole.quantity.scale, shown)


def _opens_parts(figure: Figure) -> bool:
    return figure.has(Word.PART) or figure.clause.opener in ("(", ":")


def _minus(figure: Figure) -> Span:
    span = Span.of(figure.quantity)
    return Span(-span.high, -span.low)


def _plain_sign(figure: Figure) -> int | None:
    """1 or -1 for an amount that is told as a change, in plain words as well (增加, 减少)."""
    found = _change(figure)
    if found:
        return -1 if found["down"] else 1
    if figure.quantity.bound or not figure.quantity.is_money or re.search("比|较", figure.lead):
        return None
    up, down = _PLAIN_UP.search(figure.lead), _PLAIN_DOWN.search(figure.lead)
    return 1 if up else -1 if down else None


def unbalanced(figures: Sequence[Figure]) -> Iterator[Unfit]:
    """Yield 年初预算1300万元，上年结转120万元，追加60万元，全年预算1500万元: it does not add up.

    What consists of 追加 and 追减 alone is left to `balances.py`.
    """
    amounts = [one for one in figures if one.quantity.is_money and not _within(one)]
    if len(amounts) < 3 or any(one.quantity.bound for one in amounts):
        return
    opening, *rest = amounts
    between = list(takewhile(lambda one: _between_sign(one) is not None, rest))
    if opening.column != words.INITIAL or not between or len(between) == len(rest):
        return
    closing = rest[len(between)]
    usual = all(one.column == words.ADJUSTMENT for one in between)
    if usual and words.ADJUSTED in [one.column for one in rest]:
        return
    ends = closing.column in (words.ADJUSTED, words.BUDGET) and _CLOSES.search(closing.lead)
    if not ends or closing.has(Word.PART, Word.COMPARED, Word.OTHER_BASE, Word.PLANNED):
        return
    sum_, shown = Span.of(opening.quantity), opening.quantity.typed
    for one in between:
        span, less = Span.of(one.quantity), _between_sign(one) == -1
        sum_ = sum_.minus(span) if less else sum_.plus(span)
        shown += f" {'-' if less else '+'} {one.quantity.typed}"
    if not sum_.meets(Span.of(closing.quantity)):
        yield Unfit(closing.quantity, sum_.middle / closing.quantity.scale, shown)


def _within(figure: Figure) -> bool:
    """Whether an amount is a part of the one before it: 年初安排1350万元（含上年结转150万元）."""
    return figure.clause.depth > 0 and figure.lead.startswith(("含", "其中", "包括", "包含"))


def told_in_parts(figures: Sequence[Figure], row: Row) -> bool:
    """Return whether a sentence tells a row's change in parts, each less than the column's.

    上年结转120万元，追加80万元; 追加1800万元、调减300万元: the table has one number for both.
    """
    changes = [(one, match) for one in figures if (match := _change(one))]
    if len(changes) < 2:
        return False
    if any(match["carried"] for _, match in changes):
        return True
    net = sum((one.quantity.value * (-1 if match["down"] else 1) for one, match in changes),
              Decimal(0))  # fmt: skip
    return abs(net) in row.values.get(words.ADJUSTMENT, ())


def _change(figure: Figure) -> re.Match[str] | None:
    if not figure.quantity.is_money or figure.quantity.bound:
        return None
    return _CHANGE.search(_without_names(figure))


def _sign(figure: Figure) -> int | None:
    found = _change(figure)
    if found is None or (figure.has(Word.PART, Word.COMPARED) and not found["up"]):
        return None
    return -1 if found["down"] else 1


def _between_sign(figure: Figure) -> int | None:
    """The sign of what stands between an opening and a closing amount."""
    sign = _sign(figure)
    return sign if sign is not None or figure.column else _plain_sign(figure)


def _becomes(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a row is told to be carried out with an amount: 调减后按1040万元执行."""
    behind = figure.clause.text[figure.quantity.end :]
    if not behind.startswith(("执行", "安排", "下达", "组织实施", "控制")):
        return False
    if _AFTER.search(figure.lead):
        return True
    before = figures[: figures.index(figure)]
    return _CARRIED_OUT.match(figure.lead) is not None and any(_change(one) for one in before)


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
    lead = _bare_lead(figure)
    if figure is not figures[0] or not re.match("全年|年中|本年|预算执行中|执行中|期中", lead):
        return None
    found = _change(figure)
    if not found or found["carried"] or not _opens_with_known_words(figure, reader):
        return None
    if of is not None and not of.whole:  # a project's own text
        return of
    return reader.whole if "预算" in lead else None


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
