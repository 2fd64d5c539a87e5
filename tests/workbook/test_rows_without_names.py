"""A row without a name, in every sample: what it says has no place, and the cell is named."""

import io
from pathlib import Path

import openpyxl
import pytest

from perfgen.build import load
from perfgen.errors import WorkbookError
from perfgen.workbook.opening import WorkbookFile

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
CASES = [
    ("hitech-zone-2023.xlsx", "project"),
    ("project-targets-2024.xlsx", "project"),
    ("department-scored-2023.xlsx", "score"),
    ("guangzhou-commerce-2023.xlsx", "score"),
    ("guangzhou-commerce-2023.xlsx", "fund"),
]


def sheets_of(layout, record):
    return [sheet for sheet in layout.sheets if sheet.record == record and sheet.kind == "table"]


@pytest.mark.parametrize(("sample", "record"), CASES)
def test_a_row_without_a_name_is_told_with_its_cell(sample, record):
    loaded = load(INPUTS / sample, say=lambda _: None)
    found = sheets_of(loaded.layout, record)
    if not found:
        pytest.fail(f"{sample} has no sheet of {record}")
    first = loaded.report.rows(record)[-1].cell("name")
    book = openpyxl.load_workbook(INPUTS / sample)
    book[first.sheet].cell(first.row, first.column).value = None
    stream = io.BytesIO()
    book.save(stream)

    with pytest.raises(WorkbookError) as raised:
        load(WorkbookFile(sample, stream.getvalue()), say=lambda _: None)
    told = {(problem.ref.sheet, problem.ref.row) for problem in raised.value.problems}
    assert (first.sheet, first.row) in told
