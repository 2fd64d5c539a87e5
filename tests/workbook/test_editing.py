"""What officers do to a filled workbook leaves its formulas, lists and colours in place."""

from pathlib import Path

import openpyxl
import pytest

from office import edit, needs_office, shown
from perfgen.layouts import find_layout, load_layout

pytestmark = needs_office

SAMPLE = Path(__file__).resolve().parents[2] / "inputs/suzhou-commerce-2023.xlsx"

AT_THE_KEYBOARD = """
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  budget = book.Sheets.getByName("预算信息")
  indicators = book.Sheets.getByName("绩效指标")

  ' two rows inserted in the middle, one filled in, its grey cells filled down
  budget.Rows.insertByIndex(5, 2)
  budget.getCellRangeByName("A6:B6").setDataArray(Array(Array("新增项目", "项目明细")))
  budget.getCellRangeByName("C6").Value = 3
  budget.getCellRangeByName("F6").Value = 1
  budget.getCellRangeByName("E6").Formula = budget.getCellRangeByName("E5").Formula
  budget.getCellRangeByName("G6").Formula = budget.getCellRangeByName("G5").Formula

  ' a row deleted, the projects sorted by what was spent, a row inserted below the header
  budget.Rows.removeByIndex(9, 1)
  sortBy budget.getCellRangeByName("A5:G22"), 5, False
  budget.Rows.insertByIndex(1, 1)

  ' a column of the officer's own, indicators sorted by name, a row cut and pasted further down
  indicators.Columns.insertByIndex(3, 1)
  indicators.getCellRangeByName("D1").String = "责任处室"
  indicators.Rows.insertByIndex(20, 1)
  sortBy indicators.getCellRangeByName("A2:K80"), 1, True
  cut = indicators.getCellRangeByName("A10:K10").RangeAddress
  indicators.moveRange(indicators.getCellRangeByName("A90").CellAddress, cut)

  book.calculateAll()
  Dim asExcel(0) As New com.sun.star.beans.PropertyValue
  asExcel(0).Name = "FilterName" : asExcel(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", asExcel())
  book.close(True)
End Sub

Sub sortBy(area, column, rising)
  Dim key(0) As New com.sun.star.table.TableSortField
  key(0).Field = column : key(0).IsAscending = rising
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = key()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  area.sort(how())
End Sub
"""


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The sample after an hour of an officer's work."""
    folder = tmp_path_factory.mktemp("edited")
    target = folder / "edited.xlsx"
    edit(folder, AT_THE_KEYBOARD.format(source=SAMPLE.as_uri(), target=target.as_uri()))
    return target


def test_every_row_still_shows_what_is_printed(edited):
    layout = load_layout(find_layout("suzhou-self-evaluation"))
    seen = shown(edited, layout)
    assert ("新增项目", "3", "33.33%") in seen.budget
    assert seen.budget == seen.printed_budget
    assert seen.deviations == seen.printed_deviations
    assert (len(seen.budget), len(seen.deviations)) == (20, 74)


def test_lists_and_colours_moved_with_their_columns(edited):
    indicators = openpyxl.load_workbook(edited)["绩效指标"]
    headers = {cell.value: cell.column_letter for cell in indicators[1]}
    assert headers["目标符号"] == "E"
    (operator,) = [
        rule
        for rule in indicators.data_validations.dataValidation
        if rule.type == "list" and "E2" in rule.sqref
    ]
    assert operator.formula1.startswith("_perfgen_list_")
    yellow = [str(area.sqref) for area in indicators.conditional_formatting]
    assert any(area.startswith("H1:") for area in yellow)  # 指标完成值
