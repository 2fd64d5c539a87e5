"""The page 调整对照表: what changed, as a table for the file."""

import re
from datetime import date

import pytest

from perfgen.build import load
from perfgen.comparing import compare, take_snapshot
from perfgen.comparing.table import comparison_page
from workbooks.make import good_workbook


@pytest.fixture
def rows(saved, suzhou):
    """The table's rows from the good workbook to another, each as the texts of its cells."""

    def snapshot(book):
        loaded = load(saved(book), say=lambda _: None)
        return take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)

    before = snapshot(good_workbook())

    def table(book):
        after = snapshot(book)
        page = comparison_page(compare(before, after), after, suzhou, date(2023, 12, 31))
        return [
            [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
            for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)
        ]

    return table


def amounts(rows):
    """The rows of the ledger's amounts: before, after and the difference."""
    return [row[-4:-1] for row in rows if "金额" in row]


def test_a_cut_is_printed_as_the_annex_prints_it(rows, book):
    book["预算调整"].append((None, "某财〔2023〕9号", "乙项目", "追减", 6, None))
    assert amounts(rows(book)) == [["", "-6", "-6"]]


def test_an_addition_stays_positive(rows, book):
    book["预算调整"].append((None, "某财〔2023〕9号", "乙项目", "追加", 6, None))
    assert amounts(rows(book)) == [["", "6", "+6"]]
