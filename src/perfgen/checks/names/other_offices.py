"""PG319: the report speaks of its own office, not of the one that it was copied from (别的单位)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage, passages, prose
from perfgen.checks.common.subjects import own_names, short_own_names
from perfgen.checks.names.elsewhere import offices_elsewhere
from perfgen.checks.names.other_heads import introduced_as_own
from perfgen.checks.names.other_places import head_of_another, lost_place, site_of_another
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.prose.text import folded, sentences

_SAID_OF_ONESELF = re.compile(
    r"(?:局|委员会|厅)(?:(?:19|20)\d\d年度?|本年度)?(?:"
    r"(?:为|是)[省市县区州旗盟]{0,2}(?:人民)?(?:政府|委)(?:的)?(?:组成|工作|直属|派出)(?:部门|机构)|"
    r"(?:部门)?整体支出(?=[为共达\d绩])|(?:部门)?预算(?=[为共达\d]|年初|总额)|内设(?:机构|科室|处室|股室)|成立于|"
    r"(?:的)?(?:主要)?(?:职责|职能)(?=是|为|包括|如下|:)|"
    r"(?:维护|承担|主管|围绕|坚持|聚焦|贯彻|内设|下设|始终|紧扣|紧紧|切实履行|认真履行|是(?:负责|主管|市|县|区|全)))"
)
_TITLE = re.compile(r"《[^《》]{0,80}》")
_NAME = re.compile("[\u4e00-\u9fff]{2,16}$")
_PLACED = re.compile("[省市县区州旗盟].{1,12}$")
"""我局, 全局 and the like name no office; 临江县水务局 does."""
_OURS = re.compile("[我本全各该](?:局|委员会|厅)$")
_RELATED = re.compile(
    "下属|所属|下设|归口|管理的|加挂|前身|原|合并|划转|划入|划出|和|与|及|会同|联合|配合|、|根据|按照|由|向|从|将|"
    "经|请|被|对|受|赴|到|学习|考察|借鉴|对口|结对"
)
_SELF = re.compile(
    "(?<![\u4e00-\u9fff]{2}自)[我本](局|委|厅|办|院|校|馆|所|站)(?!员|会|内|外|属|托|里|地|部)"
)
_ENDINGS = {"局": "局", "委员会": "委", "厅": "厅"}
_LEVELS = {"省": 3, "市": 2, "州": 2, "盟": 2, "县": 1, "区": 1, "旗": 1}


@rule(
    "PG319",
    Severity.WARNING,
    title="写着别的单位的名称",
    reason="照别的单位的报告改，概况、制度名称和第一段里最容易留下它的名称。这里核对三种：说整体支出、部门预算、内设机构、"
    "主要职责、成立时间的句子，主语是不是本单位；“我局”“我委”这类自称与单位名称是不是一致；"
    "同级别的地方的同名单位；一段开头介绍的单位、公开报告的网站是不是本单位的；地名有没有漏字。"
    "别处同级别的单位在句首做事、批复预算的也提；写明是下属、上级、合作单位的不算，在财政部门、政府网站上公开的不算。",
    good="临江县教育局的报告，“临江县教育局内设机构5个”“我局成立……”",
    bad="临江县教育局的报告，“临江县水务局内设机构5个”“我委成立……”",
)
def other_office(case: Case) -> Iterator[Hit]:
    """Another office's name, or another kind of office, where an office speaks of itself."""
    own = own_names(case.report.unit)
    if not own:
        return
    ending = next((end for end in _ENDINGS if own[0].endswith(end)), "")
    given = _given_names(case)
    known = (*own, *short_own_names(case.report.unit), *given)
    lost = lost_place(case.report.unit)
    everywhere = "\n".join(folded(passage.text) for passage in passages(case))
    for passage in prose(case):
        names = dict.fromkeys(_namesakes(passage, own))
        if ending and passage.kind in ("section", "report"):
            names |= dict.fromkeys(_speaking_of_itself(passage, own, given))
        if ending:
            names |= dict.fromkeys(_other_self(passage, _ENDINGS[ending]))
            names |= dict.fromkeys(site_of_another(passage, known))
            heads = head_of_another(passage, known, own_place(own))
            names |= dict.fromkeys(
                head
                for head in heads
                if not (_is_told(head, names, given) or _is_short(head, own[-1], given))
            )
        heads = introduced_as_own(passage, own, known)
        names |= dict.fromkeys(head for head in heads if not _is_told(head, names, given))
        if not names:
            names |= dict.fromkeys(offices_elsewhere(passage, case.report.unit, everywhere))
        if lost is not None:
            names |= dict.fromkeys(lost.findall(folded(passage.text)))
        for name in names:
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里写着{quoted(name)}，"
                f"报告的单位是 {case.report.unit}",
                hint="改成本单位；确是说别的单位的，写明它与本单位的关系",
                ref=passage.ref,
            )


def own_place(own: tuple[str, ...]) -> str:
    """The own place (临江市 of 临江市教育局), empty where the name has none."""
    return own[0][: len(own[0]) - len(own[-1])]


def _is_told(head: str, names: dict[str, None], given: tuple[str, ...]) -> bool:
    """Whether a name was found otherwise, too, or is what the office calls itself."""
    return head.endswith(given) or any(name in head or head in name for name in names)


_GIVEN = re.compile("(?:以下|下)?(?:简称|称)(?:为)?:?([\u4e00-\u9fff]{2,12})")


def _given_names(case: Case) -> tuple[str, ...]:
    """The short names that the report gives its office: 以下简称市应急局."""
    texts = (folded(passage.text) for passage in prose(case))
    return tuple(dict.fromkeys(name for text in texts for name in _GIVEN.findall(text)))


def _is_short(called: str, bare: str, given: tuple[str, ...]) -> bool:
    """Whether a name is the office's own with something left out: 市应急局 for 应急管理局."""
    if called.endswith(given):
        return True
    starts = (place + 1 for place, sign in enumerate(called) if sign in _LEVELS)
    return any(_is_abridged(called[start:], bare) for start in (0, *starts))


def _is_abridged(rest: str, bare: str) -> bool:
    """Whether a name is another one with characters left out: 市场监管局, 市场监督管理局."""
    letters = iter(bare)
    return len(rest) >= 2 and rest[0] == bare[0] and all(char in letters for char in rest)


def _speaking_of_itself(
    passage: Passage, own: tuple[str, ...], given: tuple[str, ...]
) -> Iterator[str]:
    """Another office of any kind as the one that a sentence of oneself is about."""
    for sentence in sentences(_TITLE.sub("", passage.text)):
        for found in _SAID_OF_ONESELF.finditer(sentence.text):
            end = found.start() + _length(found.group())
            name = _NAME.search(sentence.text[max(0, end - 16) : end])
            if name is None or not _PLACED.search(name.group()):
                continue
            if _RELATED.search(name.group()):
                continue
            called = name.group()
            if _OURS.search(called):  # 市财政局批复我局2024年部门预算
                continue
            if called.endswith(own) or own[0] in called or _is_short(called, own[-1], given):
                continue
            yield called


def _length(text: str) -> int:
    return len("委员会") if text.startswith("委员会") else 1


def _other_self(passage: Passage, own: str) -> Iterator[str]:
    """我委 in the report of a bureau (局)."""
    for found in _SELF.finditer(passage.text):
        if found[1] != own and found[1] in _ENDINGS.values():
            yield found.group()


def _namesakes(passage: Passage, own: tuple[str, ...]) -> Iterator[str]:
    """The office of the same name in another place of the same level: 韶水市 for 岭安市."""
    full, bare = own[0], own[-1]
    place = full[: len(full) - len(bare)]
    if len(bare) < 3 or len(place) < 2 or place[-1] not in _LEVELS:
        return
    text = folded(passage.text)
    start = 0
    while (at := text.find(bare, start)) >= 0:
        start = at + len(bare)
        found = _PLACE_BEFORE.search(text[max(0, at - 12) : at])
        if found is None or found.group().endswith(place):
            continue
        if _LEVELS[found[2]] != _LEVELS[place[-1]] or _RELATED.search(found[1]):
            continue
        is_slip = len(found.group()) == len(place) and _differ_by_one(found.group(), place)
        if is_slip or not any(found[1].endswith(one) for one in _NO_PLACE):
            yield found.group() + bare


def _differ_by_one(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


_PLACE_BEFORE = re.compile("([\u4e00-\u9fff]{2,4})([省市县区州旗盟])$")
_NO_PLACE = (
    "称",
    "全",
    "本",
    "我",
    "各",
    "该",
    "外",
    "城",
    "郊",
    "辖",
    "市",
    "县",
    "区",
    "省",
    "园",
    "新",
    "社",
    "年",
    "度",
)
