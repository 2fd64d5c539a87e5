"""What an indicator is by its name and unit (指标性质): a rate, a rank, a stock, satisfaction.

The rules on targets go by it where no direction (指标方向) is given. What the words leave open
counts as unknown, so that no rule speaks of it.
"""

from __future__ import annotations

import re

from perfgen.figures.deviation import known_direction
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure
from perfgen.model.records import Indicator

PERCENT = "%"

_AT_THE_END = r"(?:[（(][^（）()]*[）)])?$"
"""A unit in brackets may follow a name: 覆盖率（%）."""

_RANK = re.compile(r"排名|位次|名次|排位|位居")
_STOCK = re.compile(r"存量|余额|库存|保有量|在库|在册")
_CHANGE = re.compile(
    r"增长|增幅|增速|增减|变动|变化|同比|环比|涨幅|降幅|增量|(?:下降|降低|减少|压减|压降)[率度]"
)
_LEVEL = re.compile(r"平均|人均|均价|价格|单价|每.{0,4}均")
_SATISFACTION = re.compile(r"满意[度率]")
_WITHIN_ALL = re.compile(
    r"(?:满意[度率]|公开度|知晓[度率]|占比|比重|(?:覆盖|合格|及时|准确|达标|优良|利用|通过|普及|公开|"
    r"参与|完好|合规|符合|办结|答复|回复|响应|正确|出勤|出租|入住|优秀|应急处置|无害化处理)率)"
    + _AT_THE_END
)
"""Parts of a whole: never above 100%."""

_SHARE = re.compile(
    r"(?:持证|就业|破案|成活|保存|巩固|整改|处置|落实|成功|接种|建档|治愈|结案|化解|公示|检出|录取|亮灯|完工|竣工|"
    r"兑现|发放|兑付|配备|绿化|安置|复垦|签约|返乡|通车|通水|入户|上线|在线|联网|归档|优质|优良天数|脱贫|转化|发病|"
    r"死亡|病死|失业|漏损|空置|破损|差错|出错|辍学|流失|不良|逾期|投诉|退件|误报|感染|缺勤|故障|成灾|受害|受灾)率"
    + _AT_THE_END
)
"""Further parts of a whole, that may grow over the year."""

_BAD = re.compile(
    r"投诉|事故|差错|失误|违规|违法|违纪|发案|案发|死亡|伤亡|失业|逾期|空置|损耗|能耗|耗[水电能]|"
    r"排放|超标|不合格|不良|退回|纠纷|上访|故障|成本|费用|经费|时限|时长|用时|耗时|下降|降低|减少|压减|"
    r"整改|问题数|偏差|控制[率数]|结转|结余|"
    r"(?:事件|火灾|疫情|溺水|中毒|泄密|舆情|踩踏|坍塌)(?:发生)?(?:率|数|数量|起数|次数|件数)$|"
    r"发生(?:率|数|数量|起数|次数|件数)$"
)
_TIME = re.compile(r"^个?(?:工作日|自然日|日|天|周|月|年|小时|分钟|秒)")
_COUNT = re.compile(
    r"^[百千万亿]*(?:次|场|人|个|家|户|件|份|项|批|套|篇|期|名|条|处|座|台|辆|册|所|支|例|宗|笔|亩|"
    r"公里|平方米|标箱|团|天次|起|盏|株|头|本|张|幅|棵|间|栋|幢|床|组|只|根|节|趟|桩|案)"
)


def direction(indicator: Indicator, rules: Rules) -> str:
    """Return 正向, 反向 or 适中: typed, or known to the layout; empty where neither."""
    return indicator.way or known_direction(indicator.name, rules.directions)


def is_percent(measure: Measure | None) -> bool:
    """Return whether a value is a number of percents."""
    return measure is not None and measure.number is not None and measure.unit == PERCENT


def is_count(measure: Measure | None) -> bool:
    """Return whether a value counts things (20家, 2场次); money and time are no counts."""
    return (
        measure is not None
        and measure.number is not None
        and _COUNT.match(measure.unit) is not None
        and "/" not in measure.unit
        and not is_time(measure)
    )


def is_time(measure: Measure) -> bool:
    """Return whether a value is a length of time (5个工作日)."""
    return _TIME.match(measure.unit) is not None


def is_rank(indicator: Indicator) -> bool:
    """Return whether less is better because it is a place in a ranking (全省排名)."""
    target = indicator.target
    unit = target.measure.unit if target else ""
    return _RANK.search(indicator.name) is not None or unit in ("位", "位次", "名次")


def is_satisfaction(indicator: Indicator) -> bool:
    """Return whether it is a satisfaction rate (满意度)."""
    return _SATISFACTION.search(indicator.name) is not None


def is_change(indicator: Indicator) -> bool:
    """Return whether it is a change (增长率): it may fall below 0, and differ by half-years."""
    targets = indicator.targets.values()
    said = any(target.measure.value.change for target in targets)  # 增长5%
    return said or _CHANGE.search(indicator.name) is not None


def accumulates(indicator: Indicator) -> bool:
    """Return whether a half-year's value is a part of the year's: no stock, rank, change, mean."""
    words = (_STOCK, _LEVEL)
    return not (
        is_rank(indicator)
        or is_change(indicator)
        or any(pattern.search(indicator.name) for pattern in words)
    )


def stays_within_all(indicator: Indicator) -> bool:
    """Return whether a rate can never be above 100% (覆盖率, 满意度, 占比)."""
    name = indicator.name.strip()
    return _WITHIN_ALL.search(name) is not None and not is_change(indicator)


def is_share(indicator: Indicator) -> bool:
    """Return whether a rate counts a part of a whole, be it steady or growing (持证率, 竣工率)."""
    is_part = _SHARE.search(indicator.name.strip()) is not None and not is_change(indicator)
    return is_part or stays_within_all(indicator)


def less_is_better(indicator: Indicator, rules: Rules) -> bool:
    """Return whether falling is meant: by the direction, the operators, or the words."""
    way = direction(indicator, rules)
    if way:
        return way == "反向"
    operators = {target.operator for target in indicator.targets.values()}
    if operators & {"≤", "<"}:
        return True
    if operators & {"≥", ">"}:
        return False
    return (
        _BAD.search(indicator.name) is not None or is_rank(indicator) or _measures_time(indicator)
    )


def more_is_better(indicator: Indicator, rules: Rules) -> bool:
    """Return whether a result above the target is an over-completion (超额完成)."""
    if is_rank(indicator) or direction(indicator, rules) == "适中":
        return False
    return not less_is_better(indicator, rules)


def _measures_time(indicator: Indicator) -> bool:
    target = indicator.target
    return target is not None and is_time(target.measure)
