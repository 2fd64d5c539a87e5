"""Only the cells that are written change; everything else of the workbook stays, byte for byte."""

import io
import re
import zipfile

import openpyxl
import pytest

from perfgen.model.cells import CellRef
from perfgen.pulling.writing import rewritten
from perfgen.workbook.raw import clean
from workbooks.make import as_bytes, good_workbook
from workbooks.make import rewritten as with_parts


def put(content, **texts):
    """Write texts into cells of 重点任务, by address such as C2."""
    cells = {}
    for address, text in texts.items():
        cell = openpyxl.Workbook().active[address]
        cells[CellRef("自评.xlsx", "重点任务", cell.row, cell.column)] = text
    return rewritten(content, cells)


def cells_of(content, sheet="重点任务"):
    return openpyxl.load_workbook(io.BytesIO(content))[sheet]


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_cell_gets_its_text_and_keeps_its_format():
    book = good_workbook()
    book["重点任务"]["C2"].font = openpyxl.styles.Font(bold=True)
    after = cells_of(put(as_bytes(book), C2="第一行\n第二行"))
    assert after["C2"].value == "第一行\n第二行"
    assert after["C2"].font.bold


@pytest.mark.parametrize("text", ["12", "2023-06-30", "TRUE", " 前后有空格 ", "&lt;<>"])
def test_text_stays_text(text):
    cell = cells_of(put(as_bytes(good_workbook()), C2=text))["C2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_looks_like_a_formula_or_an_escape_is_a_text_too():
    xml = parts(put(as_bytes(good_workbook()), C2="=1+1"))["xl/worksheets/sheet5.xml"]
    assert b'<t xml:space="preserve">=1+1</t>' in xml
    assert clean(cells_of(put(as_bytes(good_workbook()), C2="_x000D_"))["C2"].value) == "_x000D_"


def test_a_blank_cell_and_a_new_row_are_written_in_their_order():
    content = put(as_bytes(good_workbook()), C20="很下面", A3="中间", AB2="很右边", B2="")
    after = cells_of(content)
    assert [after[a].value for a in ("C20", "A3", "AB2", "B2")] == [
        "很下面",
        "中间",
        "很右边",
        None,
    ]
    xml = next(part for name, part in parts(content).items() if "很下面".encode() in part)
    assert (
        xml.index(b'r="A2"') < xml.index(b'r="AB2"') < xml.index(b'r="A3"') < xml.index(b'r="C20"')
    )


def test_all_other_parts_stay_as_they_were_what_openpyxl_would_lose_too():
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations count="0"/></ext></extLst></worksheet>'
    )
    book = as_bytes(good_workbook())
    name = "xl/worksheets/sheet5.xml"  # 重点任务
    book = with_parts(book, {name: lambda part: part.replace(b"</worksheet>", extension)})
    before, after = parts(book), parts(put(book, C2="改过。"))
    changed = {part for part in before if before[part] != after[part]}
    assert changed == {"xl/workbook.xml", name}
    assert b"x14:dataValidations" in after[name]
    assert list(before) == list(after)


def test_excel_computes_anew_when_it_opens_the_copy():
    assert (
        b'fullCalcOnLoad="1"' in parts(put(as_bytes(good_workbook()), C2="改"))["xl/workbook.xml"]
    )


# --- text of several looks -----------------------------------------------------------------------


def rich_workbook():
    """The good workbook; a few characters of 重点任务!C2 are bold."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: PLC0415
    from openpyxl.cell.text import InlineFont  # noqa: PLC0415

    book = good_workbook()
    bold = TextBlock(InlineFont(b=True), "三项")
    book["重点任务"]["C2"] = CellRichText("已经印发", bold, "制度。")
    return as_bytes(book)


@pytest.mark.parametrize(
    ("text", "bold"),
    [("已经正式印发三项制度。", "三项"), ("已经印发三十项制度！", "三十项"), ("全部完成。", None)],
)
def test_what_is_bold_in_a_cell_stays_bold(text, bold):
    content = put(rich_workbook(), C2=text)
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
    value = book["重点任务"]["C2"].value
    assert str(value) == text
    parts = [part.text for part in value if getattr(getattr(part, "font", None), "b", False)]
    assert parts == ([bold] if bold else [])


def test_a_workbook_part_without_settings_for_calculating_gets_them_in_their_place():
    """Some programs leave calcPr out; where it stands among the others is laid down."""
    bare = with_parts(
        as_bytes(good_workbook()),
        {"xl/workbook.xml": lambda part: re.sub(rb"<calcPr[^>]*/>", b"", part)},
    )
    assert b"calcPr" not in parts(bare)["xl/workbook.xml"]
    xml = parts(put(bare, C2="改"))["xl/workbook.xml"]
    assert b'<calcPr fullCalcOnLoad="1"/>' in xml
    assert xml.index(b"</sheets>") < xml.index(b"<calcPr") < xml.index(b"</workbook>")
