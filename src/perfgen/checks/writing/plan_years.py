"""PG342: what is planned lies ahead, and what is reported is of this year (打算、期限里的年份)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage, passages
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import is_plan
from perfgen.model.finding import Severity
from perfgen.prose.text import folded, sentences

_YEAR = r"(?<![\d年])(?P<year>(?:19|20)\d\d)年"
_SOME_YEAR = r"(?<![\d年])((?:19|20)\d\d)年"
_OF_PLANS = re.compile(
    "改进|打算|下一步|措施|建议|努力方向|工作计划|工作思路|整改|拟应用|应用和公开"
)
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))?(?P<title>[^,。;:\d]{2,16}):?$"
)
"""A line that is a heading of its own: what follows is about it."""

_LEADS_TO_PLANS = re.compile(r"[^,。;]{0,4}(?:改进措施|下一步)")

_TIME = (
    r"(?:上半年|下半年|全年|年内|[第]?[一二三四1234]季度|\d{1,2}月(?:份|\d{1,2}日|底|末)?|底|末|暑假|寒假|暑期|汛期?|[春夏秋冬]季?|年中|春节)?"
    r"(?:之|以)?(?P<by>前|内)?"
)
_AHEAD = (
    "将|拟|计划|力争|争取|确保|要|完成|实施|启动|开展|建成|推进|落实|实现|全部|纳入|实行|到位|开工|招标|建立|达到|"
    "出台|制定|修订|组织|安排|补齐|解决|投入|交付|上线|申报|签订|招募|招聘|公开招|新增|增加|增设|引进|推行|"
    "开通|举办|扩大|试点|配备|购置|培训|优化|完善|细化|健全|压实|强化|研究|探索|提前|推广|"
    "压缩|降低|缩短|提高|执行|施行|公开|公示|公布|报送|上报|提交|通报|挂网|"
    "竣工|完工|整改|接入|更新|更换|新建|改建|扩建|续建|改造|修缮|采购|补充|补建|培养|轮换|签约|办结|验收|"
    "覆盖|推开|移交|清理|盘活|修复|联网|腾退|消除|化解|拨付|支付"
)
_PLANNED = re.compile(rf"{_YEAR}{_TIME}(?:[^,。;\d]|\d(?!\d{{3}}年)){{0,14}}?(?P<deed>{_AHEAD})")
_PUT_IN = re.compile(
    rf"(?:提前到|提前至|安排在|安排到|放在|列入|纳入|作为编制|用于编制){_YEAR}(?:度)?(?!绩效|预算绩效|重点|专项|整改)"
)
_WILL = re.compile("将|拟|计划|力争|争取|确保|底前|月前|月底|年底|季度|上半年|下半年")
_PAST = re.compile(
    "已|了|原|曾|以来|上年|结转|决算(?!审计)|因|由于|较|(?<![占对])比(?!例|重|对|赛|武)|相比|根据|针对|总结|自评|评价|考核|发现|存在|反映|暴露|不足|问题|教训|基础上|"
    r"经验|起(?!执行|实行|推行|施行|变更)|至|到20\d\d年|[-~]|期间|受|延续|《|后(?![续期勤备段评])|项目的|的(?=项目|资金|结余|预算|支出|工作|任务)"
)
_LEFT_OVER = re.compile(
    rf"(?:其余|剩余|余下|尚未|未完|未能|未通过|未[竣开完]工)[^。;]{{0,40}}?(?:计划|预计|拟|将|力争|争取|确保)(?:于|在|到)?{_SOME_YEAR}"
    rf"|(?:推迟|延期|延后|顺延|改期|结转)(?:到|至|于)?{_SOME_YEAR}"
    rf"|(?:要|须|需|只能|只好|计划|预计|拟)[^,。;]{{0,4}}?[等拖挪移留放推延][到至]{_SOME_YEAR}"
)
_ORIGINALLY = re.compile(r"原[定计拟]|原计划|本[应拟]|曾|由(?:19|20)\d\d年")
_OURS = re.compile(
    r"(?:上述|以上|这些)(?:问题|结果|结论|不足)[^。;]{0,20}?(?:列入|纳入|写入|反映)[^。;]{0,6}?"
    r"(?<!\d)((?:19|20)\d\d)年度?[^。;]{0,16}?(?:自评|绩效评价)"
    r"|(?<!\d)((?:19|20)\d\d)年度?[^。;]{0,16}?(?:自评|绩效评价)(?:中|工作中)?(?:发现|反映|指出|查找)?的?(?:上述|以上|这些)"
)
_RANGE = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)[年./]?\d{0,2}月?\d{0,2}日?[-~至到](?P<last>(?:19|20)\d\d)(?!\d)"
)
_ONE_YEAR = re.compile(r"^(?P<first>(?P<last>(?:19|20)\d\d))年度?$")
_TERM = re.compile("(?:实施|执行|项目|建设|起止)(?:期限|周期|时间|年限|期|起止时间)$|起止时间$")
_OPENS = re.compile(
    r"^(?P<year>(?:19|20)\d\d)年(?:度|内)?,?(?!至|到|[-~]|起|以来|以前|底|末|制定|印发|规划|的|已)"
)
_COMPARED = re.compile(
    "比|较|上年|同期|基础上|以来|增加到|提高到|持平|历年|水平|已|立项|启动|开工|获批|批复|中标|签订|采购|下达|结转|跨年|基数|仅"
)
_BEGINS = re.compile(r"^(?:\(?[一二三四五六七八九十\d]{1,2}\)?[、.是]|[一二三四五六七八九十]是)?$")
_NEAR, _PLANNED_NEAR = 2, 6
"""Years back that are mistaken for this one: where a plan opens with its year, some more."""


@rule(
    "PG342",
    Severity.WARNING,
    title="打算里的年份已经过去，或期限不含本年度",
    reason="照上年的报告改，下一步打算、剩余工作的完成时间和目标开头的年度最容易漏改："
    "2023 年度的自评，说“2022年上半年将……”“其余2处计划2022年完成”。项目的期限也应当含本年度。"
    "写明“原计划”、总结往年做法的不算。",
    good="2023 年度的报告，下一步打算“2024年上半年完成招标”",
    bad="2023 年度的报告，下一步打算“2022年上半年完成招标”",
    most=8,
)
def passed_years(case: Case) -> Iterator[Hit]:
    """A year that has passed where something is planned; a term that leaves this year out."""
    plan = is_plan(case)
    for passage in passages(case):
        if not passage.printed and not passage.extra:
            continue
        if passage.kind == "project" and _TERM.search(_header(passage, case)):
            yield from _term(passage, case)
        if not passage.prose:
            continue
        for sentence, planning in _told(passage, _header(passage, case)):
            said = _left_over(sentence, case) or _of_this_report(sentence, case)
            if not said and planning and not plan:
                said = _planned(sentence, case)
            if said:
                yield _hit(passage, case, sentence, said)
        if plan or passage.field in ("achieved", "result"):
            yield from _opening(passage, case)


def _header(passage: Passage, case: Case) -> str:
    return folded(passage.header or case.header(passage.kind, passage.field))


def _term(passage: Passage, case: Case) -> Iterator[Hit]:
    year, text = case.report.year, folded(passage.text)
    found = _RANGE.search(text) or _ONE_YEAR.match(text)
    if found and not int(found["first"]) <= year <= int(found["last"]):
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}的期限是“{passage.text}”，不含报告的 {year} 年度",
            hint="核对期限的年份",
            ref=passage.ref,
        )


def _told(passage: Passage, header: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a text, each with whether it stands where plans are told."""
    named = f"{passage.subject}{header}"
    always = _OF_PLANS.search(named) is not None
    whole = always and not re.search("问题|不足|原因|分析", named)
    planning = whole
    for paragraph in passage.paragraphs:
        heading = _HEADING.match(folded(paragraph))
        if heading:
            planning = whole or _OF_PLANS.search(heading["title"]) is not None
            continue
        planning = planning or (always and _LEADS_TO_PLANS.match(folded(paragraph)) is not None)
        for sentence in sentences(paragraph):
            yield sentence.text, planning


def _planned(sentence: str, case: Case) -> str:
    """2022年上半年力争……: a plan for a year that has passed."""
    year = case.report.year
    put_in = _PUT_IN.search(sentence)
    if put_in and year - _PLANNED_NEAR <= int(put_in["year"]) < year:
        return f"打算的是 {put_in['year']} 年的事"
    if _budget_made(sentence, year):
        return f"用来编制的是 {year} 年的预算，那是报告的年度"
    for found in _PLANNED.finditer(sentence):
        said = int(found["year"])
        start = max(sentence.rfind(mark, 0, found.start()) for mark in ",:") + 1
        end = sentence.find(",", found.end())
        clause = sentence[start : end if end >= 0 else len(sentence)]
        passed = said < year or (said == year and found["by"] and case.report.as_of is None)
        begins = start == found.start() or _BEGINS.match(sentence[start : found.start()])
        looks_back = re.search(rf"本年|今年|当年|{year}年", sentence)  # 2022年40场，本年增加6场
        opens = said < year and begins and not looks_back
        ahead = _WILL.search(clause) or opens
        if year - _PLANNED_NEAR <= said and passed and ahead and not _PAST.search(clause):
            return f"打算的是 {said} 年的事"
    return ""


_OF_NEXT_BUDGET = re.compile(
    r"(?:自评|评价)(?:结果|结论|报告)[^。;]{0,24}?(?:作为|用于|用作)(?:编制|安排|调整|优化)?"
    rf"{_SOME_YEAR}(?:度)?(?:部门|项目|单位)?(?:预算|项目入库|资金安排)"
)


def _budget_made(sentence: str, year: int) -> bool:
    """Whether this report's result is used for the budget of its own year, which is over."""
    found = _OF_NEXT_BUDGET.search(sentence)
    if found is None or re.search("上年|上一年|去年|往年", sentence):
        return False
    return int(found[1]) == year and len(set(re.findall(_SOME_YEAR, sentence))) == 1


def _left_over(sentence: str, case: Case) -> str:
    """其余2处计划2022年完成: what was left is done in a year that has passed."""
    found = _LEFT_OVER.search(sentence)
    said = next((int(one) for one in found.groups() if one), 0) if found else 0
    if found and said < case.report.year and not _ORIGINALLY.search(sentence):
        return f"剩下的要到 {said} 年完成"
    return ""


def _of_this_report(sentence: str, case: Case) -> str:
    """上述问题已列入《2022年度绩效自评整改清单》: this report's own findings, by another year."""
    found = _OURS.search(sentence)
    said = next((int(one) for one in found.groups() if one), 0) if found else 0
    return f"说的是 {said} 年度的自评" if found and said != case.report.year else ""


def _opening(passage: Passage, case: Case) -> Iterator[Hit]:
    """2024年全年采集……as the first words of the goals of 2025, or of what was done in it."""
    year = case.report.year
    header = _header(passage, case)
    if re.search("实施期|中长期|总体|长期|规划", f"{passage.header}{passage.subject}"):
        return
    if re.search("依据|来源", header):  # 2023年实际2148人次: what a target rests on
        return
    first = next((one.text for text in passage.paragraphs[:1] for one in sentences(text)), "")
    found = _OPENS.match(first)
    if found is None or not year - _NEAR <= int(found["year"]) < year:
        return
    if not re.search(rf"{year}|今年|本年|当年|至今", first) and not _COMPARED.search(
        first.split(",")[0]
    ):
        yield _hit(passage, case, first, f"说的是 {found['year']} 年")


def _hit(passage: Passage, case: Case, sentence: str, said: str) -> Hit:
    shown = sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN]}……"
    return Hit(
        subject=passage.subject,
        message=f"报告是 {case.report.year} 年度的，{quoted(shown)}{said}",
        hint="核对年份；确是往年的事，写明",
        ref=passage.ref,
    )


_SHOWN = 26
