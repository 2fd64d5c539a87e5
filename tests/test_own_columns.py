"""A layout's own columns and formulas, from the filled workbook to each of its ends."""

import json
from decimal import Decimal

import docx
import openpyxl
import pytest

from own_layouts import column, computed, filled, own_folder, report_of
from perfgen.build import Request, load
from perfgen.layouts import load_layout
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document

COLUMNS = (
    column("联系电话", "text", "private = true", role="expense.phone")
    + computed("1-7月执行率", "percent", "[1-7月执行数] / [年初预算数]",
               "print = { decimals = 1 }", role="expense.rate")
    + computed("档次", "text", '若([1-7月执行率] ≥ 60%, "快", "慢")', role="expense.pace")
)  # fmt: skip
ITEMS = computed("预算合计", "amount", "合计([经费：年初预算数])",
                 "print = { thousands = true, decimals = 2 }",
                 role="report.own.total", record="report")  # fmt: skip
PAGE = """
<p>{{ report.unit }}预算合计 {{ report | cell("预算合计") }} 万元</p>
<table><tbody>{% for row in own.expense %}
<tr><th scope="row">{{ row | cell("项目") }}</th><td>{{ row | cell("budget") }}</td>
<td>{{ row | cell("1-7月执行数") }}</td><td>{{ row | cell("1-7月执行率") }}</td>
<td>{{ row | cell("档次") }}</td><td>{{ row | cell("联系电话") }}</td></tr>
{% endfor %}</tbody></table>
"""
BUDGET = {"年初预算数（万元）": "1200"}
ROWS = [
    {
        "项目": "培训",
        "年初预算数（万元）": "1200",
        "1-7月执行数": "800.5",
        "联系电话": "0510-12345",
    },
    {"项目": "会议", "年初预算数（万元）": "34.5", "1-7月执行数": "3"},
]


@pytest.fixture
def folder(tmp_path):
    """A folder with such a layout, and a filled workbook."""
    own_folder(tmp_path / "layouts", columns=COLUMNS, items=ITEMS, page=PAGE)
    filled(load_layout(tmp_path / "layouts/own"), tmp_path / "自评.xlsx", ROWS)
    return tmp_path


def change(path, header, row, value, sheet="经费"):
    """Type a value into a cell, as an officer does."""
    book = openpyxl.load_workbook(path)
    place = [cell.value for cell in book[sheet][1]].index(header) + 1
    book[sheet].cell(row, place, value)
    book.save(path)


def test_the_documents_print_typed_and_computed_columns(folder, perfgen):
    said = perfgen("build", folder / "自评.xlsx", "-o", folder / "out")
    assert said.code == 0, said.err
    texts = list(Document((folder / "out/自评.docx").read_bytes()).texts())
    assert "某某市水务局预算合计 1,234.50 万元" in texts
    start = texts.index("培训")
    assert texts[start:] == [
        *("培训", "1200", "800.5", "66.7%", "快", "0510-12345"),
        *("会议", "34.5", "3", "8.7%", "慢", ""),
    ]


def test_a_typed_result_that_differs_is_a_finding_with_cell_computed_and_typed(folder, perfgen):
    change(folder / "自评.xlsx", "1-7月执行率", 2, 0.7)
    said = perfgen("check", folder / "自评.xlsx", "--json")
    found = [one for one in json.loads(said.out)["findings"] if one["code"] == "PG129"]
    assert len(found) == 1
    assert (found[0]["sheet"], found[0]["cell"]) == ("经费", "J2")
    assert "“培训”的1-7月执行率填的是 70%" in found[0]["message"]
    assert "应当是 66.7%" in found[0]["message"]


@pytest.mark.parametrize("typed", [0.667, 0.66708, "66.71%", "66.7%", 0.67])
def test_a_typed_result_with_other_decimals_is_none(folder, perfgen, typed):
    change(folder / "自评.xlsx", "1-7月执行率", 2, typed)
    said = perfgen("check", folder / "自评.xlsx", "--json")
    codes = [one["code"] for one in json.loads(said.out)["findings"]]
    assert "PG129" not in codes


def test_a_typed_result_that_is_explained_prints_as_it_was_published(folder, perfgen):
    change(folder / "自评.xlsx", "1-7月执行率", 2, 0.7)
    for header, value in (("规则代码", "PG129"), ("对象", "培训"), ("理由", "已经公开")):
        change(folder / "自评.xlsx", header, 2, value, "说明事项")
    layout = load_layout(folder / "layouts/own")
    report = report_of(layout, folder / "自评.xlsx")
    assert str(report.own["expense"][0].values["rate"]) == "0.7"
    said = perfgen("build", folder / "自评.xlsx", "-o", folder / "out")
    assert said.code == 0, said.err
    assert "70.0%" in list(Document((folder / "out/自评.docx").read_bytes()).texts())


def test_the_rules_of_formulas_are_explained(perfgen):
    said = perfgen("explain", "PG129")
    assert "公式" in said.out and "[实际支出数] / [预算数]" in said.out


def test_a_difference_shows_what_was_typed_and_what_follows(folder, perfgen):
    layout = load_layout(folder / "layouts/own")
    filled(layout, folder / "改后.xlsx", [{**ROWS[0], "1-7月执行数": "300"}, ROWS[1]])
    said = perfgen("diff", "自评.xlsx", "改后.xlsx")
    for words in ("1-7月执行数", "800.5", "300", "1-7月执行率", "66.7%", "25.0%", "快", "慢"):
        assert words in said.out, words


def test_the_data_of_the_document_gives_the_same_workbook_again(folder, perfgen):
    perfgen("build", folder / "自评.xlsx", "-o", folder / "out")
    said = perfgen("extract", folder / "out/自评.pdf", "--layouts", folder / "layouts", "--xlsx",
                   folder / "取回.xlsx")  # fmt: skip
    assert said.code == 0, said.err
    layout = load_layout(folder / "layouts/own")
    before, after = (report_of(layout, folder / name) for name in ("自评.xlsx", "取回.xlsx"))
    for field in ("name", "budget", "july", "rate", "pace"):
        assert [row.values[field] for row in after.own["expense"]] == [
            row.values[field] for row in before.own["expense"]
        ], field
    assert after.facts["own.total"].content == before.facts["own.total"].content


def test_a_sentence_may_quote_a_result(folder, perfgen, tmp_path):
    page = "<p>{{ facts.note }}</p>" + PAGE
    note = column("说明", "long", role="report.text.note", record="report")
    own_folder(folder / "layouts", columns=COLUMNS, items=ITEMS + note, page=page)
    layout = load_layout(folder / "layouts/own")
    form = {"说明": "培训经费执行率【经费：培训：1-7月执行率】，共【基本信息：预算合计】万元。"}
    filled(layout, folder / "自评.xlsx", ROWS, form)
    said = perfgen("build", folder / "自评.xlsx", "-o", folder / "out")
    assert said.code == 0, said.err
    texts = list(Document((folder / "out/自评.docx").read_bytes()).texts())
    assert "培训经费执行率66.70%，共1234.5万元。" in texts


def test_what_is_private_is_printed_but_not_disclosed(folder, perfgen):
    perfgen("build", folder / "自评.xlsx", "-o", folder / "out")
    assert "0510-12345" in "".join(page_texts((folder / "out/自评.pdf").read_bytes()))
    said = perfgen("build", folder / "自评.xlsx", "-o", folder / "公开", "--disclose")
    assert said.code == 0, said.err
    (pdf,) = [file for file in (folder / "公开").glob("*.pdf") if "审核单" not in file.name]
    text = "".join(page_texts(pdf.read_bytes()))
    assert "800.5" in text and "0510-12345" not in text
    data = perfgen("extract", folder / "out/自评.pdf", "--layouts", folder / "layouts").out
    assert "800.5" in data and "0510-12345" not in data


def test_a_summary_lists_the_columns_that_only_a_layout_has(folder, perfgen):
    said = perfgen("summarize", folder / "自评.xlsx", "-o", folder / "汇总.xlsx")
    assert said.code == 0, said.err
    sheet = openpyxl.load_workbook(folder / "汇总.xlsx")["版式自有列"]
    rows = [tuple(row[3:8]) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert ("基本信息", None, "预算合计", 1234.5, None) in rows
    assert ("经费", "培训", "1-7月执行率", 0.667, None) in rows
    assert ("经费", "会议", "档次", None, "慢") in rows
    assert not any(row[2] == "联系电话" for row in rows)  # private


def test_what_was_edited_in_word_goes_back_and_a_result_does_not(folder, perfgen):
    note = column("说明", "long", role="expense.note")
    page = PAGE.replace("档次", "说明")
    own_folder(folder / "layouts", columns=COLUMNS + note, items=ITEMS, page=page)
    rows = [{**ROWS[0], "说明": "原来的说明。"}]
    filled(load_layout(folder / "layouts/own"), folder / "自评.xlsx", rows)
    assert perfgen("build", "自评.xlsx", "-o", ".").code == 0
    word = docx.Document(folder / "自评.docx")
    for cell in word.tables[0]._cells:
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.text = run.text.replace("原来", "后来").replace("66.7%", "67.7%")
    word.save(folder / "自评.docx")
    said = perfgen("pull", "自评.docx")
    assert "“原来的说明。” → “后来的说明。”" in said.out
    assert "“66.7%” → “67.7%”" in said.out and "这个数是算出来的" in said.out


SCORES = """
[[sheets]]
name = "评分表"
kind = "table"
record = "score"
[[sheets.columns]]
header = "指标"
role = "score.name"
required = true
[[sheets.columns]]
header = "满分"
role = "score.full"
kind = "number"
[[sheets.columns]]
header = "评分规则"
role = "score.rule"
kind = "choice"
choices = ["按比率"]
[[sheets.columns]]
header = "计分依据"
role = "score.basis"
kind = "measure"
[[sheets.columns]]
header = "得分"
role = "score.score"
kind = "number"

[scoring]
total = 16
[scoring.rules]
"按比率" = "ratio"
"""


def test_a_score_may_start_from_a_rate_that_a_table_of_ones_own_computes(tmp_path):
    rate = computed("完成率", "percent", "[1-7月执行数] / [年初预算数]", role="expense.rate")
    own_folder(tmp_path / "layouts", columns=rate, sheets=SCORES)
    layout = load_layout(tmp_path / "layouts/own")
    rows = [
        {"项目": "公用经费", "年初预算数（万元）": "200", "1-7月执行数": "150"},
        {"项目": "项目支出", "年初预算数（万元）": "8", "1-7月执行数": "7.5"},
    ]
    scores = [
        {"指标": f"{row['项目']}完成率", "满分": "8", "评分规则": "按比率",
         "计分依据": f"【经费：{row['项目']}：完成率】"}
        for row in rows
    ]  # fmt: skip
    path = filled(layout, tmp_path / "自评.xlsx", rows, 评分表=scores)
    loaded = load(path, Request(layout_id="own", layouts=(tmp_path / "layouts",)))
    assert [item.score for item in loaded.figures.scores] == [6, Decimal("7.5")]
