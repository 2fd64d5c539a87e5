"""Sentences of a layout that keeps its figures in columns of its own (基础数据、指标值)."""

from pathlib import Path

import openpyxl
import pytest

from perfgen.build import Request, load

SAMPLE = Path(__file__).parents[2] / "inputs" / "department-scored-2023.xlsx"


@pytest.fixture
def said(tmp_path):
    """What is found where a reason for lost marks (扣分原因) says this."""

    def findings(text):
        book = openpyxl.load_workbook(SAMPLE)
        sheet = book["指标计分"]
        head = next(row for row in sheet.iter_rows() if any(c.value == "扣分原因" for c in row))
        column = next(cell.column for cell in head if cell.value == "扣分原因")
        sheet.cell(head[0].row + 3, column).value = text
        book.save(tmp_path / "评分.xlsx")
        found = load(tmp_path / "评分.xlsx", Request()).checked.findings
        return [finding.message for finding in found if finding.code == "PG301"]

    return findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年初预算2860.5万元，年中追加321.4万元。", "312.4"),
        ("年末结余169.3万元，结余偏大。", "196.3"),
        ("预算完成率94.13%，低于100%。", "94.31%"),
        ("公务接待费决算7.7万元，超出预算。", "7.1"),
        ("公用经费实际支出174.36万元。", "147.36"),
        ("项目支出当年决算1468.6万元。", "1466.8"),
        ("在职人员控制率95.61%，未超编。", "96.51%"),
    ],
)
def test_a_figure_that_the_base_data_has_otherwise(said, text, expected):
    (message,) = said(text)
    assert expected in message


@pytest.mark.parametrize(
    "text",
    [
        "年初预算2860.5万元，年中追加312.4万元，年末结余196.3万元，预算完成率94.31%。",
        "公务接待费决算7.1万元，比预算6.5万元多0.6万元。",
        "公用经费147.36万元，比上年的142.5万元有所增加。",
        "政府采购预算320万元，实际采购301.5万元。",
        "在职人员控制率96.51%，未超编。",
        "公务接待费中，外事接待支出2.2万元。",
    ],
)
def test_what_the_base_data_bears_out_is_right(said, text):
    assert said(text) == []
