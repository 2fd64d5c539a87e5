"""PG326: the report's own year, mistaken in a conclusion, as 上年, or in its basis (年度写错)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage, passages, prose
from perfgen.checks.common.subjects import own_names
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.writing.past_years import judged_year, tells_of_ours, to_an_end
from perfgen.checks.writing.years_of_figures import OurFigures
from perfgen.model.finding import Severity
from perfgen.model.records import Report
from perfgen.prose.text import Sentence, sentences

_BASIS = re.compile(
    r"《(?P<title>[^《》\n]{0,40}?(?<!\d)(?P<year>(?:19|20)\d\d)年(?:度)?[^《》\n]{0,60})》"
)
_OF_EVALUATION = re.compile("自评|自我评价|绩效评价")
_BY = re.compile(
    r"(?:根据|按照|依据|依照|遵照|按)[^《》。；;\n]{0,40}$|(?:根据|按照|依据|依照)[^。；;\n]{0,120}$"
)
_OTHER_WAYS = re.compile("参照|沿用|参考|修订|废止|上年|去年|往年")
_CONCLUDES = re.compile(
    r"^(?:综上所述|综上|总体来看|总的来看|总的来说|总体而言|总之|整体来看)[,，]?(?:在)?"
    r"(?P<year>(?:19|20)\d\d)年(?:度)?[,，]?(?P<rest>[^。]{0,20})"
)
_US = ("我局", "我委", "我办", "我厅", "我院", "我中心", "我单位", "我部门", "全局", "本单位",
       "本部门", "本局", "本委", "部门整体", "整体支出", "部门预算", "单位整体")  # fmt: skip


@rule(
    "PG326",
    Severity.WARNING,
    title="把本年度写成了别的年度",
    reason="照上年的报告改，总结里的年度、“上年”和自评依据的通知最容易漏改：数是今年的，却写着上年；"
    "2023 年度的自评，依据的却是 2021 年度自评的通知。",
    good="综上，2023年我局较好完成了各项目标任务（报告是 2023 年度的）",
    bad="综上，2022年我局较好完成了各项目标任务（报告是 2023 年度的）",
    most=8,
)
def own_year(case: Case) -> Iterator[Hit]:
    """Another year in a conclusion, 上年 with our numbers, an older notice as the basis."""
    report = case.report
    figures = OurFigures(case)
    for passage in passages(case):
        if passage.kind == "report" and passage.text.lstrip().startswith("《"):
            yield from _basis_of_all(passage, report)
    for passage in prose(case):
        yield from _basis(passage, report)
        for place, paragraph in enumerate(passage.paragraphs):
            for number, sentence in enumerate(sentences(paragraph)):
                opens = place == number == 0 and sentence.text[:4].isdigit()  # PG311 says it
                said = (
                    _conclusion(sentence.text, report)
                    or figures.under_last_year(sentence, passage)
                    or _past_end(sentence, passage, report, figures)
                    or (None if opens else _judged(sentence.text, case))
                )
                if said:
                    yield _hit(passage, report, f"{quoted(sentence.text[:24])}{said}")


def _basis(passage: Passage, report: Report) -> Iterator[Hit]:
    """根据《关于开展2021年度绩效自评工作的通知》: an evaluation of this year needs this year's."""
    if not any(row.actual is not None for row in report.indicators) and not report.scores:
        return
    for found in _BASIS.finditer(passage.text):
        year = int(found["year"])
        before = passage.text[max(0, found.start() - 160) : found.start()]
        sentence = re.split("[。；;\n]", before)[-1]
        if year >= report.year or not _OF_EVALUATION.search(found["title"]):
            continue
        if not re.search("通知|方案|要求", found["title"]) or _OTHER_WAYS.search(sentence):
            continue
        if _BY.search(sentence):
            yield _hit(passage, report, f"自评的依据{quoted(found['title'][:30])}是 {year} 年度的")


def _basis_of_all(passage: Passage, report: Report) -> Iterator[Hit]:
    """The notice in the form's own cell (依据文件): 《关于做好2022年度绩效自评工作的通知》."""
    for found in _BASIS.finditer(passage.text):
        year, title = int(found["year"]), found["title"]
        off = year < report.year or year > report.year + 1  # 2024年的评价工作 is of 2023
        if off and _OF_EVALUATION.search(title) and "通知" in title:
            yield _hit(passage, report, f"自评的依据{quoted(title[:30])}是 {year} 年度的")


def _past_end(
    sentence: Sentence, passage: Passage, report: Report, figures: OurFigures
) -> str | None:
    """截至2022年底，累计支出……: this year's work, or its numbers, up to the end of another."""
    year = to_an_end(sentence.text, report.year)
    if not year:
        return None
    ours = figures.up_to_another_year(sentence, passage)
    if ours:
        return f"写着截至 {year.rstrip('度')}底，{ours}却是 {report.year} 年的数"
    return f"说的是 {year.rstrip('度')}底" if tells_of_ours(sentence.text, report.year) else None


def _judged(text: str, case: Case) -> str | None:
    names = (*_US, *own_names(case.report.unit))
    scores = [one.score for one in case.figures.scores if one.score is not None]
    scores += [one.total for one in case.figures.projects if one.total is not None]
    year = judged_year(text, case.report.year, names, scores)
    return f"说的是 {year} 年" if year else None


def _conclusion(text: str, report: Report) -> str | None:
    found = _CONCLUDES.match(text)
    if found is None or int(found["year"]) >= report.year:
        return None
    if not found["rest"].startswith((*_US, *own_names(report.unit))):
        return None
    return f"说的是 {found['year']} 年"


def _hit(passage: Passage, report: Report, said: str) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"报告是 {report.year} 年度的，{said}",
        hint="核对年度；确是别的年度的事，写明",
        ref=passage.ref,
    )
