"""Text is text: whatever a cell holds comes out as these characters, and does nothing."""

import csv
import io
import json
import re
import subprocess
import zipfile

import openpyxl
import pytest
from lxml import etree

from perfgen.build import Request, build
from perfgen.workbook.opening import WorkbookFile
from render.pdf_reading import needs
from workbooks.make import as_bytes, good_workbook

CODES = [
    "=1+1", '=HYPERLINK("http://example.com","点")', "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1)",
    "{ PAGE \\* MERGEFORMAT }", 'TOC \\o "1-3" \\h', "<script>alert(1)</script>", "<w:p/>",
    "&amp;&lt;&#65;", "]]><x>", "{{ 7*7 }}{% raw %}{# no #}", "#set text(red)",
    "$x^2$ #pagebreak()", "@label <label>", "\\u0041\\n\\x1b[31m", '"引号",逗号;分号',
    "*粗* _斜_ `码` ~~删~~", "%s %n %x", "${jndi:ldap://x}", "'; DROP TABLE 表;--",
    "//注释 /* 注释 */", "= 标题", "- 项目", "+ 编号", "/ 词: 义", "..\\..\\x", "【】", "é €",
]  # fmt: skip
"""Formulas, fields of Word, markup, templates, Typst, escapes, what breaks CSV and JSON."""

PLACES = {
    "基本信息!B2": 7, "文字部分!B2": 0, "文字部分!B3": 1, "预算信息!A5": 8, "预算信息!A6": 16,
    "重点任务!A2": 11, "重点任务!B2": 2, "重点任务!C2": 3, "重点任务!B3": 4, "重点任务!C3": 5,
    "重点任务!B4": 6, "重点任务!C4": 13, "绩效指标!B2": 9, "绩效指标!B3": 12, "绩效指标!B4": 14,
    "绩效指标!J3": 15, "绩效指标!J4": 17,
}  # fmt: skip
"""Columns of text, each with the code that stands there alone; the texts hold all others."""

EVERYTHING = "；".join(CODES)


def texts():
    """What each cell holds."""
    return {place: CODES[number] for place, number in PLACES.items()} | {
        "文字部分!B3": EVERYTHING,
        "重点任务!C4": f"已经完成。{EVERYTHING}",
    }


@pytest.fixture(scope="module")
def workbook():
    """The good workbook with codes in its texts; openpyxl is told that they are texts."""
    book = good_workbook()
    book["预算信息"]["H1"] = "自己的列"
    for place, text in {**texts(), "预算信息!H1": "=1+2", "预算信息!H5": "=3+4"}.items():
        sheet, _, address = place.partition("!")
        cell = book[sheet][address]
        cell.value = text
        cell.data_type = "s"
    return as_bytes(book)


@pytest.fixture(scope="module")
def built(workbook):
    """The documents of that workbook."""
    formats = ("docx", "pdf", "html")
    return build(WorkbookFile("自评.xlsx", workbook), Request(formats=formats)).documents


def squeezed(text):
    """A text without any space: lines are broken where a page ends."""
    return re.sub(r"\s+", "", text)


def assert_all_in(text):
    for place, code in texts().items():
        assert squeezed(code) in squeezed(text), place


def test_in_html(built):
    page = etree.HTML(built["html"].decode())
    assert_all_in("".join(page.itertext()))
    assert not page.xpath("//script")
    assert page.xpath("count(//style)") <= 1


def test_in_word(built):
    with zipfile.ZipFile(io.BytesIO(built["docx"])) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert_all_in("".join(item.text or "" for item in body.iter(f"{w}t")))
    fields = "".join(item.text or "" for item in body.iter(f"{w}instrText"))
    assert "MERGEFORMAT" not in fields and "TOC" not in fields
    links = [
        link for link in body.iter(f"{w}hyperlink") if "example.com" in "".join(link.itertext())
    ]
    assert links == []


@needs("pdftotext")
def test_in_the_pdf(built, tmp_path):
    path = tmp_path / "自评.pdf"
    path.write_bytes(built["pdf"])
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    printed = squeezed(done.stdout.decode())
    for code in CODES:  # a page's end may stand within the long texts
        assert squeezed(code) in printed, code
    assert b"/JavaScript" not in built["pdf"] and b"/Launch" not in built["pdf"]


@pytest.fixture(scope="module")
def extracted(built, tmp_path_factory):
    """What `extract` makes of the PDF: JSON, CSV, and a workbook."""
    from perfgen import cli  # noqa: PLC0415

    home = tmp_path_factory.mktemp("extracted")
    (home / "自评.pdf").write_bytes(built["pdf"])
    options = [
        "-o",
        str(home / "x.json"),
        "--csv",
        str(home / "csv"),
        "--xlsx",
        str(home / "x.xlsx"),
    ]
    assert cli.run(["extract", str(home / "自评.pdf"), *options]) == 0
    return home


def leaves(data):
    """Every text in a JSON document."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from leaves(item)
    elif isinstance(data, str):
        yield data


def test_in_json(extracted):
    known = set(leaves(json.loads((extracted / "x.json").read_bytes())))
    for place, code in texts().items():
        assert code in known, place


def test_in_csv(extracted):
    cells = [
        cell
        for file in (extracted / "csv").glob("*.csv")
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
        for cell in row
    ]
    for place, code in texts().items():
        if not place.startswith("基本信息"):
            assert code in {cell.removeprefix("'") for cell in cells}, place
    dangerous = [cell for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.]+%?$)", cell)]
    assert dangerous == []


def workbook_texts(path):
    """The texts of a workbook; a formula would have another type."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"formula {cell.value}"
                elif isinstance(cell.value, str):
                    yield cell.value


@pytest.fixture(scope="module")
def annotated(workbook, tmp_path_factory):
    """The annotated copy of the workbook."""
    from perfgen import cli  # noqa: PLC0415

    home = tmp_path_factory.mktemp("annotated")
    (home / "自评.xlsx").write_bytes(workbook)
    assert cli.run(["check", str(home / "自评.xlsx"), "--annotate", str(home / "批注.xlsx")]) < 2
    return home / "批注.xlsx"


def test_in_workbooks(extracted, annotated):
    for file in (extracted / "x.xlsx", annotated):
        found = set(workbook_texts(file))
        for place, code in texts().items():
            assert code in found, (file.name, place)
        for code in CODES:
            assert f"formula {code}" not in found


def test_on_the_terminal(perfgen, saved, workbook, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    said = perfgen("check", saved(workbook))
    shown = said.out + said.err
    assert "自身出了错" not in shown
    codes = set(re.findall("\x1b[^m]*m", shown))
    assert all(re.fullmatch("\x1b\\[[0-9;]*m", code) for code in codes)


@pytest.mark.parametrize("name", ["\x1b[31m红\x1b[0m.xlsx", "\u202egpj.xlsx", "a\r\nb.xlsx"])
def test_a_name_does_not_steer_the_terminal(perfgen, saved, book, name, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    said = perfgen("check", saved(book, name), "--json")
    more = perfgen("check", f"没有{name}")
    for text in (said.out, said.err, more.err):
        assert not re.search("[\x1b\u202e\r]", text)
    assert json.loads(said.out)["workbook"].endswith(name)
