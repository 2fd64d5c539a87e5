"""PG325: how many projects, tasks and indicators there are, as sentences tell it (表里的行数)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from perfgen.checks.common.money_rows import detail_lines
from perfgen.checks.common.numbering import number_of
from perfgen.checks.common.passages import prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.counts import table_counts
from perfgen.model.finding import Severity
from perfgen.prose.text import folded, sentences

_NUMERAL = r"(?<![第每\d.])(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_LED = r"(?:共|一共|总共|共计|合计|总计)?(?:有)?"
_SET = (
    r"(?:安排|设立|设置|设定|设(?=了|绩效|三级|指标|[\d一二三四五六七八九十])|编列|编制|申报|涉及|纳入|列入|"
    "包含|包括|批复|确定|制定|明确|部署|围绕|聚焦|承担|"
    "开展|实施|填报|下设|细化为|分解为|共|共有|共计|合计|总计)(?:了|的|为)?"
)
_FILL = "(?:年度|本年度|部门|单位|预算|自评|绩效|评价|范围|考核|的|为|到|出){0,4}"


@dataclass(frozen=True, slots=True)
class _Form:
    """How a count of rows is told. What stands between unit and noun makes no choice of rows."""

    pattern: re.Pattern[str]
    what: str


def _forms(nouns: str, units: str, between: str, what: str) -> tuple[_Form, ...]:
    before = rf"{_SET}{_FILL}{_LED}{_NUMERAL}[{units}](?:{between}){{0,3}}(?:{nouns})"
    behind = rf"(?:{_SET})(?:{between}){{0,3}}(?:{nouns}){_LED}{_NUMERAL}[{units}]"
    return tuple(_Form(re.compile(form), what) for form in (before, behind))


_KIND_OF_PROJECT = "(?:预算|部门|专项|财政|重点){0,2}"
"""支出项目 may count 基本支出, too."""
_OF_ALL = (
    _Form(
        re.compile(
            rf"(?:对|将|把|就)(?:年度|部门|预算|的){{0,3}}{_NUMERAL}[个项]{_KIND_OF_PROJECT}"
            "项目(?:支出)?(?:全部|均|逐一|逐个|逐项|全面|都)"
        ),
        "项目",
    ),
    _Form(re.compile(rf"(?:全部|所有)(?:的)?{_NUMERAL}[个项]{_KIND_OF_PROJECT}项目"), "项目"),
    _Form(
        re.compile(
            rf"^(?:上述|以上|本年度?|全年|部门|[全我本](?:局|委|办|厅|院|校|馆|站|台|会|中心|单位|部门|系统))?"
            rf"{_NUMERAL}[个项]{_KIND_OF_PROJECT}项目(?:支出)?(?:全部|均|共计?|合计|总计|都)"
        ),
        "项目",
    ),
    _Form(re.compile(rf"(?:对应|涉及){_NUMERAL}[个项](?:主要)?(?:支出|预算)项目"), "项目"),
    _Form(
        re.compile(
            rf"^(?:全年|年中|年末|年初)?(?:对|将|把){_NUMERAL}[个项](?:预算|部门|支出)?项目(?:支出)?"
            "(?:开展|进行|实行|实施)(?:了)?[^,]{0,10}(?:自评|目标管理|全覆盖)"
        ),
        "项目",
    ),
)
"""Counts of all projects: of what is done to each of them, or to all of them at once."""

_MAIN_TASKS = _Form(
    re.compile(
        rf"(?:^|以|归并为|围绕|聚焦){_NUMERAL}(?:大|项)(?:重点|主要|年度|核心|工作){{0,2}}任务"
        "(?=共|预算|安排|项目|支出|资金|均|都|全部|分别|占|为|$)"
    ),
    "重点任务",
)
_PROJECTS = _OF_ALL + _forms(
    "项目(?!组|部|库|法|经理|化|式|负责|单位|资金|的)",
    "个项",
    "预算|支出|部门|绩效|专项|财政",
    "项目",
)
_INDICATORS = _forms("指标", "个项条", "绩效|三级|具体|考核|评价|目标|年度", "绩效指标")
_TASKS = (
    _MAIN_TASKS,
    *_forms("任务", "个项大", "年度|主要|履职|中心|工作|核心|重要|绩效", "重点任务"),
)
_CHOICE = re.compile(
    "其中|除|另|余下|剩余|未|部分|上年|去年|往年|上级|市级|省级|中央|区级|县级|国家|民生|重大|争取|招商|在建|续建|"
    "新建|子项|下属|所属|各镇|乡镇|街道|企业|产出|效益|满意度|数量|质量|时效|成本|一级|二级|分管|科室|同比|比|较|计划新|累计|"
    "评审|整改|抽查|检查|抽取|复核|调研|验收|培训|申请|科研|课题|工程项目"
)
_ANY_OF_THEM = ("开展", "实施", "涉及", "包括", "包含")
_ALL = re.compile("共|全年|全部|本年|年度|合计|总计|本次")
"""With these words a verb that may speak of any projects speaks of all."""

_OTHER_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年")


@rule(
    "PG325",
    Severity.WARNING,
    title="说的项目、任务或指标个数与表里的不同",
    reason="“共安排5个项目”“设置12项绩效指标”“确定4项年度任务”说的是全部的，应当就是表里的行数；"
    "增减一行以后正文最容易漏改。说的是其中一部分的（其中、市级、产出指标）、差得远的不比。",
    good="表里 4 个项目，正文“全年共安排 4 个项目”",
    bad="表里 4 个项目，正文“全年共安排 5 个项目”",
)
def told_rows(case: Case) -> Iterator[Hit]:
    """A number of projects, tasks or indicators that no table has."""
    known = _known(case)
    for passage in prose(case):
        if passage.kind not in ("section", "report"):
            continue
        told = [typed for typed, _, _ in table_counts(passage.text, case)]  # PG312 says it
        for sentence in sentences(passage.text):
            for clause in sentence.clauses:
                text = clause.text.replace(f"{case.report.year}年", "")
                if clause.depth or _OTHER_YEAR.search(text):
                    continue
                for form, said, there in _wrong(text, known):
                    if _CHOICE.search(_head(text, form)):
                        continue
                    if any(one in form or form in one for one in told):
                        continue
                    yield Hit(
                        subject=passage.subject,
                        message=f"{quoted(passage.shown)}里说{quoted(form)}，"
                        f"表里的{said}是 {there} 个",
                        hint="核对个数；说的只是一部分的，写明是哪一部分",
                        ref=passage.ref,
                    )


def _head(text: str, form: str) -> str:
    """The clause as far as words in it may choose some of the rows: not what 均 says of them."""
    end = text.find(form) + len(form)
    return text[:end] if form.endswith(("均", "全部", "都")) else text


def _wrong(text: str, known: dict[str, tuple[int, ...]]) -> Iterator[tuple[str, str, int]]:
    for form in (*_PROJECTS, *_INDICATORS, *_TASKS):
        counts = known[form.what]
        for found in form.pattern.finditer(text):
            said = number_of(found["count"])
            if not said or not counts or said in counts:
                continue
            if _any_of_them(found.group()) and not _ALL.search(text):
                continue
            if said > 1 and (
                _is_near(said, counts[0]) or _is_one_digit_off(found.group(), said, counts[0])
            ):
                yield found.group(), form.what, counts[0]


def _any_of_them(form: str) -> bool:
    """Whether a verb may speak of any projects; those of the budget are the table's."""
    return form.startswith(_ANY_OF_THEM) and not re.search("支出|预算", form)


def _is_near(said: int, known: int) -> bool:
    return abs(said - known) <= max(2, known // 4)


def _is_one_digit_off(form: str, said: int, known: int) -> bool:
    """Whether 共设26个 is 16 with one digit mistyped."""
    one, other = str(said), str(known)
    same = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return "共" in form and len(one) > 1 and same


def _known(case: Case) -> dict[str, tuple[int, ...]]:
    """The numbers of rows that sentences may mean, the likeliest first; none where unknown."""
    report = case.report
    projects = [len(detail_lines(case)) if report.budget else 0, len(report.projects)]
    projects += [len({one.project for one in report.indicators if one.project})]
    categories = Counter(one.category for one in report.indicators)
    lower = Counter(one.subcategory for one in report.indicators)
    indicators = [len(report.indicators), *categories.values(), *lower.values()]
    indicators += [
        _in_score_notes(case),
        len(categories),
        len(lower),
        len({one.name for one in report.indicators}),
    ]
    tasks = [len(report.tasks), len({line.group for line in report.budget if line.group})]
    return {
        "项目": _some(projects),
        "绩效指标": _some(indicators),
        "重点任务": _some(tasks),
    }


_NOTED = re.compile(r"绩效指标(?:共)?(\d{1,3})个")


def _in_score_notes(case: Case) -> int:
    """How many indicators the notes of the scores tell of, where each row tells its own."""
    notes = (_NOTED.findall(folded(score.note)) for score in case.report.scores)
    told = [int(found[0]) for found in notes if len(found) == 1]
    return sum(told) if len(told) > 1 else 0


def _some(counts: list[int]) -> tuple[int, ...]:
    return tuple(one for one in counts if one > 1)
