"""Where a text introduces another office as the one that reports (某某中心为市政府直属……).

PG319 tells what is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import own_places
from perfgen.prose.text import folded

_LETTER = "[\u4e00-\u9fff]"
_ENDINGS = (
    "局|委员会|厅|委|办公室|中心|支队|大队|总队|学院|医院|法院|检察院|研究院|院|学校|党校|校|馆|站|所|"
    "联合会|红十字会|工会|学会|协会|残联|妇联|文联|科协|侨联|工商联|社科联|团委|供销社|联社|台|社"
)
_SHORT = "残联|妇联|文联|科协|侨联|团委|工商联|社科联|总工会|红十字会|供销社"
_NUMBERED = (
    r"(?:\(?[一二三四五六七八九十\d]{1,2}[)、.])?"
    "(?:(?:19|20)[0-9]{2}年度?,?|本年度,?|这?一年来?,|过去一年,|全年,|报告期内,|年内,)?"
)
_INTRODUCED = (
    rf"(?:\([^()]{{0,40}}\))?(?:"
    rf"(?:是|为)(?:中共)?{_LETTER}{{0,14}}(?:政府|党委|[省市县区州旗盟]委)[^,。]{{0,16}}(?:部门|机构|单位|团体|组织|医院|学校)"
    rf"|(?:是|为)[^,。]{{0,16}}(?:所属|管理的|直属|主管的)[^,。]{{0,12}}(?:单位|机构)"
    rf"|(?:是|为)(?:国家|党的|本?[省市县区州])[^,。]{{0,14}}(?:机关|部门|机构|单位|组织|团体|医院|学校)"
    r"|于(?:19|20)\d\d年[^,。]{0,8}(?:挂牌|成立|组建|设立|更名)"
    rf"|(?:机关)?(?:内设|下设|设有|加挂)"
    rf"|以[^,。]{{2,24}}为(?:目标|主线|抓手|中心|重点|引领|核心|统领|己任|宗旨)"
    rf"|(?:认真|坚持|深入|全面)?(?:聚焦|围绕|紧扣|锚定|紧盯|贯彻|坚持以)"
    rf")"
)


def introduced_as_own(passage: Passage, own: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """Yield the office that a text's first paragraph is about, where it is not the own one.

    `own` are the own names, the full one first; `known` those and the short ones.
    """
    paragraphs = passage.paragraphs
    if passage.kind not in ("section", "report") or not paragraphs:
        return
    text = folded(paragraphs[0])
    found = _head(own).match(text)
    if found is None or any(name in text for name in own if len(name) > _SHORTEST):
        return  # 市委党校（市行政学院）: the own name stands beside another
    name = found["name"]
    if name[0] in _SELVES:
        return
    if not name.endswith(tuple(known)) and not _is_short_for(name, own[-1]):
        yield name


_SHORTEST = 3
_SELVES = "我本"
"""我校, 本院: what an office calls itself."""


def _head(own: Sequence[str]) -> re.Pattern[str]:
    """What finds the office of the own place, or of its level alone, that a text begins with."""
    places = sorted({*own_places(own[0])}, key=len, reverse=True)
    levels = {place[-1] for place in places if place[-1] in "省市县区州旗盟"}
    fronts = "|".join([*places, *sorted(levels)])
    return re.compile(
        rf"{_NUMBERED}(?P<name>(?:{fronts})(?:{_SHORT}|{_LETTER}{{1,16}}?(?:{_ENDINGS})))"
        rf"(?={_INTRODUCED})"
    )


def _is_short_for(name: str, bare: str) -> bool:
    """Whether a name is the own one with something left out: 区妇联 for 妇女联合会."""
    letters = iter(bare)
    rest = re.split("[省市县区州旗盟]", name)[-1]
    return len(rest) > 1 and rest[0] == bare[0] and all(letter in letters for letter in rest)
