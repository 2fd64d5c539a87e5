"""Which column of a table the words before an amount or a rate mean (栏目): 年初、调整后、支出."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from perfgen.prose import words
from perfgen.prose.lexing import Token
from perfgen.prose.quantities import PERCENT, Quantity
from perfgen.prose.words import Word

_AMOUNTS = (
    words.ADJUSTMENT, words.INITIAL, words.ADJUSTED, words.BALANCE, words.ACTUAL, words.BUDGET,
    words.SPENT,
)  # fmt: skip
_RATES = (words.BALANCE_RATE, words.RATE)
_ALREADY = re.compile("(?:已|已经|累计|实际|共)(?:执行|支出|使用|支付|拨付|完成支出)(?:了)?$")
"""Behind these a percentage is the rate of execution: 预算680万元已执行95.88%."""
SOURCES = frozenset({"财政资金", "财政拨款", "当年财政拨款", "财政性资金", "财政预算资金"})


def is_source(tokens: Sequence[Token]) -> bool:
    """Return whether only a source of money is named: 其中财政资金."""
    return "".join(t.text for t in tokens if t.word is not Word.PART) in SOURCES


def _is_changed(token: Token, following: Token) -> bool:
    """Whether a change is done (年中追加后, 调减到): the number behind it is the new level."""
    change = token.word is Word.COLUMN and token.value == words.ADJUSTMENT
    return change and following.text.startswith(("后", "到", "至"))


def column_said(tokens: Sequence[Token], quantity: Quantity) -> tuple[str, str]:
    """Return the column that the words before a number say, and the word that says it."""
    said = {token.value: token.text for token in tokens if token.word is Word.COLUMN}
    if any(_is_changed(one, following) for one, following in pairwise(tokens)):
        said.setdefault(words.ADJUSTED, said.pop(words.ADJUSTMENT))
    wanted = _RATES if quantity.unit == PERCENT else _AMOUNTS
    known = next(((column, said[column]) for column in wanted if column in said), ("", ""))
    if not known[0] and quantity.unit == PERCENT and words.ACTUAL in said:
        lead = "".join(token.text for token in tokens)
        return (words.RATE, said[words.ACTUAL]) if _ALREADY.search(lead) else known
    return known
