"""`--as-of 2023-06-30`: the report as it stood on that day, adjustments after it not counted."""

import json
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document
from workbooks.make import put

JUNE, SEPTEMBER = date(2023, 6, 30), date(2023, 9, 15)
INPUTS = Path(__file__).resolve().parents[2] / "inputs"
MOVE = "苏财预〔2023〕41号"


@pytest.fixture
def book(book):
    """A good workbook with four adjustments: in January, on 30 June, two in September."""
    put(book, "预算信息!D5", None)
    for row in (
        (date(2023, 1, 5), None, "甲项目", "上年结转", 6, None),
        (JUNE, "苏财预〔2023〕15号", "甲项目", "追加", 500, "外贸稳增长"),
        (SEPTEMBER, MOVE, "甲项目", "调剂", -20, None),
        (SEPTEMBER, MOVE, "乙项目", "调剂", 20, None),
    ):
        book["预算调整"].append(row)
    return book


@pytest.fixture
def printed(perfgen, saved, tmp_path):
    """The budget table as built with these options: line → adjustment and adjusted budget."""

    def build(content, *options):
        said = perfgen("build", saved(content), "--format", "html", *options)
        assert said.code == 0, said.err
        page = html.fromstring((tmp_path / "outputs/自评.html").read_bytes())
        rows = page.xpath("//table[@class='budget']/tbody/tr")
        cells = [[cell.text_content() for cell in row] for row in rows]
        return {name: (adjustment, adjusted) for name, _, adjustment, adjusted, *_ in cells}

    return build


@pytest.mark.parametrize(
    ("day", "first", "second", "parent"),
    [
        ("2023-06-29", ("6", "66"), ("", "40"), ("6", "106")),
        ("2023-06-30", ("506", "566"), ("", "40"), ("506", "606")),
        ("2023年6月30日", ("506", "566"), ("", "40"), ("506", "606")),
        ("20231231", ("486", "546"), ("20", "60"), ("506", "606")),
        ("2022-12-31", ("", "60"), ("", "40"), ("", "100")),
    ],
)
def test_only_adjustments_up_to_and_including_the_day_count(
    printed, book, day, first, second, parent
):
    lines = printed(book, "--as-of", day)
    assert (lines["甲项目"], lines["乙项目"], lines["项目支出"]) == (first, second, parent)


def test_without_the_option_all_of_them_count(printed, book):
    assert printed(book)["甲项目"] == ("486", "546")


def test_figures_typed_for_the_whole_year_neither_count_nor_are_compared(printed, perfgen, book,
                                                                         saved):  # fmt: skip
    put(put(book, "预算信息!D5", 486), "预算信息!E5", 546)
    assert printed(book, "--as-of", "2022-12-31")["甲项目"] == ("", "60")
    assert "PG106" not in perfgen("check", saved(book)).out
    said = perfgen("check", saved(book), "--as-of", "2023-06-30").out
    assert "PG106" not in said and "PG104" not in said


def test_figures_in_sentences_agree_with_the_table(perfgen, saved, book, tmp_path):
    put(book, "文字部分!B2", "甲项目调整预算数【预算：甲项目：调整预算数】万元。")
    perfgen("build", saved(book), "--format", "html", "--as-of", "2023-06-30")
    assert "甲项目调整预算数566万元。" in (tmp_path / "outputs/自评.html").read_text("utf-8")


def test_a_sentence_may_quote_an_adjustment_that_came_later(perfgen, saved, book, tmp_path):
    quote = "【预算：乙项目：上年度结转及当年预算追加追减数】"
    put(book, "文字部分!B2", f"乙项目年中调入{quote}万元。")
    said = perfgen("build", saved(book), "--format", "html", "--as-of", "2023-06-30")
    assert said.code == 0, said.err
    assert "乙项目年中调入0万元。" in (tmp_path / "outputs/自评.html").read_text("utf-8")


def test_findings_are_those_of_the_day(perfgen, saved, book):
    put(book, "预算信息!F5", 300)
    assert "甲项目实际支出" not in perfgen("check", saved(book)).out
    said = perfgen("check", saved(book), "--as-of", "2023-06-29")
    assert "甲项目实际支出 300，超过调整预算 66" in said.out


def test_a_transfer_of_which_only_a_part_counts_is_told_with_the_reason(perfgen, saved, book):
    put(book, "预算调整!A5", date(2023, 9, 16))
    said = perfgen("check", saved(book), "--as-of", "2023-09-15")
    assert "少调入 20" in said.out
    assert "截至日以后的行没有计入，同一次调整应当写同一天" in said.out


def test_documents_and_the_last_line_say_the_day_and_keep_their_own_date(
    perfgen, saved, book, tmp_path
):
    said = perfgen("build", saved(book), "--as-of", "2023-06-30")
    assert said.out.startswith("✓ 截至2023年6月30日（计入预算调整 2 笔），已生成 outputs/自评.docx")
    note = "（预算调整截至2023年6月30日）"
    assert note in page_texts((tmp_path / "outputs/自评.pdf").read_bytes())[0]
    word = Document((tmp_path / "outputs/自评.docx").read_bytes())
    assert note in "".join(word.texts())
    assert "2024-04-26" in word.archive.read("docProps/core.xml").decode()


def test_the_last_line_of_check_says_the_day(perfgen, saved, book):
    last = perfgen("check", saved(book), "--as-of", "2022-12-31").out.splitlines()[-1]
    assert "截至2022年12月31日（没有预算调整），检查" in last


def test_json_says_the_day(perfgen, saved, book):
    path = saved(book)
    said = perfgen("build", path, "--format", "html", "--as-of", "2023-06-30", "--json")
    assert json.loads(said.out)["as_of"] == "2023-06-30"
    assert json.loads(perfgen("build", path, "--format", "html", "--json").out)["as_of"] is None


def test_the_whole_year_and_a_day_are_not_taken_for_the_same_build(printed, book):
    assert printed(book)["甲项目"] == ("486", "546")
    assert printed(book, "--as-of", "2023-06-30")["甲项目"] == ("506", "566")
    assert printed(book)["甲项目"] == ("486", "546")


@pytest.mark.parametrize("command", ["build", "check"])
def test_every_row_without_a_date_is_asked_for_it_in_its_cell(
    perfgen, saved, book, tmp_path, command
):
    put(put(book, "预算调整!A3", None), "预算调整!A5", None)
    said = perfgen(command, saved(book), "--as-of", "2023-06-30")
    assert (said.code, said.out) == (2, "")
    for place in ("预算调整!A3", "预算调整!A5"):
        assert f"错误 自评.xlsx › {place}\n  没有填“日期”" in said.err
    assert "建议：补填日期，例如 2023-06-30" in said.err
    assert "✗ 自评.xlsx 的台账有 2 行没有日期，不能用 --as-of" in said.err
    assert [file.name for file in tmp_path.iterdir()] == ["自评.xlsx"]


def test_a_date_that_is_missing_does_no_harm_without_the_option(printed, book):
    put(book, "预算调整!A3", None)
    assert printed(book)["甲项目"] == ("486", "546")


@pytest.mark.parametrize("sheet_too", [False, True])
def test_without_adjustments_there_is_nothing_to_go_by(perfgen, saved, book, sheet_too):
    book["预算调整"].delete_rows(2, 4)
    if sheet_too:
        del book["预算调整"]
    said = perfgen("check", saved(book), "--as-of", "2023-06-30")
    assert (said.code, said.out) == (2, "")
    assert "✗ 自评.xlsx 的“预算调整”里没有登记，不能用 --as-of" in said.err


def test_a_layout_without_a_ledger_says_so(perfgen):
    said = perfgen("check", INPUTS / "guangzhou-commerce-2023.xlsx",
                   "--as-of", "2023-06-30")  # fmt: skip
    assert (said.code, said.out) == (2, "")
    assert "没有预算调整台账，不能用 --as-of" in said.err


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2023-02-30", "没有“2023-02-30”这一天"),
        ("六月底", "“六月底”不是日期，写作 2023-06-30"),
        ("2023", "“2023”不是日期"),
        ("1023-06-30", "不像是要填的日期"),
        ("", "不是日期"),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_what_is_no_day_is_refused_in_chinese(perfgen, saved, book, command, typed, says):
    said = perfgen(command, saved(book), "--as-of", typed)
    assert (said.code, said.out) == (2, "")
    assert "选项 --as-of 不对：" in said.err
    assert says in said.err
    assert "Traceback" not in said.err
