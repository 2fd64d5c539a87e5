"""Lists of units before their count (办公室、人事科、财务科3个科室)."""

from __future__ import annotations

import re

UNIT_TAIL = re.compile(
    "(?:中心|局|站|所|处|科|股|室|院|馆|校|园|队|大队|委员会|办公室|办|公司|镇|街道|乡|村|社区|协会|学会|宫|剧团|歌舞团|农场|林场|电视台|报社|杂志社|(?<![全内外干各本局东西南北中])部)$"
)
_COUNTED = re.compile(
    "(?:职能|内设|直属|下属|所属|二级|基层|预算|事业|派出|业务|行政|公益|参公|全额|差额|财政|拨款|单列){0,3}"
    "(?:科室|处室|股室|部室|机构|部门|单位|大队|支队|中队|站所|所|院|馆|校|学校|医院|乡镇|街道|镇|乡|村|社区|园区|"
    "公司|协会|学会|中心|队伍?|分局|科|处|股|室)"
)
_OPENED = re.compile(
    "^.*(?:内设|下设|设有|设立|设|下辖|下属|所属|直属|包括|包含|分别[为是]|即|含|有|为|是|由|对|在|到|和|与|会同|"
    "联合|组织|委托|抽调|组建|带领|以及)"
)
_COUNT_BEFORE = re.compile("[0-9一二两三四五六七八九十](?:个|家|所)[^、]{0,8}?(?:和|及|与|以及)")
"""Another count before the list: 三家单位和河道管理所、水库管理所."""

_WORKS_WITH = re.compile("(?:校|院|馆|园|公司|镇|街道|乡|村|社区|所|站|场)$")
"""What a section may be for, and is none itself: 学校与饮用水监督科 is one."""

_JOINED = re.compile("以及|和|及|与")
_ONE_BELOW = re.compile(
    "(?:下属|所属|直属|下辖)(?:的)?(?:为|有|是)?[省市县区州旗盟](?!级|[省市县区州旗盟]|社区|中小|属|内|直)"
    "(?:(?![和与及各等、]|各类|基层|乡镇|街道)[\u4e00-\u9fff]){2,14}(?:中心|研究所|研究院|图书馆|博物馆|文化馆|美术馆|纪念馆|"
    "档案馆|科技馆|体育馆|大队|支队|总站|监测站|检测站|观测站|管理处|服务站|剧院|书院|事务所|编辑部|学院)$"
)
"""One unit below, by its name: 下属市文物保护中心, and no kind of units (所属区社区服务中心)."""

_ENDS = frozenset("。；;：:！？!?\n，,（(")
_LONGEST_PIECE = 30


_BELOW = re.compile(
    "(?:公益[一二]类|全额拨款|差额拨款|财政拨款|参公|所属|下属|二级|直属|预算|独立核算){0,2}(?:事业单位|预算单位|单位|事业机构)"
)
_FEW = 5


def is_one_told_as_several(units: int, stated: int, what: str) -> bool:
    """Return whether one named unit may be told as several: 下属市文物保护中心2家事业单位."""
    return units > 1 or (stated <= _FEW and _BELOW.match(what) is not None)


def counts_units(kind: str, what: str) -> bool:
    """Return whether a count is one of units: 5个科室, 3家, and not 3个检查组."""
    if kind not in ("个", "家", "所", "大"):
        return False
    return kind in ("家", "所") or _COUNTED.match(what) is not None


def units_before(text: str) -> int:
    """Return how many units the list at the end of a text names; 0 where it is no such list."""
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    counted = [found.end() for found in _COUNT_BEFORE.finditer(text, start)]
    pieces = text[counted[-1] if counted else start :].split("、")
    if len(pieces) == 1 and _ONE_BELOW.search(pieces[0]):
        return 1
    if len(pieces) < 2 or any(not piece or len(piece) > _LONGEST_PIECE for piece in pieces):
        return 0
    return sum(_units_in(piece) for piece in pieces) if all(map(_is_unit, pieces)) else 0


def _is_unit(piece: str) -> bool:
    return UNIT_TAIL.search(piece) is not None and not re.search(r"\d", piece)


def _units_in(piece: str) -> int:
    """A piece is one unit, or several that 和 joins: a name may hold 和, too (建设和管理科)."""
    units, start = 1, 0
    for joint in _JOINED.finditer(piece):
        name = _OPENED.sub("", piece[start : joint.start()])
        other_kind = _WORKS_WITH.search(name) and name[-1] != piece[-1]
        if len(name) >= 2 and UNIT_TAIL.search(name) and not other_kind:
            units, start = units + 1, joint.end()
    return units
