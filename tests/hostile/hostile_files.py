"""Hostile workbooks, made by script: each kind with what has to become of it.

`hostile_dialects.py` has further ones; `hostile_collection.py` writes them all.
"""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from workbooks.make import BUDGET_PART, as_bytes, good_workbook, put, rewritten, with_xml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/>'
)


@dataclass(frozen=True)
class Hostile:
    """A kind: how it is made, and what happens. `says` stands in the refusal, or on the page.

    `built` is True where the document is built with its text whole.
    """

    make: Callable[[], bytes]
    says: str
    built: bool = False


def refused(make: Callable[[], bytes], says: str) -> Hostile:
    """A kind that is refused in Chinese."""
    return Hostile(make, says)


def whole(make: Callable[[], bytes], says: str = "甲项目") -> Hostile:
    """A kind that is built whole."""
    return Hostile(make, says, built=True)


def ole_file(*streams: str) -> bytes:
    """A small compound file (as .xls, .doc and encrypted workbooks are) with these streams."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    fat = struct.pack("<II", fat_sector, end) + struct.pack("<I", free) * 126

    def entry(name: str, kind: int, child: int = free, right: int = free) -> bytes:
        text = name.encode("utf-16-le")
        fields = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
        places = struct.pack("<III", free, right, child)
        return fields + places + bytes(36) + struct.pack("<IQ", end, 0)

    entries = [entry("Root Entry", 5, child=1 if streams else free)]
    for place, name in enumerate(streams, 1):
        entries.append(entry(name, 2, right=place + 1 if place < len(streams) else free))
    return header + fat + b"".join(entries).ljust(512, b"\0")


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The good workbook with one more part."""
    stream = io.BytesIO(as_bytes(good_workbook()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The good workbook with one part changed."""
    return rewritten(as_bytes(good_workbook()), {part: change})


def in_sheet(before: bytes, xml: bytes) -> bytes:
    """The good workbook with XML put into its budget sheet."""
    return changed(BUDGET_PART, lambda part: part.replace(before, xml + before, 1))


def more_rows(count: int, start: int = 100, cell: bytes = b"<v>1</v>") -> bytes:
    """The good workbook with so many further rows."""
    rows = (
        b'<row r="%d"><c r="H%d">%s</c></row>' % (n, n, cell) for n in range(start, start + count)
    )
    return in_sheet(b"</sheetData>", b"".join(rows))


def merged(count: int, form: bytes) -> bytes:
    """The good workbook with so many merged ranges; `form` has places for a row's number."""
    ranges = (
        b'<mergeCell ref="%s"/>' % form.replace(b"#", b"%d" % n) for n in range(100, 100 + count)
    )
    return changed(
        BUDGET_PART,
        lambda part: part.replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + b"".join(ranges) + b"</mergeCells>"
        ),
    )


def with_text(text: str) -> bytes:
    """The good workbook with a text of its own in 文字部分."""
    return as_bytes(put(good_workbook(), "文字部分!B2", text))


def bomb(part: str, declaration: bytes, reference: bytes) -> bytes:
    """A part with a document type and a reference to what it declares."""

    def arm(content: bytes) -> bytes:
        head, mark, rest = content.rpartition(b"?>")
        return (
            head
            + mark
            + declaration
            + (rest if mark else content).replace(b"</", reference + b"</", 1)
        )

    return changed(part, arm)


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (step, b"&a%d;" % (step - 1) * 10) for step in range(1, 30))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def many_sheets(count: int) -> bytes:
    """A workbook of very many sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for number in range(count):
            book.add_worksheet(f"表{number}")
    return stream.getvalue()


def shown_often(times: int) -> bytes:
    """A workbook that stores one long text once, and shows it in very many cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("预算信息")
        for row in range(times):
            sheet.write(row % 5000, row // 5000, "长" * 32_767)
    return stream.getvalue()


def stating(name: str, text: str) -> bytes:
    """The good workbook that states another layout or schema."""
    book = good_workbook()
    book.defined_names[name] = DefinedName(name, attr_text=f'"{text}"')
    return as_bytes(book)


def many_columns() -> bytes:
    """The good workbook with a header in each of Excel's columns."""
    book = good_workbook()
    for column in range(8, 16_385):
        book["预算信息"].cell(1, column, f"列{column}")
    return as_bytes(book)


def lying_zip() -> bytes:
    """A zip that says of a part that it is ten bytes long."""
    content = as_bytes(good_workbook())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = struct.pack("<I", archive.getinfo("xl/workbook.xml").file_size)
    return content.replace(size, struct.pack("<I", 10))


def crowded_zip() -> bytes:
    """A zip with very many entries that have names and nothing in them."""
    one = zipped({"xl/x": b""})
    entry = one[one.index(b"PK\x01\x02") : one.index(b"PK\x05\x06")]
    return one[: one.index(b"PK\x01\x02")] + entry * 500_000 + one[one.index(b"PK\x05\x06") :]


def locked_part() -> bytes:
    """A zip whose first part is said to have a password."""
    content = bytearray(as_bytes(good_workbook()))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + flags] |= 1
    return bytes(content)


def with_very_many_tags() -> bytes:
    """A sheet of four million tags, hidden among noise that makes its ratio look usual."""
    noise = with_part("xl/a.bin", random.Random(2).randbytes(2 << 20))
    tags = b"</sheetData>" + b"<x/>" * 4_100_000
    return rewritten(noise, {BUDGET_PART: lambda part: part.replace(b"</sheetData>", tags)})


LONGEST = ("全年各项工作有序推进。" * 3000)[:32_767]
BIDI = "金额\u202e元00,1\u202c完成"

HOSTILE: dict[str, Hostile] = {
    # what only bears the name of a workbook
    "empty": refused(lambda: b"", "是空文件"),
    "zeros": refused(lambda: bytes(5000), "不是 .xlsx"),
    "noise": refused(lambda: random.Random(1).randbytes(5000), "不是 .xlsx"),
    "renamed .xls": refused(lambda: ole_file("Workbook"), "旧格式（.xls 或 .et）"),
    "renamed .et": refused(lambda: ole_file("Workbook", "ETExtData"), "旧格式（.xls 或 .et）"),
    "renamed .doc": refused(lambda: ole_file("WordDocument"), "Word 文档"),
    "encrypted": refused(lambda: ole_file("EncryptedPackage", "EncryptionInfo"), "设了打开密码"),
    "cut compound file": refused(lambda: ole_file("Workbook")[:700], "不完整或已损坏"),
    "compound header alone": refused(lambda: OLE + bytes(504), "不完整或已损坏"),
    "renamed .csv": refused(lambda: "项目,金额\n甲,60\n".encode("gbk"), "CSV"),
    "renamed .csv, UTF-16": refused(lambda: "项目\t金额\n".encode("utf-16"), "CSV"),
    "renamed .html": refused(lambda: b"\r\n<HTML><table><tr><td>1</td></tr></table>", "网页表格"),
    "renamed .mht": refused(lambda: b"MIME-Version: 1.0\r\n", "网页表格"),
    "renamed .xml": refused(lambda: b'<?xml version="1.0"?><Workbook/>', "XML 表格"),
    "renamed .pdf": refused(lambda: b"%PDF-1.7\n", "PDF"),
    "renamed .docx": refused(lambda: zipped({"word/document.xml": b"<w/>"}), "Word 文档"),
    "renamed .pptx": refused(lambda: zipped({"ppt/presentation.xml": b"<p/>"}), "演示文稿"),
    "renamed .ods": refused(lambda: zipped({"content.xml": b"<o/>"}), "ODF"),
    "renamed .xlsb": refused(lambda: zipped({"xl/workbook.bin": b"x"}), ".xlsb"),
    "renamed .zip": refused(lambda: zipped({"照片.jpg": b"x"}), "压缩包"),
    "zip of nothing": refused(lambda: b"PK\x05\x06" + bytes(18), "压缩包"),
    # zip
    "cut in the middle": refused(lambda: as_bytes(good_workbook())[:3000], "不完整或已损坏"),
    "bomb of one part": refused(lambda: with_part("xl/a.bin", bytes(101 << 20)), "解压后过大"),
    "bomb by its ratio": refused(lambda: with_part("xl/a.bin", bytes(30 << 20)), "解压后过大"),
    "bomb in a sheet": refused(
        lambda: in_sheet(b"</sheetData>", b" " * (60 << 20)), "解压后过大"
    ),
    "size that lies": refused(lying_zip, "已损坏"),
    "very many entries": refused(crowded_zip, "不像是工作簿"),
    "part with a password": refused(locked_part, "设了密码的压缩包"),
    "names that climb": whole(lambda: with_part("../../../etc/passwd", b"x")),
    "name with NUL": whole(lambda: with_part("xl/a\0b.xml", b"x")),
    "garbage in front": refused(lambda: b"#!/bin/sh\n" + as_bytes(good_workbook()), "不是 .xlsx"),
    "garbage behind": whole(lambda: as_bytes(good_workbook()) + bytes(1000)),
    # XML
    "laughs": refused(lambda: bomb(BUDGET_PART, LAUGHS, b"&a29;"), "已损坏"),
    "laughs in the workbook": refused(lambda: bomb("xl/workbook.xml", LAUGHS, b"&a29;"), "已损坏"),
    "laughs in the styles": refused(lambda: bomb("xl/styles.xml", LAUGHS, b"&a29;"), "已损坏"),
    "laughs in relations": refused(
        lambda: bomb("xl/_rels/workbook.xml.rels", LAUGHS, b"&a29;"), "已损坏"
    ),
    "laughs in an attribute": refused(
        lambda: changed(BUDGET_PART, lambda part: LAUGHS + b'<x a="&a29;"/>'), "已损坏"
    ),
    "file from outside": refused(lambda: bomb(BUDGET_PART, OUTSIDE, b"&a;"), "已损坏"),
    "sheet that is no XML": refused(
        lambda: changed(BUDGET_PART, lambda part: part[:800]), "已损坏"
    ),
    "sheet that is empty": refused(lambda: changed(BUDGET_PART, lambda part: b""), "已损坏"),
    "workbook that is no XML": refused(
        lambda: changed("xl/workbook.xml", lambda _: b"<w"), "已损坏"
    ),
    "nested 100,000 deep": refused(
        lambda: in_sheet(b"</sheetData>", b"<x>" * 100_000 + b"</x>" * 100_000), "已损坏"
    ),
    "millions of tags": refused(with_very_many_tags, "大得异常"),
    "control character": refused(lambda: in_sheet(b"</sheetData>", b"\x01"), "已损坏"),
    "character reference": refused(
        lambda: with_xml(good_workbook(), {"A5": '<c r="A5" t="str"><v>&#0;</v></c>'}), "已损坏"
    ),
    "UTF-16 sheet": whole(
        lambda: changed(BUDGET_PART, lambda part: b"\xff\xfe" + part.decode().encode("utf-16-le"))
    ),
    # sheets
    "16,384 columns": refused(many_columns, "超过 1000 列"),
    "200,000 rows": refused(lambda: more_rows(200_000), "超过 12000 行"),
    "50,000 merged ranges": refused(lambda: merged(50_000, b"H#:I#"), "处合并单元格"),
    "a merged range of 100,000 rows": refused(lambda: merged(1, b"A1:A100001"), "被合并的单元格"),
    "everything merged": refused(lambda: merged(1, b"A1:XFD1048576"), "被合并的单元格"),
    "merged upside down": refused(lambda: merged(1, b"XFD1048576:A1"), "被合并的单元格"),
    "merged without sense": refused(lambda: merged(1, b"A0:Z"), "读不懂"),
    "merged out of the sheet": refused(lambda: merged(1, b"XFE1:XFF2"), "读不懂"),
    "merged over each other": whole(lambda: merged(300, b"H100:I#")),
    "500 sheets": refused(lambda: many_sheets(500), "超过 200 个工作表"),
    "a text shown 9,000 times": refused(lambda: shown_often(9000), "超过 5000000 个字"),
    "text number out of range": refused(
        lambda: with_xml(good_workbook(), {"A5": '<c r="A5" t="s"><v>99999</v></c>'}), "预算信息”A5"
    ),
    "text number below zero": refused(
        lambda: with_xml(good_workbook(), {"A5": '<c r="A5" t="s"><v>-1</v></c>'}), "预算信息”A5"
    ),
    "a cell out of the sheet": refused(
        lambda: with_xml(good_workbook(), {"A5": '<c r="XFE1048577"><v>1</v></c>'}), "单元格地址"
    ),
    "number that is none": refused(
        lambda: with_xml(good_workbook(), {"C5": '<c r="C5"><v>1_000</v></c>'}), "预算信息”C5"
    ),
    "number of 5,000 digits": refused(
        lambda: with_xml(good_workbook(), {"C5": f'<c r="C5"><v>{"9" * 5000}</v></c>'}), "C5"
    ),
    "number of 350 digits": refused(
        lambda: with_xml(good_workbook(), {"C5": f'<c r="C5"><v>{"9" * 350}</v></c>'}), "C5"
    ),
    "1E400": refused(lambda: with_xml(good_workbook(), {"C5": '<c r="C5"><v>1E400</v></c>'}), "C5"),
    "formula without end": refused(
        lambda: with_xml(good_workbook(), {"C5": f'<c r="C5"><f>{"(" * 60_000}</f></c>'}), "C5"
    ),
    "characters that XML forbids": refused(lambda: with_text("甲_x0000_乙_xFFFF_"), "控制字符"),
    "half a character": refused(lambda: with_text("甲_xD800_乙"), "控制字符"),
    "escape codes": refused(lambda: with_text("_x001B_[31m红_x001B_[0m"), "控制字符"),
    "the last row filled": whole(lambda: more_rows(1, start=1_048_576)),
    "50,000 rows that are formatted": whole(lambda: more_rows(50_000, cell=b"")),
    "the longest text of a cell": whole(lambda: with_text(LONGEST), LONGEST[-200:]),
    "bidirectional text": whole(lambda: with_text(BIDI), "金额元00,1完成"),
    "markup for text": whole(
        lambda: with_text('<script>alert("1")</script>&amp;{{ 7*7 }}'),
        "&lt;script&gt;alert(\"1\")&lt;/script&gt;&amp;amp;{{ 7*7 }}",
    ),
    "emoji and rare characters": whole(lambda: with_text("𠮷祥㐂"), "𠮷祥㐂"),
    # which layout
    "unknown layout": refused(lambda: stating("_perfgen_layout", "nowhere"), "没有名为“"),
    "layout that climbs": refused(lambda: stating("_perfgen_layout", "../../etc"), "没有名为“"),
    "layout of a thousand letters": refused(lambda: stating("_perfgen_layout", "a" * 1000), "版式"),
    "another layout": refused(
        lambda: stating("_perfgen_layout", "hitech-performance-text"), "缺少工作表"
    ),
    "newer schema": refused(lambda: stating("_perfgen_schema", "999"), "更新的 perfgen"),
}  # fmt: skip
