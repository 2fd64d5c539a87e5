"""Summaries of many reports: memory stays flat, a full sheet goes on in a second one."""

import gc
import pickle
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path

import openpyxl
import pytest

from perfgen.build import load
from perfgen.layouts import templates_folder
from perfgen.summary import Collected, collecting, find_copies, tables, write_summary
from perfgen.summary.entries import WORKBOOK, IndicatorEntry, entry_of

SAMPLE = templates_folder().parent / "inputs" / "suzhou-commerce-2023.xlsx"


@pytest.fixture(scope="module")
def entry():
    """A real report of 74 indicators as the summary lists it."""
    loaded = load(SAMPLE)
    return entry_of(
        loaded.report, loaded.figures, loaded.layout, loaded.checked,
        file="苏州.xlsx", source=WORKBOOK,
    )  # fmt: skip


def reports(entry, count):
    """So many reports, each of another unit."""
    return (replace(entry, unit=f"第{number}局", file=f"{number}.xlsx") for number in range(count))


def written(found):
    stream = BytesIO()
    with collecting() as collected:
        collected.add_all(found)
        write_summary(stream, collected)
    return stream


class Watched(BytesIO):
    """A file that notes, at each write, how many rows of reports are in memory."""

    most = 0

    def write(self, content):
        alive = sum(isinstance(thing, IndicatorEntry) for thing in gc.get_objects())
        self.most = max(self.most, alive)
        return super().write(content)


def test_no_more_than_one_report_is_in_memory_at_a_time(entry):
    packed = [pickle.dumps(one) for one in reports(entry, 12)]
    one_report = len(entry.indicators)
    spool, target = Watched(), Watched()

    gc.freeze()  # what other tests left is not looked through again and again
    try:
        collected = Collected(spool)
        collected.add_all(pickle.loads(one) for one in packed)
        write_summary(target, collected)
    finally:
        gc.unfreeze()

    assert 0 < spool.most <= 2 * one_report
    assert 0 <= target.most <= 2 * one_report


def test_the_same_reports_give_the_same_bytes(entry):
    first, second = (written(reports(entry, 2)).getvalue() for _ in range(2))
    assert first == second


def test_a_sheet_that_is_full_goes_on_in_a_second_one(entry, monkeypatch):
    whole = openpyxl.load_workbook(written(reports(entry, 3)), data_only=True)
    monkeypatch.setattr(tables, "MOST_ROWS", 100)
    book = openpyxl.load_workbook(written(reports(entry, 3)), data_only=True)

    assert book.sheetnames == [
        "汇总", "预算项目", "绩效指标", "绩效指标（2）", "绩效指标（3）",
    ]  # fmt: skip
    parts = [list(book[name].values)[3:] for name in book.sheetnames[2:]]
    assert [len(part) for part in parts] == [100, 100, 22]
    assert [*chain(*parts)] == list(whole["绩效指标"].values)[3:]


def test_the_totals_of_two_sheets_are_those_of_one(entry, monkeypatch):
    def totals(book):
        sheets = [book[name] for name in book.sheetnames if name.startswith("预算项目")]
        column = next(cell.column for cell in sheets[0][3] if cell.value == "支出数")
        return len(sheets), sum(sheet.cell(2, column).value for sheet in sheets)

    rows = len(entry.lines)
    one = totals(openpyxl.load_workbook(written(reports(entry, 3)), data_only=True))
    monkeypatch.setattr(tables, "MOST_ROWS", rows)
    three = totals(openpyxl.load_workbook(written(reports(entry, 3)), data_only=True))
    assert (one[0], three[0]) == (1, 3)
    assert one[1] == pytest.approx(three[1])


def test_copies_among_thousands_are_found_at_once(entry):
    head = replace(entry.head, unit="甲局")
    heads = [*(one.head for one in reports(entry, 3000)), head, replace(head, file=str(Path("乙")))]
    copies = find_copies(heads)
    assert copies.counted == {3000: 3001}
    assert copies.note_of(3000).startswith("重复：与 乙 是同一份报告，不计入合计")
    assert copies.note_of(0) == ""
