"""Reasons of a deviation that do not explain it: praise, other figures, another row's words.

PG317 tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.numbers import decimals_of, half_up
from perfgen.prose.quantities import MARKS, MONEY, PERCENT, POINTS, kind_of, quantities
from perfgen.prose.text import folded

_LEAST, _MUCH = Decimal("0.01"), Decimal("0.05")
_SHORT_TEXT = 40
_SAYS_DONE = re.compile(
    r"全部完成|(?:已|均|都|圆满|顺利|较好地?|全面|按时|按期|如期|按质按量|保质保量|按计划|按要求)(?:地)?(?:完成|落实|达到|实现|达标)|"
    r"完成(?:了)?(?:年度|全年|年初|预期|既定|各项|绩效){0,2}(?:目标|任务|计划|指标)|完成情况(?:良好|较好|正常)|"
    r"(?:与|和)(?:年初|年度|预期|既定)?(?:目标|计划)(?:值)?(?:持平|一致|相符)|(?:达到|符合)(?:了)?(?:预期|年度|目标|要求|标准)|"
    r"偏差(?:较小|很小|不大)|(?:执行|工作|进展)(?:情况)?(?:良好|顺利|正常)"
)
_EXPLAINS = re.compile(
    "未|没|不|少|减|降|低|因|受|由于|影响|压|取消|推迟|调整|原因|困难|滞后|慢|尚|仅|只|欠|差额|延|缺|部分|除|但|下年|下一步|"
    "余|节约|剩|超|多|增|按进度|合同|跨年|结转|质保|待|将|继续|后续|正在|暂"
)
_FEWER = re.compile(
    "少[办开建做发走组培种修购抽检巡查访][了成出]?|停办|停工|取消了?|推迟|延期|未能|未开展|未举办|未建成|不足"
)
_MORE = re.compile("多|增|加|超|提前|扩|新|线上|合并")
_DEVIATION = re.compile(
    r"偏差(?:率|值)?(?:约)?(?:为|是|达|达到|在)?(?P<sign>[-+负正]?)(?P<number>\d{1,4}(?:\.\d{1,3})?)%(?!以内|以下|以上|左右)"
)
_MISSING = re.compile(r"(?:少|欠|差|短缺|未达目标)[\u4e00-\u9fff]{0,2}$")
_OTHER_BASE = re.compile("上年|去年|同期|同比|往年|相比|每")


def contradicts(row: IndicatorFigures, text: str) -> str:
    """Return what a reason says and its row denies; empty where it fits, or nobody can tell."""
    deviation = row.deviation
    if deviation is None or not deviation.measured:
        return ""
    said, ratio = folded(text), deviation.ratio
    missed = ratio <= -_LEAST and row.adverse is not False
    done = _SAYS_DONE.search(said)
    if (
        missed
        and done
        and len(said) <= _SHORT_TEXT
        and not _EXPLAINS.search(_SAYS_DONE.sub("", said))
    ):
        return done.group()
    fewer = _FEWER.search(said)
    if fewer and row.adverse is False and ratio >= _MUCH and not _MORE.search(said):
        return fewer.group()
    return _other_ratio(said, ratio) or _other_number(said, row)


def _other_ratio(said: str, ratio: Decimal) -> str:
    found = list(_DEVIATION.finditer(said))
    if len(found) != 1:
        return ""
    number = Decimal(found[0]["number"])
    same = half_up(abs(ratio) * 100, decimals_of(number)) == number
    return "" if same or abs(abs(ratio) * 100 - number) < _LEAST else found[0].group()


def _other_number(said: str, row: IndicatorFigures) -> str:
    """少办了6场 where 8 are missing: one such number alone, in the indicator's unit."""
    numbers, target = row.compared.numbers, row.indicator.target
    if numbers is None or target is None or not row.adverse or _OTHER_BASE.search(said):
        return ""
    found = [
        (one, said[max(0, one.start - 4) : one.end].lstrip(",，"))
        for one in quantities(said)
        if _MISSING.search(said[max(0, one.start - 6) : one.start])
    ]
    if len(found) != 1 or found[0][0].about or found[0][0].bound:
        return ""
    quantity, shown = found[0]
    if kind_of(quantity.unit) != kind_of(target.measure.base_unit) or quantity.unit == "%":
        return ""
    missing = abs(numbers[0] - numbers[1]) * target.measure.scale
    return "" if quantity.is_(missing) or quantity.value > missing * 4 else shown


def copied(rows: Sequence[IndicatorFigures]) -> Iterator[tuple[IndicatorFigures, IndicatorFigures]]:
    """Yield a row and the one that its reason was copied from: it speaks of that one's things."""
    first: dict[str, IndicatorFigures] = {}
    for row in rows:
        said = folded(row.indicator.reason)
        if len(said) < _COPIED or row.deviation is None:
            continue
        before = first.setdefault(said, row)
        if before is row or before.indicator.name == row.indicator.name:
            continue
        if _words(row) & _words(before):  # 人均筛查成本, 单样检测成本: one thing may explain both
            continue
        ours, theirs = _speaks_of(said, row), _speaks_of(said, before)
        counts, other = _counts(said, row), _counts(said, before)
        if other and theirs and not ours:  # words alone may explain a neighbour, a number does not
            yield row, before
        elif counts and ours and not theirs:
            yield before, row


_COPIED = 8
_ANY_NAME = (
    "完成|数量|情况|项目|工作|任务|建设|支出|资金|预算|时间|人数|次数|面积|比率|成本|管理|质量|及时|"
    "实施|服务|年度|比例"
)
_GENERIC = frozenset(re.split(r"\|", _ANY_NAME))
"""Words that stand in any name, and tell no row from another."""


def _words(row: IndicatorFigures) -> frozenset[str]:
    name = folded(row.indicator.name)
    return frozenset(one + other for one, other in pairwise(name))


def _speaks_of(said: str, row: IndicatorFigures) -> bool:
    """Whether a reason has a word of a row's name, or a number in its unit."""
    words = _words(row) - _GENERIC
    return any(word in said for word in words) or _counts(said, row)


def _counts(said: str, row: IndicatorFigures) -> bool:
    """Whether a reason has a number in a row's unit."""
    target = row.indicator.target
    unit = kind_of(target.measure.base_unit) if target else ""
    return bool(unit) and any(
        kind_of(one.unit) == unit and one.unit not in _ANY_ROWS for one in quantities(said)
    )


_ANY_ROWS = frozenset({MONEY, PERCENT, POINTS, MARKS, "天", "日", "月", "年", "小时", "工作日"})
"""Units that the reason of any row may speak in."""
