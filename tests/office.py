"""An office program at hand for tests: LibreOffice recalculates and edits workbooks.

What its cells then show is compared with what perfgen prints from the same workbook.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass

import openpyxl
import pytest

from patience import WAIT
from perfgen.figures import compute
from perfgen.render.page.filters import template_filters
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="本机没有 LibreOffice")

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic"><![CDATA[{source}]]></script:module>
"""


def recalculate(folder, files):
    """Let LibreOffice recalculate workbooks and save them anew in `folder`/out."""
    _run(folder, "--convert-to", "xlsx", "--outdir", folder / "out", *files)


def edit(folder, source):
    """Run a Basic macro named Main, as an officer's hand at the keyboard."""
    macro = "macro:///Standard.Module1.Main"
    _run(folder, macro)  # a first start lays down an empty macro, which ours then replaces
    module = folder / "profile/user/basic/Standard/Module1.xba"
    module.write_text(_MODULE.format(source=source), encoding="utf-8")
    _run(folder, macro)


def _run(folder, *arguments):
    settings = folder / "profile/user/registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", *arguments],
        check=True, capture_output=True, timeout=WAIT, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What the formulas of a workbook show, and what perfgen prints, row by row."""

    budget: list[tuple[str, str, str]]
    deviations: list[str]
    printed_budget: list[tuple[str, str, str]]
    printed_deviations: list[str]


def shown(path, layout):
    """Read the cells that LibreOffice saved, and compute the same workbook with perfgen."""
    book = openpyxl.load_workbook(path, data_only=True)
    report = read_report(open_workbook(path), layout)
    figures = compute(report, layout.rules)
    prints = template_filters(layout.rules, report.amount_unit)
    lines, indicators = _rows(book, "预算信息"), _rows(book, "绩效指标")
    return Shown(
        budget=[
            (row["预算项目"], _text(row["调整预算数"]), _text(row["执行率"], percent=True))
            for row in lines
            if row["预算项目"]
        ],
        deviations=[row["偏差情况"] or "" for row in indicators if row["指标名称"]],
        printed_budget=[
            (line.name, prints["amount"](line.adjusted), prints["rate"](line.execution_rate))
            for line in figures.budget
        ],
        printed_deviations=[prints["deviation"](row.deviation) for row in figures.indicators],
    )


def _rows(book, name):
    if name not in book.sheetnames:
        return []
    header, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _text(value, *, percent=False):
    """A cell as Excel shows it, in a General or a percent format."""
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value * 100:.2f}%" if percent else f"{value:.12g}"
