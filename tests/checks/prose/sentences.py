"""Sentences of invented offices, right and wrong, and what the rules say of each.

`python tests/checks/prose/sentences.py FILE.tsv [--all]` prints how many wrong ones are found and
how many right ones are blamed, by kind. A line of a file is: office, wrong or right, place, kind,
sentence. The place is a section (开头, 正文), a task's result (任务1) or an indicator's reason
(原因2).
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from perfgen.checks import all_rules, run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.model.records import Report
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook

HERE = Path(__file__).resolve().parent
TEXTS = {"开头": "各项履职目标完成情况良好。", "正文": "资金使用规范，管理制度健全。"}
BREAK = "⏎"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of a file of sentences."""

    office: str
    wrong: bool
    place: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Office:
    """An invented office: its clean report and its layout."""

    report: Report
    layout: object


def read_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a file."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Sentence(office, word == "wrong", place, kind, text.replace(BREAK, "\n"))
        for office, word, place, kind, text in lines
    ]


def read_offices() -> dict[str, Office]:
    """Return the offices of offices.toml, each read back from a real workbook."""
    data = tomllib.loads((HERE / "offices.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        return {one["id"]: _office(one, Path(folder)) for one in data["offices"]}


def _office(data: dict, folder: Path) -> Office:
    layout = load_layout(find_layout(data.get("layout", "suzhou-self-evaluation")))
    content = _guangzhou(data) if "layout" in data else _suzhou(data)
    path = folder / f"{data['id']}.xlsx"
    write_workbook(layout, path, content=content)
    return Office(read_report(open_workbook(path), layout), layout)


def _suzhou(data: dict) -> dict[str, list[dict[str, str]]]:
    sections = {"二、年度履职目标完成情况": TEXTS["开头"],
                "四、部门（单位）整体支出绩效实现情况": TEXTS["正文"]}  # fmt: skip
    return {
        "基本信息": [{"部门（单位）名称": data["unit"], "年度": str(data["year"])}],
        "文字部分": [{"章节": name, "正文": text} for name, text in sections.items()],
        "预算信息": _rows(data["budget"], "预算项目", "类别", "年初预算数",
                      "上年度结转及当年预算追加追减数", "实际支出数"),
        "重点任务": [
            {**row, "对应部门主要职责": f"职能{number}：负责{row['任务名称']}"}
            for number, row in enumerate(_rows(data["tasks"], "任务名称", "完成情况"), 1)
        ],
        "绩效指标": [
            {**row, "类别": "履职", "完成值来源": "统计台账", "原因分析": "工作推进较好。"}
            for row in _rows(data["indicators"], "指标名称", "指标目标值", "指标完成值")
        ],
    }  # fmt: skip


def _guangzhou(data: dict) -> dict[str, list[dict[str, str]]]:
    sections = {"一、部门基本情况": TEXTS["开头"], "二、绩效自评情况": TEXTS["正文"]}
    layout = load_layout(find_layout(data["layout"]))
    names = layout.sheet_of("section").column("name").choices
    chosen = [names[0], names[1]]
    return {
        "基本信息": [{"单位名称": data["unit"], "年度": str(data["year"])}],
        "文字部分": [
            {"章节": name, "正文": text}
            for name, text in zip(chosen, sections.values(), strict=True)
        ],
        "收支情况": _rows(data["funds"], "事项", "上级", "年初预算数", "年度预算数", "执行数"),
        "重点任务": _rows(data["tasks"], "重点工作任务名称", "任务完成情况"),
        "项目支出": _rows(data["spending"], "重点任务", "主要支出项目", "年度预算金额", "支出金额"),
        "评分": [
            {**row, "评分规则": "评定" if row.get("得分") else "下级合计"}
            for row in _rows(data["scores"], "指标", "上级", "满分", "得分")
        ],
    }


def _rows(rows: list[list[str]], *headers: str) -> list[dict[str, str]]:
    return [dict(zip(headers, row, strict=True)) for row in rows]


def with_sentence(report: Report, sentence: Sentence) -> Report:
    """Return the report with the sentence in its place."""
    place, text = sentence.place, sentence.text
    if place in TEXTS:
        index = list(TEXTS).index(place)
        sections = list(report.sections)
        sections[index] = replace(sections[index], paragraphs=tuple(text.split("\n")))
        return replace(report, sections=tuple(sections))
    rows, number = ("tasks", place[2:]) if place.startswith("任务") else ("indicators", place[2:])
    records = list(getattr(report, rows))
    field = "result" if rows == "tasks" else "reason"
    records[int(number) - 1] = replace(records[int(number) - 1], **{field: text})
    return replace(report, **{rows: tuple(records)})


RULES = [rule for rule in all_rules() if rule.code.startswith(("PG3", "PG4"))]


def said_of(sentence: Sentence, offices: dict[str, Office], base: dict[str, set]) -> list:
    """Return the findings that a sentence adds to those of its office."""
    office = offices[sentence.office]

    def findings(report: Report) -> list:
        figures = compute(report, office.layout.rules)
        return list(run_checks(report, figures, office.layout, RULES).findings)

    if sentence.office not in base:
        base[sentence.office] = set(findings(office.report))
    return [one for one in findings(with_sentence(office.report, sentence))
            if one not in base[sentence.office]]  # fmt: skip


def main(path: Path, show: bool) -> None:
    """Print the counts by kind."""
    offices, base = read_offices(), {}
    counts: dict[tuple[bool, str], list[int]] = defaultdict(lambda: [0, 0])
    for sentence in read_sentences(path):
        found = said_of(sentence, offices, base)
        count = counts[sentence.wrong, sentence.kind]
        count[0] += bool(found)
        count[1] += 1
        if show and bool(found) != sentence.wrong:
            print("漏" if sentence.wrong else "误", sentence.office, sentence.kind, sentence.text)
        if show:
            for one in found:
                print("    ", one.code, one.severity, one.message)
    for office, findings in base.items():
        for one in findings:
            print("原有", office, one.code, one.message)
    for wrong, label in ((True, "错句查出"), (False, "对句误报")):
        these = {kind: c for (bad, kind), c in counts.items() if bad is wrong}
        hits, total = (sum(c[i] for c in these.values()) for i in (0, 1))
        detail = "，".join(f"{kind} {a}/{b}" for kind, (a, b) in these.items())
        print(f"{label} {hits}/{total} = {hits / max(total, 1):.1%}：{detail}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--all" in sys.argv)
