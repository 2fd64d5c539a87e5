"""PG345: what is said not to be paid has not been spent in the table (尚未拨付)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.told_money import money_told
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.prose import words
from perfgen.prose.money import Figure

_UNPAID = re.compile(
    "^(?:资金)?(?:因[^,。;]{1,16})?(?:均|全部)?(?:尚未|仍未|还未|暂未|未能?)(?:全部|及时|实际)?"
    "(?:拨付|支付|支出|使用|执行|兑付|下拨|发放)"
)


@rule(
    "PG345",
    Severity.WARNING,
    title="说没有支付，表里已经全部支出",
    reason="正文说某个项目的多少钱尚未拨付、尚未支付，预算表里这个项目却没有结余，两处有一处不对。"
    "表里有结余的、说的是往年的不比。",
    good="表里预算 120、支出 90，正文“其中30万元尚未拨付”",
    bad="表里预算 120、支出 120，正文“120万元尚未拨付”",
)
def unpaid(case: Case) -> Iterator[Hit]:
    """An amount of a row that is said to be unpaid, where the row has nothing left."""
    for sentence in money_told(case):
        for figure in sentence.figures:
            if _is_unpaid(figure) and figure.row is not None and not _is_left(figure):
                said = figure.clause.text[figure.quantity.end :][:10]
                yield Hit(
                    subject=sentence.passage.subject,
                    message=f"{quoted(sentence.passage.shown)}里写"
                    f"{quoted(figure.lead[-12:] + figure.quantity.typed + said)}，"
                    f"表里{figure.row.name}没有结余",
                    hint="核对支付情况和实际支出数",
                    ref=sentence.passage.ref,
                )


def _is_unpaid(figure: Figure) -> bool:
    quantity = figure.quantity
    told = quantity.is_money and not re.search("上年|去年|往年|20\\d\\d年", figure.lead)
    return told and _UNPAID.match(figure.clause.text[quantity.end :]) is not None


def _is_left(figure: Figure) -> bool:
    """Whether the row has a balance, or none is known."""
    values = figure.row.values if figure.row else {}
    actual, adjusted = values.get(words.ACTUAL, ()), values.get(words.ADJUSTED, ())
    if not actual or not adjusted:
        return True
    return actual[0] < adjusted[0] or actual[0] == Decimal(0)
