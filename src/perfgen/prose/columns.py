"""Which column of a table the words before a number say (年初、追加、调整后、支出、执行率)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from perfgen.prose import words
from perfgen.prose.lexing import Token
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.words import Word

_PRIORITY = (
    words.ADJUSTMENT, words.INITIAL, words.ADJUSTED, words.BALANCE, words.ACTUAL, words.BUDGET,
    words.SPENT,
)  # fmt: skip
_RATES = (words.BALANCE_RATE, words.RATE)
_ALREADY = re.compile("(?:已|已经|累计|实际|共)(?:执行|支出|使用|支付|拨付|完成支出)(?:了)?$")
"""Behind these a percentage is the rate of execution: 预算680万元已执行95.88%."""

_OF_BUDGET = re.compile(
    "(?:为|是|达到?|用去|花了|花去|用了|用掉|执行|使用|支出|支付|拨付)了?(?:该项目?|本项目?|其|年度|全年|当年|调整后的?|安排的?|批复的?|核定的?|下达的?){0,2}"
    "预算(?:安排|数|总额|金额|资金|总数)?的$"
)
"""用了预算的90%, 为预算安排的95%: the rate of execution."""

_BECAME = re.compile(
    "(?:追加|调增|调减|追减|核减|核增|压减|调剂|调整|增加|减少|划入|调入)?后"
    "(?:预算|资金|经费|总额|共|合计|总计|实际|为|达|达到|是|到|至|按){0,3}$"
)
"""追加后为490万元, 追加60万元后达760万元: what the budget became."""

_BARE_RATE = frozenset({"进度", "进度达", "进度为", "进度达到"})
"""Short words that mean the rate of execution only where they stand alone."""

SOURCES = frozenset({"财政资金", "财政拨款", "当年财政拨款", "财政性资金", "财政预算资金"})


def is_source(tokens: Sequence[Token]) -> bool:
    """Return whether only a source of money is named: 其中财政资金."""
    return "".join(t.text for t in tokens if t.word is not Word.PART) in SOURCES


def _is_changed(token: Token, following: Token) -> bool:
    """Whether a change is done (年中追加后, 调减到): the number behind it is the new level."""
    change = token.word is Word.COLUMN and token.value == words.ADJUSTMENT
    return change and following.text.startswith(("后", "到", "至"))


def with_bare(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words before a number, 余 alone read as what is left."""
    if len(tokens) == 1 and tokens[0].text == "余":
        return (Token(Word.COLUMN, "余", words.BALANCE),)
    return tokens


def column_said(tokens: Sequence[Token], quantity: Quantity) -> tuple[str, str]:
    """Return the column that the words before a number say, and the word that says it."""
    said = {token.value: token.text for token in tokens if token.word is Word.COLUMN}
    if any(_is_changed(one, following) for one, following in pairwise(tokens)):
        said.setdefault(words.ADJUSTED, said.pop(words.ADJUSTMENT))
    wanted = _RATES if quantity.unit == PERCENT else _PRIORITY
    known = next(((column, said[column]) for column in wanted if column in said), ("", ""))
    if quantity.is_money and known[0] in ("", words.ADJUSTMENT, words.SPENT, words.BUDGET):
        became = _BECAME.search("".join(token.text for token in tokens))
        known = (words.ADJUSTED, became.group()) if became else known
    if quantity.unit == PERCENT and "".join(token.text for token in tokens) in _BARE_RATE:
        return words.RATE, "进度"
    if not known[0] and quantity.unit == PERCENT:
        of_budget = _OF_BUDGET.search("".join(token.text for token in tokens))
        known = (words.RATE, of_budget.group()) if of_budget else known
    if not known[0] and quantity.unit == PERCENT and words.ACTUAL in said:
        lead = "".join(token.text for token in tokens)
        return (words.RATE, said[words.ACTUAL]) if _ALREADY.search(lead) else known
    return known


def is_use(tokens: Sequence[Token]) -> bool:
    """Return whether a number is for a use that is no row: 用于市区的806万元."""
    places = [place for place, token in enumerate(tokens) if token.text == "用于"]
    behind = tokens[places[0] + 1 :] if places else ()
    return any(token.word is not Word.COLUMN for token in behind) and not any(
        token.word is Word.NAME for token in behind
    )


_RATE_OF_SOME = re.compile(
    "分别|(?:财政|单位|自有|其他|专户|专项|公益|上级|[省市县区]级|中央)[^,]{0,4}(?:资金|拨款|金)"
)
_REVIEWED = re.compile("评审|评估|财评|审减|审核|结算审计|招标|招投标|采购|询价|磋商|竣工决算")


def is_rate_of_some(lead: str) -> bool:
    """Return whether a rate is the first of several, or of one source of money (财政资金执行率)."""
    return _RATE_OF_SOME.search(lead) is not None


_PARTS = re.compile("[\u4e00-\u9fff][和与及、][\u4e00-\u9fff]{2,12}$")


def is_of_some(lead: str, tokens: Sequence[Token]) -> bool:
    """Return whether a count is of some parts that no table has: 甲和乙两项共支出388万元."""
    named = any(token.word is Word.NAME for token in tokens)
    return not lead or (_PARTS.search(lead) is not None and not named)


def tells_of_reviews(clause: str) -> bool:
    """Return whether projects are valued: what that took away is no change of the whole budget."""
    return _REVIEWED.search(clause) is not None


_EXAMPLES, _COSTS = "等", ("费", "费用")


def bare_of(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words before a number without examples (工程等项目支出) and 费 behind a row."""
    names = [place for place, token in enumerate(tokens) if token.word is Word.NAME]
    if len(names) != 1:
        return tokens
    name = names[0]
    behind = name + 1 + (name + 1 < len(tokens) and tokens[name + 1].text in _COSTS)
    examples = name > 0 and tokens[name - 1].text == _EXAMPLES
    return (*(() if examples else tokens[:name]), tokens[name], *tokens[behind:])
