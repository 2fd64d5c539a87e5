"""What the words before a number say of it: a difference, a stock, another time, a bare result."""

from __future__ import annotations

import re

from perfgen.prose import deeds
from perfgen.prose.expected import Purpose

_ELSEWHERE = re.compile("|".join(deeds.ELSEWHERE))
_WANTED = re.compile("|".join(deeds.WANTED))
_STOCK = re.compile("|".join(sorted(deeds.STOCK, key=len, reverse=True)))
_THIS_YEAR = re.compile("全年|本年|年内|当年|今年")
_DONE_TO = re.compile("完成|得到|通过|实施|接受|参加|受益|更换")
_STEP = re.compile(
    "由(?!于|此)|从(?!业|事|而|严|众|优|快|速|紧|教|医)|增加|减少|净增|较(?!好|高|大|多|快|为|强|低|少)|(?<!占)比(?!例|率|重|赛|对)|同比|占(?!比)|下降|(?<!不)高于|(?<!不)低于|扣|达到或"
)
_REACHED = re.compile("达到|达成|完成|实现|实际|建成|[为是]$")
_COMPLETED = re.compile(
    "(?:完成|达到|占|为)(?:年度|全年|年初|本年|既定)?(?:预期)?(?:目标|任务|计划|指标)(?:任务|值|数|量|目标)?的?$|"
    "(?:目标|任务|计划)(?:任务)?完成率(?:为|达|达到)?$"
)
_EACH = re.compile(
    "(?:为|是|达|达到|按)?(?:每[人户亩吨家个件次批月年天日平方米公里名]{1,3}){1,2}(?:为|是)?$"
)
_TARGET = (
    "(?:年度|年初|全年|预期|既定|原定|绩效|工作){0,3}"
    "(?:目标|计划|任务|指标|标准|要求|预期)(?:值|数|任务|目标)?"
)
_BEYOND = "(?:提前|高出|高于|超出|超过|超额|提高|增加|高|超|多|低于|低|少|差|降低)"
_TARGET_COMPARED = re.compile(
    rf"(?:比|较|与){_TARGET}(?:相比)?(?:还|又)?{_BEYOND}(?:出|了|完成)?(?:约)?$|"
    rf"(?:高于|高出|超过|超出|超额完成|超|低于|低|多于|少于|优于|不及)(?:了)?{_TARGET}(?:的)?(?:约)?$"
)
_CHANGED = re.compile(
    r"^(?:到)?(?:今年|本年度?|当年|(?:19|20)\d\d年度?)?(?:计划|预计|拟|将|预期)?(?:比上年|较上年|比去年|较去年|同比|再|又)?"
    r"(?:计划|预计|拟|将)?(?:净)?(?:增加|新增|增长|减少|多|少|提高|下降|降低|提升|上升|压减|增|减)(?:了|到)?(?:约)?$"
)


def is_elsewhere(lead: str, purpose: Purpose, name: str = "") -> bool:
    """Return whether a number is of another time or place, or only wanted where results stand.

    Words that are part of the indicator's own name (人均) say nothing of that.
    """
    if purpose is not Purpose.WANTED and _WANTED.search(lead):
        return True
    return any(found.group() not in name for found in _ELSEWHERE.finditer(lead))


def without_unit_of_account(lead: str) -> str:
    """Return the words before a number without 每人每月 at their end, which only says of what."""
    return _EACH.sub("", lead)


def steps(lead: str) -> bool:
    """Return whether a number is a difference or the first of two (由80, 较上年增加)."""
    bare = lead.removesuffix("增长").removesuffix("下降").removesuffix("同比")
    return _STEP.search(bare) is not None


def adds(lead: str, name: str) -> bool:
    """Return whether 增加 is what an indicator itself counts: 学位增加1260个 for 新增学位."""
    compared = re.search("较|比|由|从|同比", lead)
    return "增加" in lead and compared is None and name.startswith(("新增", "增加", "新建"))


def counts_new(name: str) -> bool:
    """Return whether an indicator counts what the year added (新建站点数、净增企业数)."""
    return _COUNTS_NEW.match(name) is not None


_COUNTS_NEW = re.compile(
    "(?:本?年度?|全年)?(?:新(?!闻|媒体|农|能源|型|生|华)|净增|增加|增设|增补|扩建|续建|改建)"
)


def is_stock(lead: str, clause: str) -> bool:
    """Return whether a whole stock is told (累计达到46个), and not what the year added."""
    found = _STOCK.search(lead)
    if found is None or (found.group() == "共有" and _DONE_TO.search(clause)):
        return False  # 共有6座危桥完成改造: not how many there are
    return _THIS_YEAR.search(clause) is None


def says_reached(lead: str) -> bool:
    """Return whether something is said to be reached, and not only wanted."""
    return _REACHED.search(lead) is not None


def says_completed(lead: str) -> bool:
    """Return whether a rate is that of a target (完成目标任务的)."""
    return _COMPLETED.search(lead) is not None


def target_compared(lead: str) -> str | None:
    """Return what stands before 比目标高 and the like; None where nothing is compared so."""
    found = _TARGET_COMPARED.search(lead)
    return lead[: found.start()] if found else None


def reaches(lead: str) -> bool:
    """Return whether a number is the level that a change ended at (降至, 提高到)."""
    return _ENDS_AT.match(lead) is not None


_ENDS_AT = re.compile(
    "^(?:的)?(?:增加|增长|上升|提高|提升|扩大|下降|减少|降低|缩短|升|降|增|减)[到至为]$"
)


def year_change(lead: str) -> bool:
    """Return whether a number is a change against the year spoken of before (今年增加)."""
    return _CHANGED.match(lead) is not None


_PLANNED = re.compile(
    r"^[^,。\d]{0,12}(?:计划|拟|力争|预计|打算|目标[是为])(?!生育|财务|免疫|投资|单列)"
)
_DONE = re.compile("实际|完成|实现|已|截至|最终|建成|累计|达到|达|共|全年(?!计划|拟|目标|任务)")
_PLANS_ONLY = re.compile("的(?:年度|绩效|工作|总体|任务){0,2}(?:目标|任务|计划|要求)$")
_TARGET_OF = (
    "(?:年初|年度|全年|上级|原先|本年度?|当年|预算|绩效){0,3}"
    "(?:确定|制定|提出|下达|设定|设置|批复|承诺|既定|原定|预定|核定|安排|计划|目标)(?:目标|任务|指标)?的"
)
_QUOTES_TARGET = re.compile(
    rf"(?:超过|超出|超额完成|超|完成|达到|实现|高于|优于|好于|多于|低于|少于|不及|不到)(?:了)?(?P<of>{_TARGET_OF})(?![\d.]{{1,9}}%)"
)
_SETS_TARGET = re.compile(
    r"[^,\d]{0,8}?(?:提出|确定|制定|明确|设定|下达|部署|目标[是为]|计划|力争|预计|打算)(?:了|要)?"
)
_OTHERS_TARGET = re.compile("省|国|中央|上级|市定|县定|部定|行业|标准")
_OPENS_TARGET = re.compile("(?:年初|年度|全年|绩效|设定的?)*目标(?:是|为|:)")
_NAMES_TARGET = re.compile("(?:目标|任务|计划|指标)(?:任务|目标|值|数|量)?(?:为|是)?$")
_NEXT = re.compile(
    "下一步|下一阶段|今后|接下来|明年|次年|来年|下年|下阶段|未来|后续|继续|十四五|十五五|三年|五年"
)


def plans(clause: str, *, before: bool) -> bool:
    """Return whether a clause tells of a plan; it goes on until something is said to be done."""
    if _PLANNED.search(clause):
        return True
    return before and _DONE.search(clause) is None


def plans_only(sentence: str) -> bool:
    """Return whether a sentence says which targets were set (提出……的目标)."""
    return _PLANS_ONLY.search(sentence) is not None and _QUOTES_TARGET.search(sentence) is None


def quotes_target(clause: str, *, opener: str, before: str, quoted: bool) -> bool:
    """Return whether numbers of a clause are targets: 超过年初确定的80公里, 目标任务(260家).

    `before` is the clause before it; a list goes on (80公里、20片) where it `quoted` targets.
    """
    if quoted and opener == "、":
        return True
    return (
        _OPENS_TARGET.match(clause) is not None
        or _QUOTES_TARGET.search(clause) is not None
        or (opener == "(" and _NAMES_TARGET.search(before) is not None)
    )


def opens_with_targets(sentence: str) -> bool:
    """Return whether a sentence tells targets from its beginning on: 年度目标：新增…，达到…."""
    return _OPENS_WITH_TARGETS.match(sentence) is not None


_OPENS_WITH_TARGETS = re.compile(
    "(?:其中)?(?:年度|年初|全年|预期|绩效|工作|总体|主要|具体|设定|既定|下达|的|\\d{4}年){0,4}(?:目标|任务目标|计划目标)(?:任务|值|为|是)?:"
)


def without_target_words(lead: str) -> str:
    """Return the words before a quoted target without those that say that it is one."""
    found = _QUOTES_TARGET.search(lead) or _SETS_TARGET.match(lead)
    if found is None or _OTHERS_TARGET.search(found.group()):
        return lead
    return lead[found.end() :]


def tells_of_later(sentence: str) -> bool:
    """Return whether a sentence tells of what is still to come (下一步、明年)."""
    return _NEXT.search(sentence) is not None


_OF_SOME = re.compile(
    r"[中里](?:,|有|已|共|的){0,2}\d{1,6}(?:\.\d{1,3})?万?[个家户所名处座位人条项]"
)


_EXTREME = re.compile("最[多高大少低长短快早](?!限|程度|人民|院|检|法|化|终)")


def tells_of_extreme(front: str) -> bool:
    """Return whether a number is that of one of many: 最多的1名法官结案512件."""
    return _EXTREME.search(front) is not None


def tells_of_some(front: str) -> bool:
    """Return whether a rate is that of some of several: 12个乡镇中有10个优良率超过95%."""
    return _OF_SOME.search(front) is not None


_LINK = re.compile("^[、,和及与以至或]{0,2}$")


def is_link(words: str) -> bool:
    """Return whether words only go on with a list: 和5.6%, 、5.6%."""
    return _LINK.match(re.split(r"\d", words, maxsplit=1)[0]) is not None


_RATE_WORD = re.compile("[\u4e00-\u9fff]{2}[率度]")


def same_rate(lead: str, name: str) -> bool:
    """Return whether words name a rate by the word of an indicator: 办结率 and not 受理率."""
    found = _RATE_WORD.findall(lead)
    return not found or found[-1] in name


_HEAD = 3
_NO_QUALIFIER = re.compile(
    "(?:我[局委厅省市县区]|全[省市县区年局]|本[年局市县区]|年末|目前|实际|总体|整体|综合|平均|其|的|和|与|对|经|以及|"
    "保持|达到|实现|完成|持续|稳定|全年|当年|今年|通过|调查|显示|统计|推进|推动|提升|提高|使|让|有效|进一步|"
    "监督|检测|监测|检验|抽检|抽查|检查|学校|机构|单位|人员|设施|工作|项目|任务|测评|问卷|结果|开展|第三方|社会|后|均|及)"
)


def is_narrower(lead: str, name: str) -> bool:
    """Return whether a rate is that of a narrower group: 农村居民知晓率 beside 居民知晓率."""
    word = next(iter(_RATE_WORD.findall(name)[-1:]), "")
    front, there, _ = lead.rpartition(word) if word else ("", "", "")
    if not there:
        return False
    own = name.rpartition(word)[0]
    rest = front.removesuffix(own) if own and front.endswith(own) else front
    rest = _NO_QUALIFIER.sub("", rest)
    strange = [char for char in rest if char not in name]
    return len(strange) >= 2 and "\u4e00" <= strange[-1] <= "\u9fff"
