"""How much of a workbook is read: more than any report has, and never without end."""

import io
import zipfile

import pytest
import xlsxwriter

from perfgen.errors import WorkbookError
from perfgen.settings import find_settings
from perfgen.workbook.limits import NAMES, USUAL, Limits
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.raw import read_sheet
from workbooks.make import BUDGET_PART, as_bytes, good_workbook, put, rewritten


def refusal(path, limits=USUAL):
    with pytest.raises(WorkbookError) as refused:
        open_workbook(path, limits)
    return f"{refused.value.message}\n{refused.value.hint}"


def with_sheet(change):
    """The good workbook with its budget sheet's XML changed."""
    return rewritten(as_bytes(good_workbook()), {BUDGET_PART: change})


def rows(count, cells=b"<v>1</v>", start=100):
    """So many more rows of one cell each."""
    more = b"".join(
        b'<row r="%d"><c r="A%d">%s</c></row>' % (n, n, cells) for n in range(start, start + count)
    )
    return with_sheet(lambda part: part.replace(b"</sheetData>", more + b"</sheetData>"))


def merges(*refs):
    xml = b"".join(b'<mergeCell ref="%s"/>' % ref for ref in refs)
    return with_sheet(
        lambda part: part.replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + xml + b"</mergeCells>"
        )
    )


@pytest.mark.parametrize(
    ("content", "says", "key"),
    [
        (rows(12_001), "工作表“预算信息”超过 12000 行", "rows"),
        (merges(b"A1:XFD1048576"), "超过 100000 个被合并的单元格", "merged_cells"),
        (merges(b"A9:A1048576"), "超过 100000 个被合并的单元格", "merged_cells"),
        (merges(b"XFD1048576:A1"), "超过 100000 个被合并的单元格", "merged_cells"),
        (merges(*[b"A%d:B%d" % (n, n) for n in range(9, 12_100)]), "处合并单元格", "merged_ranges"),
    ],
    ids=["rows", "whole sheet", "column", "corners turned", "many ranges"],
)
def test_more_than_any_report_has_is_refused_with_the_limit_and_its_key(saved, content, says, key):
    said = refusal(saved(content))
    assert says in said
    assert f"在 perfgen.toml 的 [limits] 里调高 {key}" in said


def test_a_column_beyond_the_thousandth_is_refused(saved, book):
    for column in range(1, 1002):
        book["预算信息"].cell(9, column, 1)
    assert "超过 1000 列" in refusal(saved(book))


def test_characters_count_in_every_cell_that_shows_them(tmp_path):
    path = tmp_path / "自评.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("预算信息")
        for row in range(160):  # stored once, shown 160 times
            sheet.write(row, 0, "长" * 32_767)
    assert path.stat().st_size < 100_000
    assert "超过 5000000 个字" in refusal(path)


def test_sheets_are_counted(saved, book):
    for number in range(3):
        book.create_sheet(f"附{number}")
    assert "超过 9 个工作表" in refusal(saved(book), Limits(sheets=9))


def test_cells_are_counted_over_all_sheets(saved, book):
    assert "超过 20 个有内容的单元格" in refusal(saved(book), Limits(cells=20))


def test_rows_that_are_only_formatted_count_for_nothing(saved):
    opened = open_workbook(saved(rows(50_000, cells=b"")))
    assert opened.sheets["预算信息"].value(5, 1) == "甲项目"


def test_as_many_tags_as_memory_would_not_hold_are_refused(saved):
    # A raw stream would be refused by its ratio; here the text around makes it look usual.
    stream = io.BytesIO(as_bytes(good_workbook()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(2_000_000))
    content = rewritten(
        stream.getvalue(),
        {
            BUDGET_PART: lambda part: part.replace(
                b"</sheetData>", b"</sheetData>" + b"<x/>" * 4_100_000
            )
        },
    )
    assert "过大" in refusal(saved(content)) or "大得异常" in refusal(saved(content))


def test_ranges_merged_within_the_limit_are_read(saved):
    sheet = read_sheet(open_workbook(saved(merges(b"A30000:A50000", b"$B$9:C9"))), "预算信息")
    assert sheet.merged[50_000, 1] == (30_000, 1)
    assert sheet.merged[9, 3] == (9, 2)


def test_an_office_sets_limits_of_its_own(saved, perfgen, tmp_path):
    path = saved(good_workbook())
    (tmp_path / "perfgen.toml").write_text("[limits]\nrows = 3\n", encoding="utf-8")
    said = perfgen("check", path)
    assert said.code == 2
    assert "超过 3 行" in said.err
    (tmp_path / "perfgen.toml").write_text("[limits]\nrows = 3000\n", encoding="utf-8")
    assert perfgen("check", path).code == 0


def test_limits_that_mean_nothing_are_refused(tmp_path):
    for text, says in (
        ("rows = 0", "应当是 1 到"),
        ("row = 9", "是不是 rows"),
        ("rows = 1.5", "应当是整数"),
        ("rows = true", "应当是整数"),
    ):
        (tmp_path / "perfgen.toml").write_text(f"[limits]\n{text}\n", encoding="utf-8")
        with pytest.raises(Exception, match=says):
            find_settings(tmp_path)


def test_the_manual_lists_every_limit(pytestconfig):
    manual = (pytestconfig.rootpath / "docs/使用手册.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"`{name}` {getattr(USUAL, name)}" in manual


def test_a_shared_formula_is_named_as_its_own_cell_shows_it(saved, book):
    put(put(book, "预算信息!C5", 1), "预算信息!C6", 1)
    master = b'<c r="C5"><f t="shared" ref="C5:C6" si="0">F5-$G$1+SUM(A1:B2)</f></c>'
    follower = b'<c r="C6"><f t="shared" si="0"/></c>'

    def change(part):
        part = part.replace(b'<c r="C5" t="n"><v>1</v></c>', master)
        return part.replace(b'<c r="C6" t="n"><v>1</v></c>', follower)

    path = saved(rewritten(as_bytes(book), {BUDGET_PART: change}))
    sheet = read_sheet(open_workbook(path), "预算信息")
    assert sheet.at(5, 3).formula == "=F5-$G$1+SUM(A1:B2)"
    assert sheet.at(6, 3).formula == "=F6-$G$1+SUM(A2:B3)"
