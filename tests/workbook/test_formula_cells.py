"""Live formulas of a layout's own show what perfgen computes, as LibreOffice recalculates them."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from office import needs_office, recalculate
from own_layouts import FORM, computed, filled, own_layout, report_of

pytestmark = needs_office

FORMULAS = {
    "率": ("percent", "[1-7月执行数] / [年初预算数]"),
    "零": ("percent", "[1-7月执行数] / [年初预算数]", 'over_zero = "zero"', 'blanks = "zero"'),
    "差": ("amount", "[年初预算数] - [1-7月执行数]"),
    "和": ("amount", "[年初预算数] + [1-7月执行数]"),
    "人均": ("amount", "[年初预算数] ÷ [人数]"),
    "得分": ("number", "若([率] ≥ 60%, 8, 最大(0, 8 - (60% - [率]) × 100 × 0.5))"),
    "档": ("text", '若([率] ≥ 60%, "快", "慢")'),
    "空否": ("text", '若([1-7月执行数] = "", "没有填", "填了")'),
    "大": ("text", '若([年初预算数] > 10万元, "大", "小")'),
    "取整": ("number", "四舍五入([人数] ÷ 7, 1)"),
    "并且": ("text", '若(且([人数] > 1, 或([年初预算数] > 20万元, 非([人数] > 5))), "是", "否")'),
    "占比": ("percent", "[年初预算数] / 合计([年初预算数], [上级] = \"\")"),
    "组内": ("percent", "[年初预算数] / 合计([年初预算数], 同[类别])"),
    "几行": ("number", "计数([项目], [年初预算数] > 10万元)"),
    "平均数": ("amount", "平均([年初预算数], 同[类别])"),
    "下级": ("amount", "下级合计([年初预算数])"),
    "比乙": ("percent", "[年初预算数] / [经费：乙：年初预算数]"),
    "比总": ("percent", "[年初预算数] / [总额]"),
    "天数": ("number", "[止] - [起] + 1"),
    "到期": ("date", "[起] + 10"),
}  # fmt: skip

ROWS = [
    {"项目": "甲", "类别": "三公", "年初预算数（万元）": "10", "1-7月执行数": "6", "人数": "3",
     "起": date(2023, 3, 1), "止": date(2023, 3, 31)},
    {"项目": "乙", "年初预算数（万元）": "12.5", "1-7月执行数": "1.25", "人数": "8"},
    {"项目": "丙", "年初预算数（万元）": "0", "1-7月执行数": "5"},
    {"项目": "丁", "类别": "其他", "1-7月执行数": "5", "人数": "2"},
    {"项目": "戊", "年初预算数（万元）": "30", "人数": "9"},
    {"项目": "己", "上级": "戊", "年初预算数（万元）": "22.75", "1-7月执行数": "7"},
    {"项目": "庚", "上级": "戊", "年初预算数（万元）": "8", "1-7月执行数": "8"},
    {"项目": "辛"},
]  # fmt: skip


@pytest.fixture(scope="module", params=[("万元", "万元"), ("元", "元"), ("万元", "元")])
def both(request, tmp_path_factory):
    """The layout's results, and what the workbook's own cells show."""
    folder = tmp_path_factory.mktemp("formulas")
    columns = "".join(
        computed(header, kind, formula, *more, role=f"expense.f{n}")
        for n, (header, (kind, formula, *more)) in enumerate(FORMULAS.items())
    )
    items = computed("总额", "amount", "合计([经费：年初预算数], [上级] = \"\")",
                     role="report.own.total", record="report")  # fmt: skip
    unit, workbooks = request.param  # of the header, of the workbook
    layout = own_layout(folder, columns=columns, items=items, unit=unit)
    rows = [{header.replace("万元", unit): value for header, value in row.items()} for row in ROWS]
    path = filled(layout, folder / "自评.xlsx", rows, {"金额单位": workbooks})
    recalculate(folder, [path])
    return report_of(layout, path), openpyxl.load_workbook(folder / "out/自评.xlsx", data_only=True)


@pytest.mark.parametrize("header", FORMULAS)
def test_each_cell_shows_what_perfgen_computes(both, header):
    report, book = both
    sheet = book["经费"]
    place = [cell.value for cell in sheet[1]].index(header)
    field = f"f{list(FORMULAS).index(header)}"
    wanted = [row.values[field] for row in report.own["expense"]]
    shown = [row[place] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [_value(cell) for cell in shown[: len(wanted)]] == [_value(one) for one in wanted]
    assert set(map(_value, shown[len(wanted) :])) == {None}


def test_an_item_of_the_form_shows_its_result(both):
    report, book = both
    shown = {row[0]: row[1] for row in book["基本信息"].iter_rows(values_only=True)}
    assert Decimal(str(shown["总额"])) == report.facts["own.total"].content
    assert shown["单位"] == FORM["单位"]


def _value(cell):
    if cell in (None, ""):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    return round(float(cell), 10) if isinstance(cell, int | float | Decimal) else cell
