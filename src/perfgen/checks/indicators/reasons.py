"""Reasons of a deviation that do not explain it: praise, other figures, another row's words.

PG317 tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from perfgen.checks.common.nature import is_count
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.measure import Measure
from perfgen.model.numbers import decimals_of, half_up
from perfgen.model.records import Indicator
from perfgen.prose.quantities import MARKS, MONEY, PERCENT, POINTS, Quantity, kind_of, quantities
from perfgen.prose.slips import is_slip
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
    """The one number of things in a reason, where another number of them is missing or over.

    12户放弃 where 22 are missing; 增加6场 where 16 were held beyond the target.
    """
    numbers, target = row.compared.numbers, row.indicator.target
    if numbers is None or target is None or _OTHER_BASE.search(said) or numbers[0] == numbers[1]:
        return ""
    measure = target.measure
    wanted, reached = (one * measure.scale for one in numbers)
    found = [one for one in quantities(said) if _is_of(one.unit, measure)]
    lacking = _said_to_lack(said, found, wanted - reached)
    if lacking and row.adverse is not False:
        return lacking
    found = [one for one in found if not (one.is_(wanted) or one.is_(reached))]
    if len(found) != 1 or found[0].about or found[0].bound or found[0].unit in _ANY_ROWS:
        return ""
    (quantity,) = found
    before = said[max(0, quantity.start - _NEAR) : quantity.start]
    shown = re.split("[,、;。]", before)[-1] + quantity.typed
    missing = wanted - reached
    if _OF_ANOTHER_KIND.search(before) or quantity.is_(abs(missing)):
        return ""
    if missing > 0 and row.adverse is not False and not _NOT_MISSING.search(said):
        return shown if quantity.value <= missing * 12 else ""
    if missing < 0 and not row.adverse and _ADDED.search(said) and _grows(row.indicator):
        over = -missing
        is_off = quantity.value > over or (over >= _TWO_DIGITS and is_slip(quantity.value, over))
        return shown if is_off and quantity.value <= over * 12 else ""
    return ""


_LACKS = re.compile("[^,;。\\d]{0,16}?(?:没有|没能|未能|尚未|仍未|未)(?!成年|来|经|按期|按时|及时)")


def _said_to_lack(said: str, found: Sequence[Quantity], missing: Decimal) -> str:
    """3家码头没有完成, where two are missing: even if three were done."""
    if missing <= 0 or "其中" in said or len(found) != 1:
        return ""
    (one,) = found
    end = _LACKS.match(said, one.end)
    if end is None or one.bound or one.about or one.is_(missing) or one.unit in _ANY_ROWS:
        return ""
    return said[one.start : end.end()] if one.value <= missing * 12 else ""


_NEAR, _TWO_DIGITS = 6, 10
_ADDED = re.compile(
    "增加|新增|增办|增补|增配|增设|增开|增派|加办|加开|加映|加演|追加|扩招|多[办建开完]|另[办建增]|额外|移交|转入|提前"
)
_NOT_MISSING = re.compile(
    "仅|只有|只完成|实际完成|已完成|共|合计|全部|其中|部分|等|分别|基数|原有|每"
)
_OF_ANOTHER_KIND = re.compile("(?:每|平均|原|目标|计划|第|各|÷|×)$")


def _grows(indicator: Indicator) -> bool:
    """Whether more is aimed at: an excess is work that was added."""
    target = indicator.target
    return target is not None and target.operator not in ("≤", "<")


def _is_of(unit: str, measure: Measure) -> bool:
    ours = measure.base_unit
    return bool(ours) and (kind_of(unit) == kind_of(ours) or unit in ours)


_NOT_REACHED = re.compile(
    r"(?:未|没有|没能|未能|尚未|还未)(?:能)?(?:达到|达|完成)(?:到)?(?P<number>\d{1,6}(?:\.\d{1,4})?)"
)
_ROSE = re.compile("增加|增长|上升|上涨|新增|增多|提高|扩大|多(?:于|支)|较多")
_FELL = re.compile("减少|下降|降低|压减|压缩|压降|节约|节省|缩减|从严|严控|厉行|控制")
_CHANGE_NAME = re.compile("(?:变动|增减|增长|变化)(?:率|幅度)$")
_WHY_FEWER = re.compile(
    "难|要求|标准|成本|价|费|工作量|压力|时间|周期|频|障|雨|灾|病|因|由于|受|导致|造成|影响|但|"
    "未|没|不|少|减|降|低|推迟|延期|延后|延迟|延误|顺延|取消|停|缺|慢|滞|晚|退|撤|外流|流失|竞争|分流"
)
_PRAISED = re.compile(
    "增加|增多|增办|新增|增补|增配|扩大|较多|多于|超出|踊跃|积极|提前|追加|争取到|加大"
)


def denies_itself(row: IndicatorFigures, text: str) -> str:
    """Return words that tell the opposite of a row: 未达到 where it was, more where it was less."""
    said = folded(text)
    numbers, indicator = row.compared.numbers, row.indicator
    actual, target = indicator.actual, indicator.target
    if numbers is None or target is None or actual is None:
        return ""
    found = _NOT_REACHED.search(said)
    if found and row.adverse is False and target.measure.number == Decimal(found["number"]):
        return found.group()
    if _CHANGE_NAME.search(indicator.name.strip()) and actual.number:
        rose, fell = _ROSE.search(said), _FELL.search(said)
        if rose and not fell and actual.number < 0:
            return rose.group()
        if fell and not rose and actual.number > 0:
            return fell.group()
        return ""
    praised = _PRAISED.search(said)
    fewer = row.adverse and numbers[1] < numbers[0] and _grows(indicator)
    if fewer and praised and is_count(target.measure) and not _WHY_FEWER.search(said):
        return praised.group()
    return ""


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
