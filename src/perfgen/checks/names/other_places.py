"""Where a report names another office by mistake: at its head, on a website, in its place's name.

PG319 tells what is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import own_places
from perfgen.prose.text import folded

LEVELS = {"省": 3, "市": 2, "州": 2, "盟": 2, "县": 1, "区": 1, "旗": 1}
_LETTER = "[\u4e00-\u9fff]"
_OFFICE = f"{_LETTER}{{2,14}}?(?:局|委员会|厅)"
_HEAD = re.compile(
    rf"(?:[（(]?[一二三四五六七八九十]{{1,2}}[)）、.．]|\d{{1,2}}[、.．])?"
    rf"(?:(?:19|20)\d\d年度?[,，]?|本年度[,，]?)?"
    rf"(?P<name>{_LETTER}{{1,4}}(?P<level>[省市县区州旗盟]){_OFFICE})"
    r"(?=[（(，,]|是|为|以|在|紧|围|坚|认真|深入|全面|积极|始终|聚焦|锚定|全年|(?:19|20)\d\d年|部门|内设|设|共|下设|严格|"
    r"切实|持续|主要|承担|负责|机关设|机关内设|贯彻|按照|根据|预算|整体)"
)
"""A paragraph that begins with an office, which then does something."""

_NOT_ITSELF = re.compile(
    r"^[^。]{0,24}(?:联合|会同|牵头|印发|下达|批复|组织的|通知|委托|反馈|审计|检查|考核|核定|批准|审议|审批|审核同意|拨付|下属|所属|直属|归口|"
    r"二级单位|局属|管理的)"
)
_INTRODUCED = re.compile(
    r"[（(](?:以下)?简称|(?:为|是)[省市县区州旗盟]{0,2}(?:人民)?(?:政府|委)|(?:19|20)\d\d年度?(?:部门)?(?:整体|预算|绩效)|"
    r"^(?:机关)?内?设|^(?:主要)?(?:负责|坚持|聚焦|围绕|紧扣|承担)|^(?:认真|全面|深入|始终)"
)
_OURS = re.compile("[我本](?:局|委员会|厅)$")
_ALL_OF_THEM = re.compile("^(?:全|各|我|本|该|其他|有关|相关)")

_SITE = re.compile(
    rf"(?:在|于|通过|经由|经|登录|到)(?P<name>(?:{_LETTER}{{2,4}}[市县区州旗盟]|[省市县区州旗盟])?"
    rf"{_LETTER}{{2,14}}?(?:局|委员会|厅|委))"
    r"(?:的)?(?:官方|门户|政务|公开|官){0,2}(?:网站|网页|官网|微信公众号|公众号|政务微博)"
)
_SHARED = re.compile(
    "财政|政府|政务|数据|机关事务|信息|审批|纪委|上级|主管|所属|下属|国家|中国|局门户|委门户|本|我|全"
)
"""Offices on whose pages others publish, too; and words that are no name."""

_LONG_PLACE = 4


def head_of_another(passage: Passage, known: tuple[str, ...], place: str) -> Iterator[str]:
    """Yield the office that a section's paragraph begins with, where it is not one of `known`.

    An office of another place than the own one is told only where it is surely introduced.
    """
    if not place or passage.kind not in ("section", "report"):
        return
    for paragraph in passage.paragraphs:
        text = folded(paragraph)
        found = _HEAD.match(text)
        if found is None or _ALL_OF_THEM.match(found["name"]) or _OURS.search(found["name"]):
            continue
        level = LEVELS.get(place[-1:])
        is_peer = found["name"].startswith(place) or (
            LEVELS[found["level"]] == level and _INTRODUCED.match(text[found.end() :]) is not None
        )
        if (
            is_peer
            and not found["name"].endswith(known)
            and not _NOT_ITSELF.match(text[found.end() :])
        ):
            yield found["name"]


def site_of_another(passage: Passage, known: tuple[str, ...]) -> Iterator[str]:
    """Yield the office on whose website a report is published, where it is not one of `known`."""
    for found in _SITE.finditer(folded(passage.text)):
        name = found["name"]
        if not _SHARED.search(name) and not name.endswith(known):
            yield name


def lost_place(unit: str) -> re.Pattern[str] | None:
    """Return what finds the own place without one of its characters: 清远市 for 清远湾市."""
    shortened = {
        place[:at] + place[at + 1 :]
        for place in own_places(unit)
        if len(place) >= _LONG_PLACE and place[-1] in LEVELS
        for at in range(1, len(place) - 1)
    }
    if not shortened:
        return None
    names = "|".join(sorted(shortened))
    return re.compile(
        rf"(?<!{_LETTER})(?:{names}){_LETTER}{{0,14}}?(?:局|委员会|厅|中心|政府|医院|学校|大队|支队|馆|所)"
    )
