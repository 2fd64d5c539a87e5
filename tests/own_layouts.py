"""Layouts of a test's own: a form, a table of three-public expenses, staff, a budget, projects."""

from pathlib import Path
from zlib import crc32

from perfgen.figures.formulas.completing import with_formulas
from perfgen.layouts import load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook

HEAD = """
[layout]
id = "own"
title = "部门整体支出绩效自评表"
document = "自评表"
schema = 1
template = "report.html.j2"
styles = ["../_shared/gongwen.css"]

[rules]
rate_decimals = 2

[[sheets]]
name = "基本信息"
kind = "form"
record = "report"
[[sheets.columns]]
header = "单位"
role = "report.unit"
required = true
[[sheets.columns]]
header = "年度"
role = "report.year"
kind = "year"
required = true
[[sheets.columns]]
header = "金额单位"
role = "report.amount_unit"
kind = "choice"
choices = ["万元", "元", "亿元"]
default = "万元"
{items}

[[sheets]]
name = "经费"
kind = "table"
record = "expense"
required = false
[[sheets.columns]]
header = "项目"
role = "expense.name"
required = true
[[sheets.columns]]
header = "上级"
role = "expense.parent"
[[sheets.columns]]
header = "类别"
role = "expense.kind"
fill_down = true
[[sheets.columns]]
header = "年初预算数（万元）"
role = "expense.budget"
kind = "amount"
[[sheets.columns]]
header = "1-7月执行数"
role = "expense.july"
kind = "amount"
[[sheets.columns]]
header = "人数"
role = "expense.people"
kind = "number"
[[sheets.columns]]
header = "起"
role = "expense.start"
kind = "date"
[[sheets.columns]]
header = "止"
role = "expense.end"
kind = "date"
{columns}

[[sheets]]
name = "说明事项"
kind = "table"
record = "waiver"
required = false
[[sheets.columns]]
header = "规则代码"
role = "waiver.rule"
required = true
[[sheets.columns]]
header = "对象"
role = "waiver.subject"
required = true
[[sheets.columns]]
header = "理由"
role = "waiver.reason"
{sheets}
"""

PAGE = (
    """<!DOCTYPE html>
<html lang="zh-CN"><head><title>{{ layout.title }}</title></head><body>
<h1>{{ layout.title }}</h1>
"""
    + "PIECE</body></html>"
)


def column(header, kind, *more, role=None, record="expense"):
    """One column of the table of expenses, as the declaration writes it."""
    role = role or f"{record}.c{crc32(header.encode())}"
    lines = [f'header = "{header}"', f'role = "{role}"', f'kind = "{kind}"', *more]
    return "\n[[sheets.columns]]\n" + "\n".join(lines) + "\n"


def computed(header, kind, formula, *more, **where):
    """A column with a formula."""
    return column(header, kind, f"formula = '{formula}'", *more, **where)


def own_folder(home: Path, *, columns="", items="", sheets="", page="", unit="万元") -> Path:
    """Write the folder of such a layout."""
    folder = home / "own"
    folder.mkdir(parents=True, exist_ok=True)
    head = HEAD.replace("（万元）", f"（{unit}）")
    text = head.replace("{items}", items).replace("{columns}", columns)
    (folder / "layout.toml").write_text(text.replace("{sheets}", sheets), encoding="utf-8")
    (folder / "report.html.j2").write_text(PAGE.replace("PIECE", page), encoding="utf-8")
    return folder


def own_layout(home: Path, **parts):
    """Return such a layout, loaded."""
    return load_layout(own_folder(home, **parts))


FORM = {"单位": "某某市水务局", "年度": "2023"}


def filled(layout, path, rows=(), form=FORM, **sheets):
    """Write a filled workbook of the layout; return its path."""
    content = {"基本信息": [{**FORM, **form}], "经费": list(rows), **sheets}
    write_workbook(layout, path, content=content)
    return path


def report_of(layout, path):
    """Read a workbook, with the results of its layout's formulas."""
    return with_formulas(read_report(open_workbook(path), layout), layout)


def results(home, rows, kind, formula, *more, form=FORM, **parts):
    """What a formula gives for each row of expenses."""
    one = computed("结果", kind, formula, *more, role="expense.result")
    parts["columns"] = parts.get("columns", "") + one
    layout = own_layout(home, **parts)
    report = report_of(layout, filled(layout, home / "自评.xlsx", rows, form))
    found = [row.values.get("result", "") for row in report.own["expense"]]
    return [None if value == "" else value for value in found]
