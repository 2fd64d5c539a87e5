"""Cells as they stand in the file → cells as the officer sees them."""

import shutil
import subprocess
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.formula import ArrayFormula

from patience import WAIT, no_hang
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.raw import clean, decimal_of, read_sheet
from perfgen.workbook.shared_formulas import moved
from workbooks.make import put, with_xml

SHEET = "预算信息"


@pytest.fixture
def cell(saved):
    """The raw cell at C5 of the budget sheet of a workbook."""

    def look(content, row=5, column=3):
        return read_sheet(open_workbook(saved(content)), SHEET).at(row, column)

    return look


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        (0.1 + 0.2, "0.3"),
        (45463.270000000004, "45463.27"),
        (1320.7, "1320.7"),
        (40.0, "40"),
        (-0.0, "0"),
        (1e3, "1000"),
        (1e300, "1" + "0" * 300),
        (12, "12"),
    ],
)
def test_binary_dust_is_wiped_off_numbers(stored, number):
    assert decimal_of(stored) == Decimal(number)
    assert "E" not in str(decimal_of(stored))


@pytest.mark.parametrize(("written", "number"), [("1E3", "1000"), ("-0", "0"), ("6.6E1", "66")])
def test_numbers_written_with_an_exponent_are_numbers(cell, book, written, number):
    assert cell(with_xml(book, {"C5": f'<c r="C5"><v>{written}</v></c>'})).value == Decimal(number)


def test_a_number_beyond_all_bounds_is_an_error_and_not_a_crash(cell, book):
    assert cell(with_xml(book, {"C5": '<c r="C5"><v>1E400</v></c>'})).error == "无法表示的数"


def test_true_is_not_the_number_one(cell, book):
    assert cell(put(book, "预算信息!C5", True)).value is True


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("  甲项目 ", "甲项目"),
        ("\u3000\u3000甲项目\u3000", "甲项目"),
        ("\xa0甲\xa0项目", "甲 项目"),
        ("甲\u2003项目\t二期", "甲 项目 二期"),
        ("甲\u200b项\ufeff目", "甲项目"),
        ("\u202a甲项目\u202c", "甲项目"),  # marks of direction, from a web page
        ("第一行_x000D_\n第二行", "第一行\n第二行"),
        ("第一行\r\n第二行\r第三行\v第四行\u2028第五行", "第一行\n第二行\n第三行\n第四行\n第五行"),
        ("\n\n正文\n\n", "正文"),
        ("  一 \n  二 ", "一\n二"),
        ("_x005F_x000D_", "_x000D_"),
        ("办公😀用品𠮷", "办公😀用品𠮷"),
        ("_xD83D__xDE00_", "😀"),  # as some programs write it: two halves in UTF-16
        (
            "一家\U0001f468\u200d\U0001f469\u200d\U0001f467",
            "一家\U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
        ("\u062e\u200c\u062a", "\u062e\u200c\u062a"),  # Uyghur: letters are not to be joined
        ("\u182a\u202f\u1822", "\u182a\u202f\u1822"),  # Mongolian: a suffix behind a narrow blank
        ("甲\u200d项\u200c目\u202f二", "甲项目 二"),
        ("=说明", "=说明"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_seen(stored, seen):
    assert clean(stored) == seen


def test_a_cell_with_only_spaces_is_empty(cell, book):
    for blank in ("   ", "\u3000", "\xa0\u200b", "\n"):
        assert cell(put(book, "预算信息!C5", blank)) is None


def test_rich_text_is_its_text(cell, book):
    rich = CellRichText("约", TextBlock(InlineFont(b=True), "60"), "万元")
    assert cell(put(book, "预算信息!C5", rich)).value == "约60万元"


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="C5" t="str"><f>""</f><v></v></c>', ""),  # the result is an empty text
        ('<c r="C5" t="str"><f>""</f><v/></c>', ""),
        ('<c r="C5" t="str"><f>"甲"</f></c>', None),  # nothing was computed yet
        ('<c r="C5" t="s"><f>"甲"</f></c>', None),
        ('<c r="C5"><f>1+1</f><v></v></c>', None),
    ],
)
def test_a_text_formula_without_a_result_was_never_computed(cell, book, xml, value):
    found = cell(with_xml(book, {"C5": xml}))
    assert (found.value, bool(found.formula)) == (value, True)


def test_inline_strings_are_read(cell, book):
    xml = '<c r="C5" t="inlineStr"><is><t>约60</t></is></c>'
    assert cell(with_xml(book, {"C5": xml})).value == "约60"


@pytest.mark.parametrize("code", ["0001", "0008", "001F", "D800", "FFFF"])
def test_a_character_that_no_document_can_hold_is_named(cell, book, code):
    assert code in cell(put(book, "预算信息!C5", f"甲_x{code}_乙")).error


def test_the_longest_text_that_excel_holds_is_read_whole(cell, book):
    assert cell(put(book, "预算信息!C5", "长" * 32767)).value == "长" * 32767


# --- dates ---------------------------------------------------------------------------------------


def test_dates_lose_their_time_of_day(cell, book):
    assert cell(put(book, "预算信息!C5", datetime(2023, 6, 30, 14, 5))).value == date(2023, 6, 30)


def test_a_date_outside_the_calendar_is_an_error(cell, book):
    assert cell(put(book, "预算信息!C5", 99999999, "yyyy-mm-dd")).error == "#VALUE!"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (timedelta(hours=30), "[h]:mm", "30小时"),
        (timedelta(hours=1, minutes=30), "[h]:mm", "1小时30分钟"),
        (timedelta(minutes=45, seconds=10), "[h]:mm:ss", "45分钟10秒"),
        (clock(11, 30), "h:mm", "11:30"),
        (clock(8, 30, 15), "h:mm:ss", "8:30:15"),
    ],
)
def test_times_and_lengths_of_time_are_chinese(cell, book, value, number_format, text):
    raw = cell(put(book, "预算信息!C5", value, number_format))
    assert (raw.value, raw.ambiguous) == (text, "")


@pytest.mark.parametrize(("value", "ratio"), [(clock(1, 1), "1:1"), (clock(3, 2), "3:2")])
def test_a_ratio_that_excel_made_a_time_is_named(cell, book, value, ratio):
    assert cell(put(book, "预算信息!C5", value, "h:mm")).ambiguous == ratio


# --- formulas ------------------------------------------------------------------------------------


def test_a_formula_that_was_never_computed_has_no_value(cell, book):
    raw = cell(put(book, "预算信息!C5", "=F5-6"))
    assert (raw.formula, raw.value, raw.blank) == ("=F5-6", None, False)


def test_a_formula_shows_the_result_that_excel_kept(cell, book):
    raw = cell(with_xml(book, {"C5": '<c r="C5"><f>F5-6</f><v>60.000000000000007</v></c>'}))
    assert (raw.formula, raw.value) == ("=F5-6", Decimal(60))


def test_a_formula_with_an_empty_result_is_empty_and_not_uncomputed(cell, book):
    xml = '<c r="C5" t="str"><f>IF(A5="","",60)</f><v></v></c>'
    assert cell(with_xml(book, {"C5": xml})).value == ""


def test_a_shared_formula_shows_its_own_result(cell, book):
    xml = '<c r="C5"><f t="shared" ref="C5:C6" si="0">F5-6</f><v>60</v></c>'
    assert cell(with_xml(book, {"C5": xml})).value == Decimal(60)


def test_an_array_formula_is_a_formula(cell, book):
    raw = cell(put(book, "预算信息!C5", ArrayFormula("C5:C5", "=SUM(F5:F6*1)")))
    assert raw.formula == "=SUM(F5:F6*1)"


def test_errors_keep_their_name(cell, book):
    for error in ("#DIV/0!", "#NAME?", "#REF!", "#N/A"):
        assert cell(put(book, "预算信息!C5", error)).error == error


# --- the sheet -----------------------------------------------------------------------------------


def test_hidden_rows_columns_and_sheets_are_read_as_any_other(read, book):
    book["预算信息"].row_dimensions[5].hidden = True
    book["预算信息"].column_dimensions["C"].hidden = True
    book["预算信息"].sheet_state = "veryHidden"
    assert read(book).budget[3].initial == 60


def test_a_format_on_the_very_last_row_costs_no_time(read, book):
    book["预算信息"]["A1048576"].number_format = "0.00"
    with no_hang():
        assert len(read(book).budget) == 5


@pytest.mark.skipif(not shutil.which("soffice"), reason="本机没有 LibreOffice")
def test_a_workbook_saved_by_libreoffice_reads_the_same(read, saved, book, tmp_path):
    put(book, "预算信息!C5", "=F5-6")
    put(book, "绩效指标!G3", 0.985, "0.00%")
    put(book, "绩效指标!E3", "=100%")
    put(book, "重点任务!C2", "第一段\n第二段")
    path = saved(book, "原件.xlsx")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "xlsx", "--outdir", tmp_path / "libreoffice", path,
        ],
        check=True, capture_output=True, timeout=WAIT,
    )  # fmt: skip
    report = read((tmp_path / "libreoffice/原件.xlsx").read_bytes())
    assert report.budget[3].initial == 60
    assert report.indicators[1].target.text == "=100%"
    assert report.indicators[1].actual.text == "98.50%"
    assert report.tasks[0].result == "第一段\n第二段"
    assert report.day == date(2024, 4, 26)


@pytest.mark.parametrize(
    ("formula", "here"),
    [
        ("A1+$A1+A$1+$A$1", "C2+$A2+C$1+$A$1"),
        ('IF(A1="B2","C3",D4)', 'IF(C2="B2","C3",F5)'),
        ("SUM(A1:B2)/LOG10(A1)", "SUM(C2:D3)/LOG10(C2)"),
    ],
)
def test_a_shared_formula_is_moved_to_its_cell_but_for_texts_and_what_is_fixed(formula, here):
    assert moved(formula, 1, 2) == here
