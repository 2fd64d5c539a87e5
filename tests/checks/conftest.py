"""What the rules find in a workbook, from the file on."""

import openpyxl
import pytest

from perfgen.checks import run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from workbooks.make import put


def whole(result):
    """What `run_checks` returned, if no rule broke: the others go on without it, and a test of one
    code would not see it."""
    broken = [each for each in result.findings if "自身出错" in each.message]
    assert not broken, broken
    return result


@pytest.fixture
def checked(read, suzhou):
    """Everything that `perfgen check` would say about a workbook."""

    def check(content, layout=suzhou, settings=None):
        report = read(content)
        return whole(run_checks(report, compute(report, layout.rules), layout, settings=settings))

    return check


@pytest.fixture
def found(checked):
    """The findings in a workbook, each as `PG101 error 预算信息!C4`."""

    def find(content):
        return [
            f"{finding.code} {finding.severity} {finding.ref or finding.subject}"
            for finding in checked(content).findings
        ]

    return find


@pytest.fixture
def found_in(tmp_path):
    """The findings of one rule in a small workbook of any layout, given by its sheets' rows.

    `code` may name several rules, with a space between them.
    `typed` is written over computed cells: {"收支情况!F2": 0.98}.
    """

    def find(layout_id, content, code, settings=None, typed=None):
        layout = load_layout(find_layout(layout_id))
        form = next(sheet for sheet in layout.sheets if sheet.kind == "form")
        unit, year = (form.column(field).header for field in ("unit", "year"))
        head = {unit: "某某局", year: "2023", **content.get(form.name, [{}])[0]}
        path = tmp_path / f"{layout_id}.xlsx"
        write_workbook(layout, path, content={**content, form.name: [head]})
        if typed:
            book = openpyxl.load_workbook(path)
            for place, value in typed.items():
                put(book, place, value)
            book.save(path)
        report = read_report(open_workbook(path), layout)
        figures = compute(report, layout.rules)
        result = whole(run_checks(report, figures, layout, settings=settings))
        return [finding for finding in result.findings if finding.code in code.split()]

    return find
