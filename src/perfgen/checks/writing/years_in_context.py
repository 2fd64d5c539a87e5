"""Years that the words around them do not allow: bases that lie ahead, states of long ago (PG311).

A report is of one year. What it is compared with lies before, what a plan is due by lies ahead,
and what is told `截至` some other year is not this year's.
"""

from __future__ import annotations

import re

_LETTER = "[\u4e00-\u9fff]"
_SOME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)年"
_NOW = re.compile("今年|本年|当年|同年|[两三四五]年|上年|去年|次年|翌年|至今|目前")
_AHEAD = re.compile(
    "明年|下年|次年|下一步|计划|将|拟|力争|争取|预计|预期|目标|预算|概算|年初|期初|任务|测算|安排|设计|标准"
)
_RISES = (
    "增|减|提高|上升|下降|降低|多|少|缩短|上涨|回落|提升|扩大|压减|压降|"
    "压缩|节约|翻|改善|延长|加快|提前|持平|高|低"
)
_FIGURE = r"\d[\d.]{0,12}[^,。;:\d]{0,6}"
_BASES = (
    re.compile(
        rf"(?:(?<![占对相环类])比(?!例|重|率|赛|武|拼)|较(?!好|快|大|强|为)|高于|低于|多于|少于|优于|好于){_YEAR}(?:度|全年|年?末|年?底|同期)?"
        rf"(?:的?{_FIGURE}|{_LETTER}{{0,10}}?)(?:,?(?:又|再|也|均|都|分别|共|总体|明显|大幅|有所|略|净|实际)){{0,2}}(?:{_RISES})"
    ),
    re.compile(rf"(?:与|和|同){_YEAR}(?:度|全年|年?末|年?底|同期)?{_LETTER}{{0,10}}(?:的?{_FIGURE})?(?:相比|比较|持平|比)"),
    re.compile(
        rf"(?:由|从){_YEAR}(?:度|全年|年?末|年?底)?{_LETTER}{{0,6}}?的?{_FIGURE}"
        rf"(?:,|人|家|个)?(?:提高|增加|增长|增至|上升|下降|降低|降至|降到|缩短|升至|升到|扩大|减少|压减|提升|回落|发展|拓展|调整|延伸)"
    ),
    re.compile(rf"(?:是|为|恢复到|恢复至|相当于|达到?|超过){_YEAR}(?:度|全年|同期)?(?:的\d[\d.]{{0,8}}(?:倍|%)|水平)"),
)  # fmt: skip
"""比2026年的2640万元增加, 由2025年的28家扩大到: what a figure is compared with."""

_OF_THE_YEARS_PLAN = re.compile(
    "年初|期初|预算|计划|目标|任务|概算|批复|合同|上半年|下半年|季度|月"
)
"""较2023年预算减少: within a year, what was reached is compared with what was planned."""

_ABOVE = re.compile(
    rf"(?:高于|低于|多于|少于|优于|好于){_YEAR}(?:度|全年|同期)?(?:的?(?:平均)?水平|的?\d)"
)
_SCOPE = re.compile(
    rf"(?:评价|报告|自评|统计|核算|数据)(?:时段|期间|时期|期限|期|区间|基准日|时点|对象|范围|内容)(?:为|是|:|自|包括|涵盖){{1,2}}"
    rf"{_LETTER}{{0,6}}?{_YEAR}"
)
_DONE_LATER = re.compile(
    rf"^{_YEAR}(?:度)?,?{_LETTER}{{0,12}}?(?:共计?|累计|总计|先后|(?:全年|已)(?:完成|组织|开展|举办|发放|办理|受理|接待|"
    rf"服务|培训|检查|支出|建成|救助|审结|走访|演出|抽检|监测|实现)){_LETTER}{{1,14}}?\d"
)
_PLANNED = re.compile("将|拟|计划|力争|争取|预计|目标|安排|储备|谋划|提前|要求|拟定|确保|预算")
_OF_SELF = re.compile(rf"{_YEAR}[^,。;:]{{0,12}}前{_LETTER}{{0,6}}?(?:年度)?(?:绩效)?自评")

_THEME = re.compile(
    rf"^{_YEAR}(?:度)?,?(?:是|为|作为){_LETTER}[^,。;:\d]{{1,30}}?"
    "(?:之年|元年|[一之]年|年份|开局年|收官年|关键年|起步年|攻坚年|深化年|提升年|建设年|关键期)"
)
_STATE = re.compile(
    rf"^(?P<until>截[至止]到?)?{_YEAR}(?:度)?"
    r"(?:(?P<month>\d{1,2})月(?:\d{1,2}日|份|底|末|初)?|(?P<end>年?[底末]))(?:,|(?![之以]?前|以来|的|建成|竣工|投用|开始|启动)(?=[\u4e00-\u9fff\d]))"
)
_WHOLE_HISTORY = re.compile(
    "成立|设立|组建|挂牌|立项|获批|批复|开工|启动|印发|出台|中标|签订|以来|起,|建成时|投用|累计|存量|历史|原有|"
    "基数|基期|基础上|结转|结余|余额|欠|同期|同比|增|减|提高|上升|下降|比(?!例|率|重)|较(?!好|快|大|强)|新|"
    "评价|审计|考核|整改|反馈|通报|统计|普查|背景"
)
_LONG_AGO, _WITHIN = 2, 15
_THING = 4
"""So many characters right before a number say what is counted."""

_DUE = re.compile(
    rf"{_YEAR}(?:\d{{1,2}}月)?(?:\d{{1,2}}日|年?底|年?末|底|末|上半年|一季度|二季度|三季度|四季度)?(?:之|以)?前"
    rf"(?![一二三四五六七八九十\d]{{1,3}}个?[月季])(?P<rest>[^,。;:]{{2,20}})"
)
_PASSED_ALREADY = re.compile(
    "已|原|曾|了|建成的|以前|尚未|未|存在|参保|出生|入职|退休|登记|注册|购买|购置的|投用的|结转|上年|遗留|批准|取得|形成的"
)
_FAR_WORDS = re.compile(
    "规划|远景|愿景|展望|到20|至20|[-~]20|目标|力争|有效期|期限|届满|到期|合同|租|贷款|债|年限|使用权|期满|质保|中长期|"
    "寿命|还款|还本|运营期|特许|周期|退休|碳|达峰|预测|预计"
)
_DOCUMENT = re.compile(r"《[^《》]{0,80}》|[〔\[(](?:19|20)\d\d[〕\])]\d{1,5}号")
_TENS = 10


def out_of_context(
    text: str, following: str, year: int, *, plan: bool, plans: bool, beside: str = ""
) -> str:
    """Return what is wrong with a year of a sentence; empty where nothing is.

    `following` is the next sentence, `beside` the whole text; `plan` says that the report only
    has targets, `plans` that the text tells what will be done.
    """
    if not _SOME_YEAR.search(text):
        return ""
    bare = _DOCUMENT.sub("", text)
    return (
        _base(bare, year, plan=plan, plans=plans)
        or _theme(bare, following, year)
        or _state(bare, following, year, beside=beside)
        or (_due(bare, year) if plan else _of_this_year(bare, year))
        or _decade(bare, year)
    )


def _years(text: str) -> set[int]:
    return {int(one) for one in _SOME_YEAR.findall(text)}


def _base(text: str, year: int, *, plan: bool, plans: bool) -> str:
    """比2026年的2640万元增加: a base that lies ahead, or is the year that is compared itself."""
    years = _years(text)
    for form in (*_BASES, _ABOVE):
        for found in form.finditer(text):
            said = int(found["year"])
            if said < year or any(other > said for other in years):
                continue
            own = said == year
            if own and (plan or plans or _AHEAD.search(text) or _NOW.search(text)):
                continue
            if own and _OF_THE_YEARS_PLAN.search(found.group()):
                continue
            if own and text[: found.start()].rpartition(",")[2].endswith(("月", "季度")):
                continue
            return f"拿 {said} 年作比较的基数"
    return ""


def _theme(text: str, following: str, year: int) -> str:
    """2021年是……攻坚之年, as the words that open what this year was."""
    found = _THEME.match(text)
    if found is None or int(found["year"]) >= year or len(_years(text)) > 1:
        return ""
    goes_on = _NOW.search(text[found.end() :]) or str(year) in following or _NOW.search(following)
    return "" if goes_on else f"说的是 {found['year']} 年"


def _state(text: str, following: str, year: int, *, beside: str) -> str:
    """截至2014年底，在职……: how things stood in another year, where nothing is compared with it."""
    found = _STATE.match(text)
    if found is None or not (found["until"] or found["end"]):
        return ""
    said = int(found["year"])
    if not year - _WITHIN <= said <= year - _LONG_AGO or len(_years(text)) > 1:
        return ""
    thing = re.split(r"\d", text[found.end() :], maxsplit=1)[0][-_THING:]
    if not found["until"] and len(thing) == _THING and beside.count(thing) > 1:
        return ""  # 2021年底在册隐患点458处, where the text tells of this year's, too
    around = text + following
    if _NOW.search(around) or str(year) in following or _WHOLE_HISTORY.search(around):
        return ""
    return f"说的是 {said} 年{'底' if found['end'] else ''}的情况" if re.search(r"\d", text) else ""


def _of_this_year(text: str, year: int) -> str:
    """评价期间为2022年1月至12月, and 2025年度共培训12期: what is reported is of the year."""
    scope = _SCOPE.search(text)
    if scope and int(scope["year"]) != year and year not in _years(text):
        return f"自评的期间是 {scope['year']} 年"
    later = _DONE_LATER.match(text)
    if later and year < int(later["year"]) <= year + _LONG_AGO and not _PLANNED.search(text):
        return f"说的是 {later['year']} 年做的事"
    return ""


def _due(text: str, year: int) -> str:
    """2024年3月底前完成年度自评, in a plan of 2025."""
    own = _OF_SELF.search(text)
    if own and int(own["year"]) > year + 1:
        return f"年度自评写在 {own['year']} 年"
    for found in _DUE.finditer(text):
        said = int(found["year"])
        before = text[: found.start()].rpartition(",")[2]
        told = before + found["rest"]
        if said < year and "的" not in found["rest"] and not _PASSED_ALREADY.search(told):
            return f"要求 {said} 年完成"
    return ""


def _decade(text: str, year: int) -> str:
    """2034年度 for 2024年度: another decade, where nothing looks so far ahead."""
    if _FAR_WORDS.search(text):
        return ""
    for said in _years(text):
        near = any(said - (year + step) == _TENS for step in (-1, 0, 1))
        if near and len(_years(text)) == 1:
            return f"写着 {said} 年，像是 {said - _TENS} 年写错了一位"
    return ""


_DATED = re.compile(
    rf"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年|(?<![\d.年]))(?:(?P<month>1[0-2]|[1-9])月|第?(?P<quarter>[一二三四])季度)"
    rf"(?!{_LETTER}{{0,2}}(?:前|以前|之前|平均|均))"
)
_LIST_MARK = re.compile(r"(?:(?<=[\n。;])|^)[(]?\d{1,2}[.、)](?=\d)")
_BEGINS = re.compile(r"(?:^|[,。;\n:])$")
_COMPARES = re.compile(
    "比|较|同期|上年|去年|延期|推迟|顺延|结转|计划|将|拟|预计|待|力争|质保|到期|起|至|截"
)
_OTHERS_DEED = re.compile("立项|获批|批复|印发|出台|发布|下达|成立|开工建设|发证")
_LEAST_DATED = 3


def odd_step(text: str, year: int) -> str:
    """Return what is wrong with a dated step among others (1.2022年3月招标；2.5月开工).

    `text` is folded and holds all steps. A month without a year is of the report's own.
    """
    bare = _LIST_MARK.sub("", _DOCUMENT.sub("", text))
    dated = list(_DATED.finditer(bare))
    return _among_bare_months(bare, dated, year) or _among_full_dates(bare, dated)


def _among_bare_months(text: str, dated: list[re.Match[str]], year: int) -> str:
    with_year = [one for one in dated if one["year"]]
    if len(with_year) != 1 or len(_years(text)) != 1 or len(dated) < 2:
        return ""
    odd = with_year[0]
    said, place = int(odd["year"]), dated.index(odd)
    if said == year or not _BEGINS.search(text[max(0, odd.start() - 1) : odd.start()]):
        return ""
    step = re.split("[,。;\n]", text[odd.start() :], maxsplit=1)[0]
    rest = text[: odd.start()] + text[odd.end() :]
    if _COMPARES.search(step) or _NOW.search(rest) or abs(said - year) > _WITHIN:
        return ""
    behind = [_month(one) for one in dated[place + 1 :]]
    ahead = [_month(one) for one in dated[:place]]
    follows = bool(behind) and behind[0] >= _month(odd)
    goes_back = said < year and bool(ahead) and not _OTHERS_DEED.search(step)
    if (follows and not (said < year and not ahead and _OTHERS_DEED.search(step))) or goes_back:
        return f"写着 {said} 年 {_month(odd)} 月，前后各步都没有写别的年份"
    return ""


def _among_full_dates(text: str, dated: list[re.Match[str]]) -> str:
    full = [(int(one["year"]), _month(one), one) for one in dated if one["year"]]
    if len(full) < _LEAST_DATED or len(full) != len(dated):
        return ""
    for before, odd, behind in zip(full, full[1:], full[2:], strict=False):
        same = before[0] == behind[0] and before[:2] <= behind[:2]
        out = not before[:2] <= odd[:2] <= behind[:2]
        fits = before[1] <= odd[1] <= behind[1]
        near = text[max(0, odd[2].start() - 8) : odd[2].start()]
        if same and odd[0] != before[0] and out and fits and not _COMPARES.search(near):
            return f"写着 {odd[0]} 年 {odd[1]} 月，前后都是 {before[0]} 年"
    return ""


def _month(found: re.Match[str]) -> int:
    """The month of a date; of a quarter its last one."""
    quarter = found["quarter"]
    return (_QUARTERS.index(quarter) + 1) * 3 if quarter else int(found["month"])


_QUARTERS = "一二三四"
