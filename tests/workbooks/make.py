"""Small workbooks: a good one, and many that are broken in exactly one way.

`python tests/workbooks/make.py FOLDER` writes them all, to look at them in Excel or WPS.
"""

import io
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook

FORM = {
    "部门（单位）名称": "某某局",
    "年度": 2023,
    "金额单位": "万元",
    "成文日期": date(2024, 4, 26),
    "填报人": None,
    "联系电话": None,
}
TABLES = {
    "文字部分": [
        ("章节", "正文"),
        ("二、年度履职目标完成情况", "各项任务都已完成。"),
        ("三、部门（单位）概况", "某某局成立于2009年。"),
    ],
    "预算信息": [
        (
            "预算项目", "类别", "年初预算数", "上年度结转及当年预算追加追减数", "调整预算数",
            "实际支出数", "执行率",
        ),
        ("预算总金额", "总额", None, None, None, None, None),
        ("基本支出", "基本支出", 100, None, None, 95, None),
        ("项目支出", "项目支出", None, None, None, None, None),
        ("甲项目", "项目明细", 60, 6, None, 66, None),
        ("乙项目", "项目明细", 40, None, None, 39.5, None),
    ],
    "预算调整": [("日期", "文号", "预算项目", "调整类型", "金额", "说明")],
    "重点任务": [
        ("对应部门主要职责", "任务名称", "完成情况"),
        ("职能1：拟订规划", "编制规划", "已经印发。"),
        (None, "组织评估", "已经完成。"),
        ("职能2：服务企业", "走访企业", "走访52家。"),
    ],
    "绩效指标": [
        (
            "类别", "指标名称", "指标方向", "目标符号", "指标目标值", "计量单位", "指标完成值",
            "完成值来源", "偏差情况", "原因分析",
        ),
        ("决策", "绩效目标合理性", None, None, "合理", None, "合理", "批复文件", None, None),
        ("过程", "支付进度率", None, "=", "100", "%", "98.5%", "决算", None, "人员经费略有结余。"),
        ("履职", "走访企业数量", None, None, "≥50家", None, "52家", "走访记录", None, "多走两家。"),
    ],
    "说明事项": [("规则代码", "对象", "理由", "说明岗位", "有效期")],
}  # fmt: skip

BUDGET_PART = "xl/worksheets/sheet3.xml"
"""Where openpyxl puts 预算信息."""

COLUMNS = {
    name: {header: place for place, header in enumerate(rows[0], 1)}
    for name, rows in TABLES.items()
}
"""The column of each header, by sheet: where a test puts something."""


def good_workbook() -> Workbook:
    """A workbook in the shape of the Suzhou layout, with nothing wrong in it."""
    book = openpyxl.Workbook()
    form = book.active
    form.title = "基本信息"
    form.append(("项目", "内容", "填写说明"))
    for item in FORM.items():
        form.append(item)
    for name, rows in TABLES.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, text in (("_perfgen_layout", "suzhou-self-evaluation"), ("_perfgen_schema", "1")):
        book.defined_names[name] = DefinedName(name, attr_text=f'"{text}"')
    return book


def put(book: Workbook, place: str, value: object, number_format: str | None = None) -> Workbook:
    """Put a value into `预算信息!C4`, and return the workbook."""
    sheet, _, address = place.partition("!")
    cell = book[sheet][address]
    cell.value = value
    if number_format is not None:
        cell.number_format = number_format
    return book


def as_bytes(book: Workbook) -> bytes:
    """The workbook as the bytes of an .xlsx file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(content: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The bytes of a workbook, some of its parts changed (`xl/worksheets/sheet2.xml`)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes.get(name, lambda data: data)(part))
    return stream.getvalue()


def with_xml(book: Workbook, cells: dict[str, str], part: str = BUDGET_PART) -> bytes:
    """The workbook with cells of its budget sheet written as this XML: `C5` → `<c r="C5">…`.

    So a formula gets the result that Excel would have kept beside it.
    """

    def change(content: bytes) -> bytes:
        for address, xml in cells.items():
            pattern = rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % address.encode()
            content, changed = re.subn(pattern, lambda _, xml=xml: xml.encode(), content, count=1)
            assert changed, address
        return content

    return rewritten(as_bytes(book), {part: change})


@dataclass(frozen=True)
class Broken:
    """A change that breaks the good workbook in one way, and what the officer is told.

    `where` is the place that is named; `says` are pieces of the message and the advice.
    """

    change: Callable[[Workbook], object]
    where: str
    says: tuple[str, ...]


def cell(place: str, value: object, *says: str, number_format: str | None = None) -> Broken:
    """A workbook broken by what one cell holds."""
    return Broken(lambda book: put(book, place, value, number_format), place, says)


def _rename_sheet(book: Workbook, old: str, new: str) -> None:
    book[old].title = new


def _delete_column(book: Workbook, sheet: str, header: str) -> None:
    book[sheet].delete_cols(COLUMNS[sheet][header])


def _array_formula_without_result(book: Workbook) -> None:
    book["预算信息"]["C5"] = openpyxl.worksheet.formula.ArrayFormula("C5:C5", "=SUM(F5:F6*1)")


def _two_named_alike(book: Workbook) -> None:
    put(book, "预算信息!A6", "甲项目")
    book["预算调整"].append((None, None, "甲项目", "追加", 6, None))


BROKEN = {
    # amounts
    "amount-two-in-one": cell("预算信息!C5", "12,34", "“12,34”不是数字", "只填数字"),
    "amount-words": cell("预算信息!C5", "约60", "年初预算数：“约60”不是数字", "没有就留空"),
    "amount-other-unit": cell("预算信息!C5", "60美元", "不是数字"),
    "amount-vague-unit": cell("预算信息!C5", "60家", "“60家”不是数字"),
    "amount-percent-text": cell("预算信息!C5", "60%", "百分数", "应当填金额"),
    "amount-percent-format": cell("预算信息!C5", 0.6, "“60%”是百分数", number_format="0%"),
    "amount-date": cell("预算信息!C5", date(2023, 6, 30), "这里是日期（2023年6月30日）", "数值"),
    "amount-true": cell("预算信息!C5", True, "TRUE（逻辑值）"),
    "amount-superscript": cell("预算信息!C5", "6²", "不是数字"),
    "amount-exponent-text": cell("预算信息!C5", "6E300", "不是数字"),
    "amount-nan": cell("预算信息!C5", "NaN", "不是数字"),
    "amount-too-large": cell("预算信息!C5", 6e29, "超过 15 位", "核对"),
    "amount-scaled-format": cell("预算信息!C5", 600000, "缩小了显示", number_format="0!.0,"),
    "formula-never-computed": cell("预算信息!C5", "=F5-6", "公式 =F5-6 还没有算出结果", "保存一次"),
    "formula-array-never-computed": Broken(
        _array_formula_without_result, "预算信息!C5", ("还没有算出结果",)
    ),
    "error-division": cell("预算信息!C5", "#DIV/0!", "公式出错（#DIV/0!）", "改正公式"),
    "error-name": cell("预算信息!F5", "#NAME?", "公式出错（#NAME?）"),
    # texts, choices, dates, years
    "text-false": cell("重点任务!B2", False, "FALSE（逻辑值）"),
    "text-control-character": cell("重点任务!C2", "已_x0002_印发", "控制字符 U+0002", "重新输入"),
    "choice-misspelt": cell("预算信息!B5", "项目明系", "不在“类别”的清单里", "是不是“项目明细”"),
    "choice-unknown": cell("绩效指标!A4", "其他", "可以填：决策、过程、效益、满意度、履职"),
    "date-february-30": cell("基本信息!B5", "2023-02-30", "没有“2023-02-30”这一天"),
    "date-words": cell("基本信息!B5", "四月", "“四月”不是日期", "2023-06-30"),
    "date-decimal": cell("基本信息!B5", 2023.063, "不是日期", number_format="General"),
    "date-only-a-year": cell("基本信息!B5", 2024, "1905年7月16日", "不像是要填的日期"),
    "year-words": cell("基本信息!B3", "二三年", "“二三年”不是年度", "2023"),
    "year-blank": cell("基本信息!B3", None, "没有填“年度”", "四位数字"),
    "unit-blank": cell("基本信息!B2", None, "没有填“部门（单位）名称”", "单位全称"),
    "amount-unit-unknown": cell("基本信息!B4", "千元", "可以填：万元、元、亿元"),
    # required cells
    "name-blank": cell("预算信息!A5", None, "没有填“预算项目”"),
    "kind-only-spaces": cell("预算信息!B5", "  ", "没有填“类别”"),
    "task-blank": cell("重点任务!B3", None, "没有填“任务名称”"),
    "label-missing-from-the-start": cell("重点任务!A2", None, "没有填“对应部门主要职责”"),
    # targets
    "target-contradicts-operator": cell(
        "绩效指标!E3", "≥100", "符号“≥”与目标符号“=”不一致", "例如 ≥6次"
    ),
    "target-words-contradict-operator": cell("绩效指标!E3", "不低于100%", "意思是“≥”", "不一致"),
    "target-operator-alone": cell("绩效指标!E4", "≥", "只有符号，没有数值"),
    "operator-unknown": cell("绩效指标!D4", "约等于", "不是目标符号", "= ≥ ≤ > <"),
    # headers and sheets
    "column-missing": Broken(
        lambda book: _delete_column(book, "预算信息", "实际支出数"),
        "预算信息",
        ("缺少“实际支出数”这一列", "补上这一列"),
    ),
    "header-misspelt": cell("预算信息!F1", "实际支岀数", "缺少“实际支出数”", "“实际支岀数”是不是"),
    "optional-header-misspelt": cell(
        "预算信息!D1", "上年结转及当年预算追加追减", "缺少“上年度结转及当年预算追加追减数”",
        "“上年结转及当年预算追加追减”是不是应当改回",
    ),
    "header-twice": cell("预算信息!H1", "实际支出数（万元）", "出现了两次（F1、H1）", "改名"),
    "header-row-missing": Broken(
        lambda book: book["绩效指标"].delete_rows(1), "绩效指标", ("找不到表头", "指标完成值")
    ),
    "sheet-missing": Broken(
        lambda book: book.remove(book["重点任务"]),
        "自评.xlsx",
        ("缺少工作表“重点任务”", "从填报工作簿复制"),
    ),
    "sheet-renamed": Broken(
        lambda book: _rename_sheet(book, "重点任务", "重点工作"),
        "自评.xlsx",
        ("缺少工作表“重点任务”", "“重点工作”是不是应当改回“重点任务”"),
    ),
    "item-misspelt": Broken(
        lambda book: put(book, "基本信息!A2", "部门单位名"),
        "基本信息",
        ("缺少“部门（单位）名称”", "“部门单位名”是不是"),
    ),
    "item-twice": Broken(
        lambda book: put(put(book, "基本信息!A7", "年度"), "基本信息!B7", 2022),
        "基本信息!B7",
        ("“年度”这一项出现了两次", "删掉其中一行"),
    ),
    # the ledger
    "ledger-unknown-line": Broken(
        lambda book: book["预算调整"].append((None, None, "甲项日", "追加", 6, None)),
        "预算调整!C2",
        ("没有“甲项日”这个预算项目", "是不是“甲项目”"),
    ),
    "ledger-two-lines-alike": Broken(_two_named_alike, "预算调整!C2", ("同名的几行", "不同的名称")),
    "ledger-negative": Broken(
        lambda book: book["预算调整"].append((None, None, "甲项目", "追减", -6, None)),
        "预算调整!E2",
        ("应当填正数", "去掉负号"),
    ),
    "ledger-type-missing": Broken(
        lambda book: book["预算调整"].append((None, None, "甲项目", None, 6, None)),
        "预算调整!D2",
        ("没有填“调整类型”",),
    ),
    "ledger-february-30": Broken(
        lambda book: book["预算调整"].append(("20230230", None, "甲项目", "追加", 6, None)),
        "预算调整!A2",
        ("没有“20230230”这一天",),
    ),
}  # fmt: skip
"""Workbooks that can be opened, but not read: each with one problem, in one place."""


def write_all(folder: Path) -> None:
    """Write the good workbook and every broken one."""
    folder.mkdir(parents=True, exist_ok=True)
    good_workbook().save(folder / "好的.xlsx")
    for name, broken in BROKEN.items():
        book = good_workbook()
        broken.change(book)
        book.save(folder / f"{name.replace('/', '')}.xlsx")


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
