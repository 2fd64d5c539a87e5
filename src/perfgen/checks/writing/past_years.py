"""Sentences that tell of this year's work under last year's date (截至上年底, 我局上年……)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from decimal import Decimal

from perfgen.prose.quantities import MARKS, quantities

_TITLE = re.compile(r"《[^《》]{0,80}》")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?")
_NUMBERED = (
    r"^(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\)?(?:是|、|\.)?,?)?"
    "(?:总体来看|总体看|综上|总的看)?,?"
)
TO_AN_END = re.compile(
    rf"{_NUMBERED}截[至止]到?(?P<year>上年度?|去年|(?:19|20)\d\d年度?)"
    r"(?:12月(?:份|底|末|31日)|年?底|年?末)"
)
_HISTORY = re.compile(
    "今年|本年|当年|同比|新增|净增|增至|增加到|累计(?!支出|执行|支付|拨付|使用|完成)|存量|保有|总数|总量|现有|共有|已有|在册|常住|"
    "户籍|登记|结转|结余|余额|欠|未|尚|至今|以来|上升|基数|其中"
)
_EXECUTION = re.compile("支出|执行率|执行进度|支付率|支付进度|拨付|预算")
_ALL_DONE = re.compile(
    "(?:全部|均|基本|圆满|如期|按时|已|全面|较好)(?:已|按期|地)?(?:全部)?(?:完成|实现|达成|达到|完工|竣工|验收|通过|交付|投用|落实|发放)"
)
_OUR_WORK = re.compile("目标|任务|指标|项目|工程|工作|资金|建设|改造|整治")
_ABOUT_OURS = (
    "(?:的)?(?:部门|单位)?(?:年度)?(?:整体支出|预算支出|部门预算|部门整体|整体绩效|绩效(?:目标|自评)?|"
    "各项(?:工作|目标|任务|指标|履职)|年度(?:目标|任务)|履职目标|工作任务|目标任务|预算执行|预算绩效)"
)
_VERDICT = re.compile("良好|较好|优秀|达到(?:了)?预期|完成|实现|达成|为优|为良|有效|圆满|规范|合规")
_ANOTHERS = re.compile(
    "整改|反馈|指出|发现|复评|重点评价|财政|第三方|抽查|通报|考核|上年|去年|较(?!好|快|大|高|强|为|多|早|完|有)|比(?!例|重|率|较|对)|增|减|结转|同期|应用|分别|"
    "以来|审计|巡察|延续|参照|计划|将|拟|编制|历史|回顾|基础上|由于|因为|受|延期|顺延|跨年|结算"
)


def to_an_end(text: str, year: int) -> str:
    """Return the year to whose end a sentence goes (截至2022年底), if it is one before `year`."""
    found = TO_AN_END.match(text)
    if found is None:
        return ""
    said = found["year"].rstrip("年度")
    past = not said.isdigit() or year - 3 <= int(said) < year
    return found["year"] if past else ""


def tells_of_ours(text: str, year: int) -> bool:
    """Return whether what is told up to the end of another year is the work of this one.

    截至2022年底，累计支出3120万元，执行率98%; 截至2022年底，各项任务全部完成.
    """
    rest = TO_AN_END.sub("", _TITLE.sub("", text), count=1)
    if _YEAR.search(rest) or _HISTORY.search(rest) or _ANOTHERS.search(rest):
        return False
    done = _ALL_DONE.search(rest) is not None and _OUR_WORK.search(rest) is not None
    return done or _EXECUTION.search(rest) is not None


def judged_year(text: str, year: int, own: Iterable[str], our_marks: Container[Decimal]) -> str:
    """Return the other year for which a sentence judges our work: 我局2022年整体支出绩效良好."""
    bare = _TITLE.sub("", text)
    said = {int(one) for one in _YEAR.findall(bare)}
    if len(said) != 1 or _ANOTHERS.search(bare) or not _VERDICT.search(bare):
        return ""
    marks = [one.number for one in quantities(bare) if one.unit == MARKS]
    if marks and not any(one in our_marks for one in marks):
        return ""  # 我局2022年整体支出自评得分91.2分: that year's own
    (other,) = said
    if not year - 3 <= other < year:
        return ""
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    form = (
        rf"(?:^|[,:])(?:从[^,]{{0,12}}看,)?(?:(?:{names})(?:在)?{other}年度?|(?:在)?{other}年度?,?(?:{names}))"
        rf"(?:,)?{_ABOUT_OURS}"
    )
    return str(other) if re.search(form, bare) else ""
