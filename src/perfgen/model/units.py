"""Units (计量单位) as people write them, and whether two of them measure one thing.

m2, ㎡ and 平方米 are one unit, 元/m2 and 元/平方米 too; 4小时 and 1天, 2公里 and 1500米 are
converted. Months are counted on a calendar: a year has twelve, but a month has no fixed number
of days.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

CALENDAR, CLOCK_TIME, WORKING_DAYS = "月份", "时间", "工作日"
"""The three ways of counting time; none can be converted into another."""

_DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    CLOCK_TIME: {
        "秒": "1", "分钟": "60", "小时": "3600", "时": "3600", "天": "86400", "日": "86400",
        "周": "604800", "星期": "604800",
    },
    CALENDAR: {"月": "1", "季度": "3", "季": "3", "半年": "6", "年": "12", "周年": "12"},
    WORKING_DAYS: {"工作日": "1"},
    "比率": {"%": "0.01", "‰": "0.001"},
    "百分点": {"百分点": "1"},
    "长度": {
        "毫米": "0.001", "厘米": "0.01", "分米": "0.1", "米": "1", "公里": "1000", "里": "500",
    },
    "面积": {
        "平方厘米": "0.0003", "平方米": "3", "平米": "3", "平": "3", "亩": "2000", "公顷": "30000",
        "平方公里": "3000000",
    },  # in thirds of a square metre: a 亩 is 2000/3
    "重量": {
        "微克": "0.000001", "毫克": "0.001", "克": "1", "两": "50", "斤": "500", "公斤": "1000",
        "吨": "1000000",
    },
    "体积": {"毫升": "0.000001", "升": "0.001", "立方米": "1", "立方": "1", "方": "1"},
    "金额": {"元": "1"},
    "外币": {"美元": "1"},
    "电量": {"瓦时": "0.001", "度": "1"},
    "功率": {"瓦": "1"},
    "声级": {"分贝": "1"},
    "温度": {"摄氏度": "1"},
    "能耗": {"吨标准煤": "1", "公斤标准煤": "0.001"},
}  # fmt: skip

_LATIN: Mapping[str, str] = {
    "mm": "毫米", "cm": "厘米", "dm": "分米", "m": "米", "km": "公里", "cm2": "平方厘米",
    "m2": "平方米", "km2": "平方公里", "hm2": "公顷", "ha": "公顷", "m3": "立方米", "l": "升",
    "ml": "毫升", "μg": "微克", "ug": "微克", "mg": "毫克", "g": "克", "kg": "公斤", "t": "吨",
    "s": "秒", "min": "分钟", "h": "小时", "d": "天", "a": "年", "kwh": "度", "w": "瓦",
    "kw": "千瓦", "mw": "兆瓦", "rmb": "元", "db": "分贝", "°c": "摄氏度", "tce": "吨标准煤",
    "teu": "标箱",
}  # fmt: skip
_SAME: Mapping[str, str] = {
    "千米": "公里", "平方千米": "平方公里", "千克": "公斤", "千瓦时": "度", "千瓦小时": "度",
    "立方厘米": "毫升", "人民币": "元", "人民币元": "元", "块钱": "元", "自然日": "天",
    "日历天": "天", "日历日": "天", "个工作日": "工作日", "工作天": "工作日", "钟头": "小时",
    "吨标煤": "吨标准煤", "公斤标煤": "公斤标准煤", "千克标准煤": "公斤标准煤", "标准箱": "标箱",
    "国际标准箱": "标箱",
    "礼拜": "星期", "星期": "周", "分": "分", "个百分点": "百分点", "百分之": "%",
}  # fmt: skip

_SCALES: Mapping[str, Decimal] = {
    "兆瓦": Decimal(10) ** 6, "百": Decimal(10) ** 2, "千": Decimal(10) ** 3,
    "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8,
}  # fmt: skip
_NO_SCALE = ("百分", "千分", "万分")

_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "人 名 位 员 人员 学员 个人 人数 个",
        "次 场 场次 回 批次 期 轮 班次 趟 届 班 批 节 堂 天次 频次 次数",
        "家 户 所 间 单位 企业 机构",
        "件 起 宗 例 桩 笔 单 案 件次",
        "份 篇 册 本 部 件 张 幅 条 期 套 卷 首 则 种",
        "台 套 辆 部 架 台套 艘 组 只 把 件",
        "株 棵 盆 丛 柱",
        "头 只 匹 羽 尾 口",
        "处 座 所 站 点 间 栋 幢 家",
        "处 片 块 面 组",
        "条 根 支 道 段",
        "支 队 组",
        "页 版 面 张",
        "床 张 床位",
        "学时 课时 节 节次",
        "台次 车次 辆次 架次 班次 次",
        "箱 袋 包 桶 瓶 盒",
        "枚 颗 粒 块",
        "集 部 首 出",
        "社区 村 镇 街道 乡镇 行政村",
    )
)
"""Everyday units of counting that stand for one another, set by set."""

_GENERIC = frozenset({"个", "项", "个数"})
_NOT_GENERIC = (_ALIKE[0] | _ALIKE[1] | {"人次"}) - _GENERIC
"""个 and 项 count any thing, but neither people nor events."""

_COUNTS = frozenset().union(*_ALIKE) | _GENERIC | {
    "人次", "家次", "户次", "分", "标箱", "团", "等级", "档次", "位次",
}  # fmt: skip

_VISITS = frozenset({"人", "家", "户", "车", "台", "辆", "架"})
"""人/次 is another spelling of 人次."""

_LENGTHS_OF_TIME = frozenset({"小时", "分钟", "工作日"})
"""What is done in that time may stand behind them: 24小时值守."""

_SIZES: Mapping[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(factor))
    for dimension, units in _DIMENSIONS.items()
    for unit, factor in units.items()
}
_NAMES = sorted((*_SIZES, *_COUNTS, *_SAME), key=len, reverse=True)


class UnlikeUnits(Exception):
    """Two units that cannot be brought to one. `sure` is False where only people can tell."""

    def __init__(self, *, sure: bool) -> None:
        """Keep whether they surely measure two things."""
        super().__init__()
        self.sure = sure


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `scale` of 万 and 亿, its name in one spelling, and what it is divided by (元/人)."""

    name: str = ""
    scale: Decimal = Decimal(1)
    per: str = ""

    @property
    def dimension(self) -> str:
        """Return what it measures (长度, 金额); empty for units of counting."""
        return _SIZES[self.name][0] if self.name in _SIZES else ""


@lru_cache(maxsize=2048)
def read_unit(text: str) -> Unit:
    """Return a unit as it is compared: 万m3 → 万 立方米, 家企业 → 家, 元每人 → 元 per 人."""
    folded = unicodedata.normalize("NFKC", text[:40]).replace("个/", "/")
    folded = "".join(folded.split())
    head, _, per = folded.replace("每", "/").partition("/")
    if per == "次" and head.lstrip("万") in _VISITS:
        head, per = f"{head}次", ""
    scale = Decimal(1)
    while head[:1] in _SCALES and not head.startswith(_NO_SCALE) and _spelled(head) not in _SIZES:
        scale *= _SCALES[head[0]]
        head = head[1:]
    name = _spelled(head)
    if name == "兆瓦":
        name, scale = "瓦", scale * _SCALES["兆瓦"]
    elif name == "千瓦":
        name, scale = "瓦", scale * _SCALES["千"]
    return Unit(name, scale, read_unit(per).name if per else "")


def _spelled(unit: str) -> str:
    """One spelling of a unit without its scale; 个月 is 月, and what follows 家企业 is left out."""
    unit = _LATIN.get(unit.lower(), unit)
    counted = unit[1:]
    known_alone = counted in _SIZES or counted in _COUNTS or counted in _SAME
    bare = counted if unit.startswith("个") and known_alone else unit
    known = bare if bare in _SIZES or bare in _COUNTS else _SAME.get(bare, "")
    if known:
        return known
    first = next((name for name in _NAMES if bare.startswith(name)), "")
    if first in _LENGTHS_OF_TIME:
        return first
    # Behind a unit of counting may stand what is counted; 米/秒 and 分贝 are other units.
    return _SAME.get(first, first) if first in _COUNTS and first != "分" else bare


def converted(number: Decimal, unit: Unit, to: Unit) -> Decimal:
    """Return a number of `unit` in the unit `to`: 3 天 in 小时 is 72, 1.2 万人 in 人 12000.

    Raises UnlikeUnits where they measure two things, or where only people can tell.
    """
    size, other = _sizes(unit.name, to.name)
    per, other_per = Decimal(1), Decimal(1)
    if unit.per != to.per:
        if not unit.per or not to.per:
            raise UnlikeUnits(sure=True)
        per, other_per = _sizes(unit.per, to.per)
    # Multiplied first: 36 个月 are just 3 年.
    return number * (size * unit.scale * other_per) / (other * to.scale * per)


def _sizes(unit: str, other: str) -> tuple[Decimal, Decimal]:
    """Both units in a third one that fits into both."""
    ours, theirs = _SIZES.get(unit), _SIZES.get(other)
    if unit != other and (ours or theirs):
        if not ours or not theirs or ours[0] != theirs[0]:
            raise UnlikeUnits(sure=True)
        return ours[1], theirs[1]
    if not _counts_alike(unit, other):
        generic = {unit, other} & _GENERIC
        raise UnlikeUnits(sure=unit in _COUNTS and other in _COUNTS and not generic)
    return Decimal(1), Decimal(1)


def _counts_alike(unit: str, other: str) -> bool:
    if unit in other or other in unit or any(unit in alike and other in alike for alike in _ALIKE):
        return True
    return bool({unit, other} & _GENERIC) and not {unit, other} & _NOT_GENERIC


def counts_alike(classifier: str, unit: Unit) -> bool:
    """Return whether a unit may count what is counted in 份, 项次 …; money and time cannot."""
    if unit.dimension:
        return False
    if unit.name not in _COUNTS:
        return True  # of a unit that nobody knows nothing is said
    if classifier.endswith("次") and "次" in unit.name:
        return True
    bare = classifier.removesuffix("次") or classifier
    return any(_counts_alike(one, unit.name) for one in {classifier, bare} - {"项"})


def is_exact(unit: str) -> bool:
    """Return whether a text is nothing but a known unit: 次, 万人, 个月, but not 次性."""
    bare = unit.lstrip("万亿").removeprefix("个") or "个"
    return unit == "" or any(text in names for text in (unit, bare) for names in _KNOWN)


_KNOWN = (_SIZES, _COUNTS, _SAME, _LATIN)
