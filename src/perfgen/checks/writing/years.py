"""PG311: the report's year is meant throughout (年度)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from perfgen.checks.common.passages import Passage, passages
from perfgen.checks.common.subjects import own_names
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import is_plan
from perfgen.checks.writing.years_in_context import odd_step, out_of_context
from perfgen.checks.writing.years_of_figures import OurFigures
from perfgen.model.finding import Severity
from perfgen.prose.text import Sentence, folded, sentences

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s{0,3}年(?:度)?")
_OF_PLANS = re.compile("下一步|打算|改进|措施|计划|建议|展望")
"""Sections that tell of what will be done."""

_OTHER_BUSINESS = re.compile(
    r"结果应用|整改|计划|打算|安排|展望|下一步|思路|谋划|回顾|上年|中长期|规划|以来|[-—~至到]\s{0,3}20\d\d"
)
_HEADING = re.compile(
    r"^\s{0,4}(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])"
)
_REPORTED = re.compile(
    r"((?:19|20)\d\d)\s{0,3}年(?:度)?[^。；，,《》\d]{0,24}?(?:自评|绩效|目标)"
    r"[^。；，,《》\d]{0,12}?(?:报告|汇报|公开|说明)如下"
)
_TITLE = re.compile(r"《[^《》\n]{0,80}》")
_DOCUMENT = re.compile(
    r"[〔【\[［（(]\s{0,2}((?:19|20)\d\d)\s{0,2}[〕】\]］）)]\s{0,2}第?\d{1,5}\s{0,2}号"
)
_HEADING_LENGTH = 40

_WANTED = re.compile(
    r"规划|目标(?:是|为|年)|计划|力争|将(?!.{0,12}作为)|预计|远期|中期|有效期|建设期|合同期|期限|任期|按合同|合同工期|按工期|拟|展望|打算|下一步|到20\d\d年|"
    r"[-~至]20\d\d|收官|届满|到期|质保|十四五|十五五|争取|明年|前完成|开局|谋划|实施期|周期|执行期|还款|年限"
)
_USED_FOR = re.compile("依据|参考|挂钩|安排|优化|编制|应用|调整|预算")
"""A report is made in the year after its own, when the budget of the next one is prepared."""
_DONE = re.compile(
    r"现已|已经?(?:完成|完工|竣工|交付|建成|投入|通过|开工|实现|达到|印发|发放)|均已|完成验收|通过验收|完工|竣工|建成投用|"
    r"取得成效|圆满完成|全面完成|本年度内"
)
_BY_THEN = re.compile("[底末日月年][之以]?前[^,。;]{0,8}?(?:完|竣|建|投|交|启|达|实)")
"""2024年3月底前完工: a deadline, where nothing says that it was kept."""

_LEFT_OVER = re.compile(
    "余下|其余|剩余|剩下|尚有|还有|仍有|另有|跨年|在建|尾项|推迟|延后|延期|顺延"
)
"""余下工程2025年4月完成: what goes on after the report's year."""

_SURELY_DONE = re.compile("现已|均已|已经|已完成|取得成效")
_LATER_WORK = re.compile(
    r"自评|评价|决算|公开|报送|审计|编制|申报|批复|汇报|验收结算|总结|考核|复核|预算"
)
_WHOLE_YEAR = re.compile(r"^(?:在)?((?:19|20)\d\d)年(?:度)?(?:以来|来|内|期间|里)?(?:,|:|$)")
_FISCAL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度")
_HISTORY = re.compile(
    r"成立|设立|组建|始建|对标|恢复|基数|基期|水平|(?:竣工|建成|投用|完工|投产|开业)的|印发|发布|出台|以来|自(?:19|20)\d\d|起,|较(?!好|快|大|高|多|强|小|低|慢|为|早|完|有)|比(?!例|重|率|较|对|武|赛|拼)|历年|往年|上年|回顾|规划|至今|延续|沿用|参照|为此|因此"
)


@rule(
    "PG311",
    Severity.ERROR,
    title="年度不对",
    reason="照上年的报告改，年度最容易漏改。小标题、“现将……年……报告如下”里的年度应是报告的年度。"
    "作提醒的有：一章开头说的是别的年度；报告年度两年以后的年份（没有“规划”“到……年”等字样）；"
    "说已经完成、日期却在年度之后；写着别的年度、数却是本年度表里的；拿以后的年份作比较的基数；“截至”别的年份；几步里只有一步写着别的年份；依据的文件比报告年度晚两年以上；完成值来源全是别的年度的材料。"
    "写明是别的年度的工作、材料不算。",
    good="2023 年度的报告，小标题“2023年度预算执行情况”",
    bad="2023 年度的报告，小标题“2022年度预算执行情况”",
    most=5,
)
def other_year(case: Case) -> Iterator[Hit]:
    """R52: another year than the report's in headings, openings, sentences or all evidence."""
    year = case.report.year
    own = own_names(case.report.unit)
    figures = OurFigures(case)
    for passage in passages(case):
        if not passage.printed:
            continue
        if passage.kind == "indicator" and passage.field == "evidence":
            yield from _evidence(passage, year)
        elif passage.kind == "section" or passage.field.startswith("text."):
            yield from _headings(passage, year)
        if passage.prose:
            yield from _sentences(passage, case, own, figures)


# --- headings and evidence -----------------------------------------------------------------------


def _headings(passage: Passage, year: int) -> Iterator[Hit]:
    named = passage.field == "name"
    for paragraph in (passage.text,) if named else passage.paragraphs:
        for wrong in _claimed_years(paragraph, named=named):
            if wrong != year:
                yield _hit(passage, year, f"{_shown(paragraph)}写着 {wrong} 年")


def _claimed_years(paragraph: str, *, named: bool) -> list[int]:
    """The years that a heading, or the opening of a report, gives as the report's own."""
    text = _TITLE.sub("", paragraph)
    opening = [int(year) for year in _REPORTED.findall(text)]
    heading = named or (
        len(text) <= _HEADING_LENGTH
        and (_HEADING.match(text) or len(text) <= 20)
        and text[-1:] not in "。；，：！？;,!?"
    )
    years = {int(year) for year in _YEAR.findall(text)}
    if not heading or len(years) != 1 or _OTHER_BUSINESS.search(text):
        return opening
    return [*opening, *years]


def _evidence(passage: Passage, year: int) -> Iterator[Hit]:
    text = passage.text
    years = {int(found) for found in _YEAR.findall(_TITLE.sub("", _DOCUMENT.sub("", text)))}
    if years and not years & {year, year + 1}:
        shown = "、".join(str(one) for one in sorted(years))
        yield Hit(
            subject=passage.subject,
            message=f"报告是 {year} 年度的，{quoted(passage.shown)}的来源是 {shown} 年的材料："
            f"{_shown(text)}",
            hint="核对有没有拿错材料；确实用别的年度的，在“说明事项”里说明",
            ref=passage.ref,
            severity=Severity.WARNING,
        )


# --- sentences -----------------------------------------------------------------------------------


def _sentences(
    passage: Passage, case: Case, own: tuple[str, ...], figures: OurFigures
) -> Iterator[Hit]:
    year, plan = case.report.year, is_plan(case)
    plans = plan or _OF_PLANS.search(f"{passage.subject}{passage.header}") is not None
    told = [
        (sentence, place == number == 0 and passage.kind in ("section", "report"))
        for place, paragraph in enumerate(passage.paragraphs)
        for number, sentence in enumerate(sentences(paragraph))
    ]
    found = False
    for (sentence, opens), following in zip_longest(told, [one.text for one, _ in told[1:]]):
        said = _opening_year(sentence, year, own) if opens else None
        said = (
            said
            or _odd_year(sentence, year, plans=plans)
            or out_of_context(
                sentence.text,
                following or "",
                year,
                plan=plan,
                plans=plans,
                beside=folded(passage.text),
            )
            or figures.under_another_year(sentence, passage)
        )
        if said:
            found = True
            yield _hit(passage, year, f"{_shown(sentence.text)}{said}", Severity.WARNING)
    step = "" if found or passage.kind == "indicator" else odd_step(folded(passage.text), year)
    if step:
        yield _hit(passage, year, f"{quoted(passage.shown)}里{step}", Severity.WARNING)


def _opening_year(sentence: Sentence, year: int, own: tuple[str, ...]) -> str | None:
    """A chapter that begins with another year, as if it were the report's: 2022年，我局……"""
    found = _WHOLE_YEAR.match(sentence.text)
    direct = re.match(r"((?:19|20)\d\d)年(?:度)?", sentence.text)
    if found is None and direct is not None:
        rest = sentence.text[direct.end() :]
        if rest.startswith(
            ("我局", "我委", "我办", "我单位", "我部门", "全局", "本单位", "本部门", *own)
        ):
            found = direct
    if found is None or int(found[1]) == year:
        return None
    if (
        str(year) in sentence.text
        or _HISTORY.search(sentence.text)
        or (int(found[1]) > year and _WANTED.search(sentence.text))
    ):
        return None
    return f"说的是 {found[1]} 年"


def _odd_year(sentence: Sentence, year: int, *, plans: bool) -> str | None:
    text = sentence.text
    for title in _TITLE.findall(text):
        late = [int(one) for one in _YEAR.findall(title) if int(one) >= year + 2]
        if late and not re.search("规划|纲要|[-—至]", title):
            return f"提到的文件是 {late[0]} 年的，晚于报告年度"
    late = [int(one) for one in _DOCUMENT.findall(text) if int(one) >= year + 2]
    if late:
        return f"提到的文件是 {late[0]} 年的，晚于报告年度"
    bare = _TITLE.sub("", text)
    if slip := _slip_of_year(bare, year) or _came_later(bare, year):
        return slip
    done, wanted, used, later, surely = (
        form.search(bare) is not None
        for form in (_DONE, _WANTED, _USED_FOR, _LATER_WORK, _SURELY_DONE)
    )
    wanted = wanted or (_BY_THEN.search(bare) is not None and "已" not in bare)
    years = dict.fromkeys(int(found) for found in _YEAR.findall(bare))
    for said in years:
        by_year = said >= year + 2 and {year, said - 1} <= set(years)  # 2024年71%、2025年81%、……
        if by_year or _is_moved_to(bare, said):
            continue
        planned = wanted or plans or (said == year + 2 and used)
        if said >= year + 2 and (not planned or surely):
            return f"写着 {said} 年，在报告年度以后"
        left_over = _LEFT_OVER.search(bare.partition(str(said))[0]) is not None
        if said == year + 1 and done and not (wanted or later or plans or left_over):
            return f"说 {said} 年已经完成，在报告年度以后"
    for found in _FISCAL_YEAR.finditer(bare):
        if int(found[1]) <= year - 3 and done and not _HISTORY.search(bare):
            return f"写着 {found[1]} 年度"
    return None


_CAME_IN = re.compile(
    r"(?<![计划拟将])(?:建成于|建于|始建于|成立于|组建于|设立于|购置于|购于|投用于|启用于|竣工于)"
    r"((?:19|20)\d\d)年"
)
"""When something that is there came to be: 宿舍楼建于1998年."""

_FOUND_IN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年度?[^,。;\d]{0,10}?(?:接收|招录|发现|查出|反映|指出|遗留|购置)的"
)
"""What was found or taken in, in a year: 2022年评价发现的问题."""


def _came_later(text: str, year: int) -> str | None:
    for form, ahead in ((_CAME_IN, 1), (_FOUND_IN, 2)):
        for found in form.finditer(text):
            if int(found[1]) >= year + ahead:
                return f"说 {found[1]} 年已有，在报告年度以后"
    return None


_MOVED = (
    "(?:转入|转至|转到|转为|结转|改在|改到|改至|移至|移到|推迟到|推迟至|延至|延期至|顺延至|顺延到|留待|留到|"
    "并入|纳入|列入|放到|放在|调整到|调整至|待)"
)


def _is_moved_to(text: str, said: int) -> bool:
    """Whether something only goes on in a year, or was moved there: 转入2024年续建34个."""
    return re.search(rf"{_MOVED}{said}年|{said}年(?:度)?(?:续建|续作|继续|接续)", text) is not None


_AIMED_AT = re.compile(
    r"(?<!截)(?<!截至)(?<!截止)(?<!达)(?:力争|争取|确保|计划|预计|将于|拟于|到|至)(?:到|在|于)?"
    r"(?<!\d)((?:19|20)\d\d)年(?:底|末|前)?(?:[,前]|底|末|[\u4e00-\u9fff])"
)
_RANGE_BEFORE = re.compile(r"(?:从|由|自|20\d\d年?(?:度|底|末|\d{1,2}月)?)$")
_BASE_BEFORE = re.compile(
    "(?:恢复|回升|回落|回到|追溯|上溯|相当于?|对标|对照|追平|接近|不及|超过|达)$"
)
_BASE_BEHIND = re.compile("年度?(?:同期|的?水平|的[1-9]|疫情前|前的)")
"""恢复至2019年的92%: a year that is only compared with."""
_NEAR_YEARS = range(-1, 4)


def _slip_of_year(text: str, year: int) -> str | None:
    """2032年 for 2023年; 力争2015年 in a report of 2024: a year that its words do not allow."""
    for said in dict.fromkeys(int(found) for found in _YEAR.findall(text)):
        moved = any(sorted(str(said)) == sorted(str(year + step)) for step in _NEAR_YEARS)
        if said > year + 3 and said % 5 and moved and "规划" not in text:
            return f"写着 {said} 年，像是 {year} 年前后的年份写颠倒了"
    for aimed in _AIMED_AT.finditer(text):
        before = text[max(0, aimed.start() - 10) : aimed.start()]
        if _BASE_BEFORE.search(before) or _BASE_BEHIND.match(text, aimed.end(1)):
            continue
        if int(aimed[1]) < year - 1 and not _RANGE_BEFORE.search(before):
            return f"说到 {aimed[1]} 年的打算，在报告年度以前"
    return None


def _hit(passage: Passage, year: int, said: str, severity: Severity | None = None) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"报告是 {year} 年度的，{said}",
        hint=f"改成 {year} 年" if severity is None else "核对年份；确是别的年度的事，写明",
        ref=passage.ref,
        severity=severity,
    )


def _shown(text: str, length: int = 24) -> str:
    return quoted(text if len(text) <= length else f"{text[:length]}……")
