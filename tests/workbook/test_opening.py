"""Files that come from anywhere: a sound .xlsx is opened, anything else is called by its name."""

import io
import os
import struct
import subprocess
import sys
import zipfile

import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.datavalidation import DataValidation

from patience import WAIT, no_hang
from perfgen.errors import WorkbookError
from perfgen.workbook.opening import open_workbook
from workbooks.make import BUDGET_PART, as_bytes, good_workbook, rewritten

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path):
    """What the officer is told about a file: the message and the advice."""
    with pytest.raises(WorkbookError) as refused:
        open_workbook(path)
    assert refused.value.problems == ()
    return f"{refused.value.message}\n{refused.value.hint}"


def ole_file(*streams):
    """A small compound file (as .xls, .doc and encrypted workbooks are) with these streams."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    fat = struct.pack("<II", fat_sector, end) + struct.pack("<I", free) * 126

    def entry(name, kind, child=free, right=free):
        text = name.encode("utf-16-le")
        fields = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
        return (
            fields
            + struct.pack("<III", free, right, child)
            + bytes(36)
            + struct.pack("<IQ", end, 0)
        )

    entries = [entry("Root Entry", 5, child=1 if streams else free)]
    for place, name in enumerate(streams, 1):
        entries.append(entry(name, 2, right=place + 1 if place < len(streams) else free))
    directory = b"".join(entries).ljust(512, b"\0")
    return header + fat + directory


def zipped(**parts):
    """A zip archive; `__` in a name stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


# --- what is opened ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["自评.xlsx", "自评.XLSX", "自评", "自评.xlsm", "自 评（终）.xlsx"]
)
def test_a_sound_workbook_is_opened_whatever_its_name(saved, book, name):
    assert "预算信息" in open_workbook(saved(book, name)).sheets


def test_a_workbook_with_comments_links_and_lists_is_opened(saved, book):
    sheet = book["预算信息"]
    sheet["A5"].comment = Comment("请核对", "财务处")
    sheet["A5"].hyperlink = "https://example.com/"
    sheet.add_data_validation(
        DataValidation(type="list", formula1='"总额,项目明细"', sqref="B2:B99")
    )
    sheet.merge_cells("A9:G9")
    link = ExternalLink(ExternalBook())
    link.file_link = Relationship(
        type="externalLinkPath", Target="去年.xlsx", TargetMode="External"
    )
    book._external_links.append(link)
    assert open_workbook(saved(book)).sheets["预算信息"].value(5, 1) == "甲项目"


# --- what is not there, or is no file ------------------------------------------------------------


def test_a_missing_file_names_the_workbooks_in_the_folder(saved, book, tmp_path):
    saved(book)
    said = refusal(tmp_path / "自平.xlsx")
    assert "找不到工作簿" in said
    assert "自评.xlsx" in said


def test_a_missing_folder_is_said(tmp_path):
    assert "找不到工作簿" in refusal(tmp_path / "没有/自评.xlsx")


@pytest.mark.parametrize("name", ["..xlsx", "...xlsx"])
def test_a_name_of_dots_alone_is_refused(saved, book, name):
    """Its documents would be called like a folder: they would lie beside or above it."""
    assert "里只有点" in refusal(saved(book, name))


def test_a_link_that_leads_nowhere_is_not_offered(saved, book, tmp_path):
    saved(book, "另一份.xlsx")
    (tmp_path / "自评.xlsx").symlink_to("没有.xlsx")
    said = refusal(tmp_path / "自评.xlsx")
    assert "找不到工作簿" in said and said.strip().endswith("这个文件夹里有：另一份.xlsx")


def test_a_folder_is_no_workbook(tmp_path):
    assert "是文件夹" in refusal(tmp_path)


def test_a_file_taken_for_a_folder_is_said(saved, book):
    assert "打不开" in refusal(saved(book) / "自评.xlsx")


def test_a_name_too_long_for_the_system_is_said(tmp_path):
    assert "文件名太长" in refusal(tmp_path / ("长" * 300 + ".xlsx"))


def test_the_lock_file_of_excel_points_to_the_workbook(saved):
    said = refusal(saved(b"\x06user", "~$自评.xlsx"))
    assert "临时锁文件" in said
    assert "改用 自评.xlsx" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有命名管道文件")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "管道.xlsx")
    assert "不是普通文件" in refusal(tmp_path / "管道.xlsx")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="管理员什么文件都能打开")
def test_a_file_without_permission_is_said(saved, book):
    path = saved(book)
    path.chmod(0)
    assert "没有权限打开" in refusal(path)


# --- what is another kind of file ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (ole_file("EncryptedPackage", "EncryptionInfo"), "设了打开密码"),
        (ole_file("Workbook"), "旧格式（.xls 或 .et）"),
        (ole_file("WordDocument"), "Word 文档（.doc）"),
        (OLE + bytes(100), "不完整或已损坏"),
        ("项目,金额\n甲,60\n".encode(), "文本文件（如 CSV）"),
        ("项目,金额\n甲,60\n".encode("gbk"), "文本文件（如 CSV）"),
        ("项目\t金额\n".encode("utf-16"), "文本文件（如 CSV）"),
        (b"\xef\xbb\xbf<html><table><tr><td>60</td></tr></table></html>", "网页表格（HTML）"),
        (b"<!DOCTYPE html>", "网页表格（HTML）"),
        (b'<?xml version="1.0"?><Workbook/>', "XML 表格"),
        (b"%PDF-1.7", "PDF 文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "其他格式的文件"),
        (zipped(word__document_xml="<w/>"), "是Word 文档"),
        (zipped(ppt__presentation_xml="<p/>"), "是演示文稿"),
        (zipped(content_xml="<o/>"), "是ODF 文档"),
        (zipped(photo="x"), "是压缩包"),
        (b"PK\x03\x04", "不完整或已损坏"),
        (b"PK\x05\x06" + bytes(18), "是压缩包"),
    ],
)  # fmt: skip
def test_a_file_that_only_looks_like_a_workbook_is_called_by_its_name(saved, content, said):
    told = refusal(saved(content))
    assert said in told
    assert "\n" in told.strip()  # and there is advice


def test_the_strict_format_is_named_and_not_taken_for_an_empty_workbook(saved, book):
    usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    content = rewritten(
        as_bytes(book), {"xl/workbook.xml": lambda part: part.replace(usual, strict)}
    )
    assert "严格格式" in refusal(saved(content))


# --- what is broken ------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_was_not_copied_whole_is_said(saved, book, kept):
    content = as_bytes(book)
    assert "不完整或已损坏" in refusal(saved(content[: int(len(content) * kept)]))


def test_a_corrupt_part_is_said(saved, book):
    content = bytearray(as_bytes(book))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo("xl/worksheets/sheet3.xml")
    start = entry.header_offset + 30 + len(entry.filename) + 20
    for place in range(start, start + 40):
        content[place] ^= 0xFF
    said = refusal(saved(bytes(content)))
    assert "已损坏" in said
    assert "备份" in said


def test_a_part_with_a_password_is_said(saved, book):
    content = bytearray(as_bytes(book))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag "encrypted"
        place = content.find(mark)
        content[place + flags] |= 1
    assert "设了密码的压缩包" in refusal(saved(bytes(content)))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet3.xml", lambda part: part[: len(part) // 2]),
        ("xl/workbook.xml", lambda part: b"<workbook"),
        ("xl/styles.xml", lambda part: part.replace(b"<cellXfs", b"<cellXxx")),
        ("xl/worksheets/sheet3.xml", lambda part: part.replace(b"<v>60</v>", b"<v>NaN</v>")),
    ],
)
def test_a_workbook_broken_inside_is_said(saved, book, part, change):
    said = refusal(saved(rewritten(as_bytes(book), {part: change})))
    assert "已损坏，读不出来" in said
    assert "打开修复" in said


# --- what is hostile -----------------------------------------------------------------------------


def test_two_parts_of_one_name_that_differ_are_refused(saved, book):
    """Which of them another program shows, nobody knows."""
    stream = io.BytesIO(as_bytes(book))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/worksheets/Sheet3.xml", "<worksheet/>")
    assert "有两份不一样的 XL/worksheets/Sheet3.xml" in refusal(saved(stream.getvalue()))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/styles.xml"])
def test_a_part_that_is_something_else_is_not_taken_for_an_empty_one(saved, book, part):
    """A page that a filter put in its place: the sheet would lose its rows, numbers their %."""
    page = b"<html><body>blocked</body></html>"
    said = refusal(saved(rewritten(as_bytes(book), {part: lambda _: page})))
    assert f"{part} 里是别的内容" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda part: part.replace(b'<row r="4"', b'<row xmlns="urn:x" r="4"'), "读不懂的行"),
        (lambda part: part.replace(b'<c r="A4"', b'<c xmlns="urn:x" r="A4"'), "读不懂的单元格"),
        (lambda part: part.replace(b'<c r="B4"', b'<c r="A4"'), "A4 出现了两次"),
        (lambda part: part.replace(b'<row r="5"', b'<row r="4"').replace(b'r="A5"', b'r="A4"'),
         "A4 出现了两次"),
    ],
)  # fmt: skip
def test_rows_and_cells_are_not_passed_over(saved, book, change, said):
    content = rewritten(as_bytes(book), {"xl/worksheets/sheet3.xml": change})
    assert said in refusal(saved(content))


def test_two_sheets_of_one_name_are_refused(saved, book):
    content = rewritten(as_bytes(book), {
        "xl/workbook.xml": lambda part: part.replace("说明事项".encode(), "预算信息".encode()),
    })  # fmt: skip
    assert "有两张工作表都叫“预算信息”" in refusal(saved(content))


def test_the_place_of_a_button_is_no_row(saved, book):
    """Excel tells in rows where a control stands."""
    control = (
        b'<controls><control><controlPr><anchor><from><xdr:row xmlns:xdr="http://schemas.openxmlformats'
        b'.org/drawingml/2006/spreadsheetDrawing">3</xdr:row></from></anchor></controlPr></control>'
        b"</controls></worksheet>"
    )
    content = rewritten(as_bytes(book), {
        "xl/worksheets/sheet3.xml": lambda part: part.replace(b"</worksheet>", control),
    })  # fmt: skip
    assert list(open_workbook(saved(content)).sheets) == book.sheetnames


def test_a_zip_bomb_is_not_unzipped(saved, book):
    content = as_bytes(book)
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(101 * 1024 * 1024))
    assert "解压后过大" in refusal(saved(stream.getvalue()))


def test_a_small_file_that_unzips_a_hundredfold_is_refused(saved, book):
    stream = io.BytesIO(as_bytes(book))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(30 * 1024 * 1024))
    assert "解压后过大" in refusal(saved(stream.getvalue()))


def test_a_zip_that_lies_about_its_size_is_refused(saved, book):
    content = as_bytes(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("xl/workbook.xml")
    true_size = struct.pack("<I", entry.file_size)
    lied = content.replace(true_size, struct.pack("<I", 10))
    assert lied != content
    assert "已损坏" in refusal(saved(lied))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml", "docProps/core.xml"]
)
def test_an_entity_bomb_does_not_go_off(saved, book, part):
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "ha">'
        + b"".join(
            b'<!ENTITY a%d "%s">' % (step, b"&a%d;" % (step - 1) * 10 if step else b"&a;" * 10)
            for step in range(30)
        )
        + b"]>"
    )

    def arm(content):
        declaration, mark, rest = content.rpartition(b"?>")
        start = rest if mark else content
        return declaration + mark + bomb + start.replace(b"</", b"&a29;</", 1)

    path = saved(rewritten(as_bytes(book), {part: arm}))
    with no_hang():
        try:
            open_workbook(path)
        except WorkbookError as error:
            assert "已损坏" in error.message


@pytest.mark.parametrize(
    "xml",
    [
        b'<hyperlinks><hyperlink display="x" ref="A1:XFD1048576" location="B1"/></hyperlinks>',
        b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="x"/></conditionalFormatting>',
        b'<dataValidations><dataValidation sqref="A1:XFD1048576 A1:XFD9"/></dataValidations>',
    ],
)
def test_links_and_rules_over_a_whole_sheet_cost_nothing(saved, book, xml):
    change = {BUDGET_PART: lambda part: part.replace(b"<pageMargins", xml + b"<pageMargins")}
    opened = open_workbook(saved(rewritten(as_bytes(book), change)))
    assert opened.sheets["预算信息"].value(5, 1) == "甲项目"


def test_a_number_format_without_end_costs_nothing(saved, book):
    book["预算信息"]["C5"].number_format = "[" * 500_000 + "0.00"
    path = saved(book)
    with no_hang():
        assert open_workbook(path).sheets["预算信息"].value(5, 3) == "60"


def test_a_sheet_in_another_encoding_is_read(saved, book):
    def encoded(part):
        return b"\xff\xfe" + part.decode().encode("utf-16-le")

    content = rewritten(as_bytes(book), {BUDGET_PART: encoded})
    assert open_workbook(saved(content)).sheets["预算信息"].value(5, 1) == "甲项目"


def test_a_huge_file_is_refused_by_its_size(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    assert "有 51 MB，超过 50 MB 的上限" in refusal(path)


# --- the real thing ------------------------------------------------------------------------------


def test_a_workbook_of_old_excel_made_by_libreoffice(tmp_path, saved):
    if not any((folder / "soffice").exists() for folder in map(type(tmp_path), os.get_exec_path())):
        pytest.skip("本机没有 LibreOffice")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "xls", "--outdir", tmp_path / "old", saved(good_workbook()),
        ],
        check=True, capture_output=True, timeout=WAIT,
    )  # fmt: skip
    assert "旧格式（.xls 或 .et）" in refusal(tmp_path / "old/自评.xls")
