"""The live formulas of indicators' marks show what perfgen computes, or leave it to perfgen."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from office import needs_office, recalculate
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.layouts.keys import Keys
from perfgen.layouts.scoring import read_scoring
from perfgen.model.layout import Column
from perfgen.model.numbers import plain
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook

BY_PERFGEN = "生成时计算"
RULES = """
[rules]
"达标" = "all_or_nothing"
"比例" = "ratio"
"评定" = "given"
"分档" = { rule = "bands", of = "completion", bands = [
  { above = "150%", share = "50%" }, { from = "100%", share = "100%" }, { from = "80%", share = "80%" },
] }
"偏差" = { rule = "steps", of = "deviation", better = "lower", full_at = "10%", step = "1%", loses_share = "2%" }
"结果" = { rule = "steps", better = "lower", full_at = "0%", step = "1%", loses = 1 }
[[attainments]]
name = "优"
from = "90%"
to = "100%"
words = ["好"]
[[attainments]]
name = "良"
from = "80%"
to = "90%"
"""  # noqa: E501
PAIRS = (
    ("≥", "100", "家", "85"), ("≥", "100", "家", "130"), ("≥", "600", "人", "299"),
    ("≤", "50", "万元", "62.5"), ("≤", "50", "万元", "0"), ("≤", "0", "起", "1"),
    ("＝", "8", "个", "6"), ("＝", "8", "个", "10"), ("", "≥95%", "", "92.5%"),
    ("", "12", "项", "11"), (">", "100", "家", "100"), (">", "100", "家", "101"),
    ("<", "2", "起", "4"), ("大于等于", "90", "%", "45"), ("定性", "优", "", "优"),
    ("定性", "优", "", "好"), ("定性", "优", "", "良"), ("定性", "健全", "", "健全"),
    ("定性", "健全", "", "基本健全"), ("", "12月31日前", "", "11月20日"), ("/", "/", "/", "/"),
    ("≥", "1.2", "万人", "9000人"), ("≥", "100", "家", ""), ("≤", "5", "%", "2.5"),
)  # fmt: skip


@pytest.fixture(scope="module")
def layout():
    """Sichuan's form with rules of every kind, a column to choose one, and a direction."""
    found = load_layout(find_layout("sichuan-project-self-evaluation"))
    table = tomllib.loads(RULES, parse_float=Decimal)
    scoring = read_scoring(Keys(table, Path("某市/layout.toml"), "scoring"))
    more = (
        Column(
            header="评分规则", role="indicator.rule", kind="choice", choices=tuple(scoring.rules)
        ),
        Column(header="指标方向性", role="indicator.direction"),
    )
    sheets = tuple(
        replace(sheet, columns=(*sheet.columns, *more)) if sheet.record == "indicator" else sheet
        for sheet in found.sheets
    )
    return replace(found, sheets=sheets, rules=replace(found.rules, scoring=scoring))


def rows(layout):
    for rule in ("", *layout.rules.scoring.rules):
        for way in ("", "反向指标"):
            for sign, value, unit, result in PAIRS:
                yield {
                    "项目名称": "甲", "一级指标": "产出指标", "二级指标": "数量指标",
                    "三级指标": f"{rule}{way}{sign}{value}", "指标性质": sign, "指标值": value,
                    "度量单位": unit, "完成值": result, "权重": "3", "评分规则": rule,
                    "指标方向性": way,
                }  # fmt: skip


@needs_office
def test_a_cell_shows_the_marks_that_print_or_leaves_them_to_perfgen(layout, tmp_path):
    file = tmp_path / "marks.xlsx"
    content = {
        "单位信息": [{"单位名称": "某局", "年度": "2023"}],
        "项目": [{"项目名称": "甲"}],
        "绩效指标": list(rows(layout)),
    }
    write_workbook(layout, file, content=content)
    recalculate(tmp_path, [file])
    report = read_report(open_workbook(file), layout)
    figures = compute(report, layout.rules).indicators
    sheet = openpyxl.load_workbook(tmp_path / "out/marks.xlsx", data_only=True)["绩效指标"]
    column = [cell.value for cell in sheet[1]].index("应得分") + 1
    wrong, left = [], []
    for number, row in enumerate(figures, 2):
        value = sheet.cell(number, column).value
        shown = value if isinstance(value, str) else plain(Decimal(str(value or 0)))
        shown = "" if value is None else shown
        wanted = "" if row.computed is None else plain(row.computed)
        about = (row.indicator.rule, row.indicator.target and row.indicator.target.text,
                 row.indicator.actual and row.indicator.actual.text, shown, wanted)  # fmt: skip
        if shown == BY_PERFGEN:
            left.append(about)
        elif shown != wanted:
            wrong.append(about)
    assert wrong == [], wrong
    by_hand = {"健全", "12月31日前", "≥1.2万人"}
    results = {target for rule, target, *_ in left if rule not in ("结果", "达标")}
    assert results <= by_hand, left
