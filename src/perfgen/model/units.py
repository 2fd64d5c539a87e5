"""Units that measure one thing (计量单位): 4小时 and 1天, 8% and 75‰, 2公里 and 1500米.

Units of counting (台, 套, 家) are not here: whether two of them mean the same is for people to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

_DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    "时间": {
        "秒": "1", "分钟": "60", "小时": "3600", "时": "3600", "天": "86400", "日": "86400",
        "周": "604800", "个星期": "604800", "星期": "604800", "个月": "2592000", "月": "2592000",
        "个季度": "7776000", "季度": "7776000", "年": "31536000",
    },
    "比率": {"%": "0.01", "‰": "0.001"},
    "长度": {"毫米": "0.001", "厘米": "0.01", "米": "1", "公里": "1000", "里": "500"},
    "面积": {
        "平方米": "1", "㎡": "1", "亩": "666.6666666667", "公顷": "10000", "平方公里": "1000000",
        "平方千米": "1000000",
    },
    "重量": {"克": "1", "斤": "500", "公斤": "1000", "吨": "1000000"},
    "体积": {"升": "0.001", "立方米": "1", "方": "1"},
    "金额": {"元": "1", "角": "0.1", "分": "0.01"},
}  # fmt: skip
_KNOWN: Mapping[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(factor))
    for dimension, units in _DIMENSIONS.items()
    for unit, factor in units.items()
}


def factor_between(unit: str, other: str) -> Decimal | None:
    """Return how many `other` are one `unit`: 24 for 天 and 小时; None for units of two things.

    Raises KeyError where one of them is not a known unit of measurement.
    """
    (dimension, size), (other_dimension, other_size) = _KNOWN[unit], _KNOWN[other]
    return size / other_size if dimension == other_dimension else None


def is_known(unit: str) -> bool:
    """Return whether this is a unit of measurement that can be converted."""
    return unit in _KNOWN
