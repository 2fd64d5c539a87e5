"""The live formulas of scores show what perfgen computes: every rule, parents, typed marks."""

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
"按比率" = "ratio"
"达标得满分" = "all_or_nothing"
"扣分" = "deduction"
"按完成率" = "completion"
"超额完成扣分" = "overshoot"
"评定" = "given"
"取最高" = "best"
"变动率" = { rule = "steps", better = "lower", full_at = "0%", step = "1%", loses = 0.8 }
"完成率" = { rule = "steps", full_at = "100%", step = "5%", loses = 2, counted = "whole" }
"结转率" = { rule = "steps", better = "lower", full_at = "0%", step = "5%", loses = 1, counted = "started" }
"支付进度" = { rule = "steps", full_at = "95%", step = "1%", loses_share = "5%", zero_at = "80%" }
"控制率" = { rule = "bands", bands = [
  { to = "0%", share = "100%" }, { to = "10%", marks = 6 }, { below = "20%", marks = 4 },
] }
"支出率" = { rule = "bands", bands = [{ above = "95%", share = 1 }, { from = "60%", by_value = true }] }
"采购率" = { rule = "ratio", full_at = "95%" }
"公用经费" = { rule = "ratio", full_at = "60%", zero_at = "100%" }
"超支" = { rule = "all_or_nothing", better = "lower", full_at = "0%" }
"管理" = { rule = "given", full = 5 }
[over_completion]
above = "150%"
loses = "50%"
"""  # noqa: E501
BASES = (
    "100%", "99.5%", "95%", "94.9%", "82%", "72.52%", "60%", "59.9%", "20%", "12.3%", "10%", "0%",
    "-3%", "151%", "0.5", "2", "达标", "否", "/", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def layout():
    """The Guangzhou layout with all kinds of rules, and a column that shows the marks by rule."""
    found = load_layout(find_layout("guangzhou-self-evaluation"))
    table = tomllib.loads(RULES, parse_float=Decimal)
    scoring = read_scoring(Keys(table, Path("某市/layout.toml"), "scoring"))
    shown = Column(header="应得分", role="score.computed", kind="number", computed=True)
    sheets = tuple(
        replace(
            sheet,
            columns=(
                *(
                    replace(column, choices=tuple(scoring.rules))
                    if column.field == "rule"
                    else column
                    for column in sheet.columns
                ),
                shown,
            ),
        )
        if sheet.record == "score"
        else sheet
        for sheet in found.sheets
    )
    return replace(found, sheets=sheets, rules=replace(found.rules, scoring=scoring))


def rows(layout):
    """Every rule with every basis, then a tree with typed marks and details without any."""
    for word in layout.rules.scoring.rules:
        for place, basis in enumerate(BASES):
            yield {"指标": f"{word}{place}", "满分": "8", "评分规则": word, "计分依据": basis}
    yield {"指标": "整体"}
    yield {"指标": "投入", "上级": "整体"}
    yield {"指标": "“变动率”", "上级": "投入", "满分": "8", "计分依据": "2.5%"}
    yield {"指标": "编制", "上级": "投入", "满分": "10", "评分规则": "评定", "得分": "9.5"}
    yield {"指标": "其中：细化率", "上级": "编制"}
    yield {"指标": "创新", "上级": "整体", "评分规则": "取最高"}
    yield {"指标": "国家级*", "上级": "创新", "满分": "5", "评分规则": "评定", "得分": "3"}
    yield {"指标": "省级", "上级": "创新", "满分": "3", "评分规则": "评定", "得分": "2"}
    yield {"指标": "管理", "上级": "整体", "得分": "4"}


@needs_office
def test_a_cell_shows_the_marks_that_its_rule_gives_or_leaves_them_to_perfgen(layout, tmp_path):
    form = {"单位名称": "某局", "年度": "2023"}
    file = tmp_path / "scores.xlsx"
    content = {"基本信息": [form], "评分": list(rows(layout))}
    write_workbook(layout, file, content=content)
    recalculate(tmp_path, [file])
    report = read_report(open_workbook(file), layout)
    figures = compute(report, layout.rules).scores
    sheet = openpyxl.load_workbook(tmp_path / "out/scores.xlsx", data_only=True)["评分"]
    header = [cell.value for cell in sheet[1]]
    column = header.index("应得分") + 1
    wrong, left = [], []
    for number, row in enumerate(figures, 2):
        value = sheet.cell(number, column).value
        shown = "" if value is None else value if isinstance(value, str) else plain(_places(value))
        wanted = "" if row.computed is None else plain(row.computed)
        if shown == BY_PERFGEN:
            left.append((row.name, row.item.basis.text if row.item.basis else ""))
        elif shown != wanted:
            wrong.append((row.name, row.item.basis and row.item.basis.text, shown, wanted))
    assert wrong == []
    by_number = {basis for name, basis in left if not name.startswith("达标得满分")}
    assert by_number <= {"达标", "否"}
    totals = {row.name: row.computed for row in figures if row.level == 0 and row.parts}
    assert {name: str(value) for name, value in totals.items()} == {"整体": "22.50"}


def _places(value):
    return Decimal(str(round(value, 6)))
