"""`perfgen extract`: from the document back to its data, and round to the same document."""

import json
import shutil
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from perfgen import cli
from perfgen.build import Request, load
from perfgen.disclosed.data import kept_private
from perfgen.disclosed.files import NAMESPACE
from perfgen.layouts import templates_folder
from unreadable import make_unreadable
from workbooks.make import good_workbook, put

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "inputs").glob("*.xlsx"))
ORIGIN = ("customXml/", "docProps/custom.xml")
"""What a Word file says of the workbook that it was printed from."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The good workbook's documents."""
    folder = tmp_path_factory.mktemp("built")
    good_workbook().save(folder / "自评.xlsx")
    assert cli.run(["build", str(folder / "自评.xlsx"), "-o", str(folder)]) == 0
    return folder


def without_private_items(sample, path):
    """A copy of the sample without the items of the form that no data holds."""
    book = openpyxl.load_workbook(sample)
    layout = load(sample, Request()).layout
    form = next(sheet for sheet in layout.sheets if sheet.kind == "form")
    for label, value, *_ in book[form.name].iter_rows():
        if label.value in kept_private(layout):
            value.value = None
    book.save(path)
    return path


def word_parts(path):
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist() if not n.startswith(ORIGIN)}


# --- round -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_workbook_made_from_a_document_builds_to_the_same_document(perfgen, tmp_path, sample):
    """The private items aside (联系电话): the data leaves them out, whatever the page prints."""
    name = sample.stem
    (tmp_path / "public").mkdir()
    public = without_private_items(sample, tmp_path / "public" / sample.name)
    assert perfgen("build", public, "-o", "first").code == 0
    said = perfgen("extract", f"first/{name}.pdf", "--xlsx", f"{name}.xlsx")
    assert said.code == 0, said.err
    assert perfgen("build", f"{name}.xlsx", "-o", "again").code == 0
    first, again = (tmp_path / folder / name for folder in ("first", "again"))
    assert again.with_suffix(".pdf").read_bytes() == first.with_suffix(".pdf").read_bytes()
    assert word_parts(again.with_suffix(".docx")) == word_parts(first.with_suffix(".docx"))
    said = perfgen("extract", f"again/{name}.docx")
    assert said.out == perfgen("extract", f"first/{name}.pdf").out


def test_a_document_with_its_ledger_goes_round_with_its_ledger(perfgen, saved, book, tmp_path):
    put(book, "预算信息!D5", None)
    for day, kind, amount in ((date(2023, 9, 15), "追减", 5), (date(2023, 6, 30), "追加", 12)):
        book["预算调整"].append((day, "苏财预〔2023〕15号", "甲项目", kind, amount, "压减"))
    annex = ("--annex", "adjustments", "--format", "pdf")
    assert perfgen("build", saved(book), *annex, "-o", "first").code == 0
    assert perfgen("extract", "first/自评.pdf", "--xlsx", "again.xlsx").code == 0
    assert perfgen("build", "again.xlsx", *annex, "-o", "again").code == 0
    first = tmp_path / "first/自评.pdf"
    assert (tmp_path / "again/again.pdf").read_bytes() == first.read_bytes()
    day = ("--as-of", "2023-07-01", "--force", *annex)
    assert perfgen("build", "自评.xlsx", *day, "-o", "first").code == 0
    said = perfgen("extract", "first/自评.pdf", "--xlsx", "again.xlsx", "--force")
    assert "数据是截至 2023-07-01 的" in said.err
    assert perfgen("build", "again.xlsx", *day, "-o", "again").code == 0
    assert (tmp_path / "again/again.pdf").read_bytes() == first.read_bytes()


def test_the_workbook_leaves_totals_to_be_summed(perfgen, built, tmp_path):
    assert perfgen("extract", built / "自评.pdf", "--xlsx", "回.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "回.xlsx")["预算信息"]
    assert (sheet["A2"].value, sheet["C2"].value, sheet["C3"].value) == ("预算总金额", None, 100)


def test_private_items_are_printed_and_stay_out_of_the_data_and_the_officer_is_told(perfgen):
    sample = next(path for path in SAMPLES if path.stem == "project-targets-2024")
    assert perfgen("build", sample, "-o", ".").code == 0
    assert "0500-1234567" in "".join(
        page.extract_text() for page in pypdf.PdfReader("project-targets-2024.pdf").pages
    )
    said = perfgen("extract", "project-targets-2024.pdf", "--xlsx", "回.xlsx")
    assert "填表人、联系电话不公开，没有还原，要补填" in said.out + said.err
    assert "0500-1234567" not in perfgen("extract", "project-targets-2024.pdf").out


# --- what comes out --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_json_goes_to_the_screen_or_to_a_file(perfgen, built, tmp_path, kind):
    document = built / f"自评.{kind}"
    shown = perfgen("extract", document)
    data = json.loads(shown.out)
    assert (data["schema"], data["unit"], data["year"]) == ("report-1", "某某局", 2023)
    said = perfgen("extract", document, "-o", "数据.json")
    assert said.code == 0
    assert (tmp_path / "数据.json").read_bytes() == shown.out.encode()
    assert "✓ 已从 自评." in said.out


def test_the_tables_come_as_csv(perfgen, built, tmp_path):
    assert perfgen("extract", built / "自评.docx", "--csv", "表").code == 0
    names = sorted(file.name for file in (tmp_path / "表").iterdir())
    assert names == ["文字部分.csv", "绩效指标.csv", "重点任务.csv", "预算信息.csv"]


def test_a_pdf_carries_the_same_tables_as_files(built):
    names = {file.name for file in pypdf.PdfReader(built / "自评.pdf").attachment_list}
    assert {"report-1.json", "预算信息.csv", "绩效指标.csv"} <= names


def test_with_json_the_files_are_listed(perfgen, built):
    said = json.loads(perfgen("extract", built / "自评.pdf", "-o", "a.json", "--json").out)
    assert said == {"ok": True, "files": ["a.json"]}
    said = json.loads(perfgen("extract", built / "自评.pdf", "--json").out)
    assert said["data"]["schema"] == "report-1"


def test_what_is_there_is_not_written_over(perfgen, built, tmp_path):
    (tmp_path / "a.xlsx").write_text("mine")
    said = perfgen("extract", built / "自评.pdf", "--xlsx", "a.xlsx")
    assert said.code == 2
    assert "a.xlsx 已经存在，没有覆盖" in said.err
    assert (tmp_path / "a.xlsx").read_text() == "mine"
    assert perfgen("extract", built / "自评.pdf", "--xlsx", "a.xlsx", "--force").code == 0


def test_the_document_itself_is_never_the_place(perfgen, built, tmp_path):
    shutil.copy(built / "自评.docx", tmp_path / "自评.xlsx")
    said = perfgen("extract", "自评.xlsx", "-o", "自评.xlsx", "--force")
    assert said.code == 2
    assert "写的正是 自评.xlsx 自己" in said.err
    assert (tmp_path / "自评.xlsx").read_bytes() == (built / "自评.docx").read_bytes()


def test_a_document_that_cannot_be_read_is_told(perfgen, tmp_path):
    make_unreadable(tmp_path / "自评.pdf")
    said = perfgen("extract", "自评.pdf")
    assert said.code == 2
    assert "打不开 自评.pdf（" in said.err


def test_without_the_layout_json_and_csv_still_come(perfgen, saved, book, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(templates_folder() / "_shared", own / "_shared")
    shutil.copytree(templates_folder() / "suzhou-self-evaluation", own / "our-city")
    declared = own / "our-city/layout.toml"
    text = declared.read_text("utf-8").replace('id = "suzhou-self-evaluation"', 'id = "our-city"')
    declared.write_text(text, "utf-8")
    assert perfgen("build", saved(book), "--layout", "our-city", "--layouts", own,
                   "--format", "docx").code == 0  # fmt: skip
    said = perfgen(
        "extract", "outputs/自评.docx", "-o", "a.json", "--csv", "表", "--xlsx", "a.xlsx"
    )
    assert said.code == 2
    assert "是用版式“our-city”" in said.err
    assert "这里没有这个版式" in said.err
    assert (tmp_path / "a.json").is_file()
    assert (tmp_path / "表/预算信息.csv").is_file()
    assert not (tmp_path / "a.xlsx").exists()
    said = perfgen("extract", "outputs/自评.docx", "--xlsx", "a.xlsx", "--layouts", own)
    assert said.code == 0


# --- what carries no data, or worse ----------------------------------------------------------


def empty_pdf(**more):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in more.items():
        writer.add_attachment(name.replace("_", ".").replace("report.1", "report-1"), content)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def boasting_pdf():
    """A PDF that says of its data that it is larger than any report's."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("report-1.json", b"{}")
    names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = names[1].get_object()["/EF"]["/F"].get_object()
    stream[NameObject("/Params")] = DictionaryObject({NameObject("/Size"): NumberObject(10**10)})
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def locked_pdf():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def docx(xml=None):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        if xml is not None:
            archive.writestr("customXml/item1.xml", xml)
    return stream.getvalue()


BOMB = f"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<report xmlns="{NAMESPACE}">&b;</report>"""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", empty_pdf(), "a.pdf 里没有带着数据"),
        ("a.pdf", empty_pdf(other_json=b"{}"), "a.pdf 里没有带着数据"),
        ("a.pdf", empty_pdf(report_1_json=b"{}"), "schema 应当是 report-1"),
        ("a.pdf", boasting_pdf(), "带的数据过大，为安全起见不读"),
        ("a.docx", docx("<other/>"), "a.docx 里没有带着数据"),
        ("a.pdf", b"%PDF-1.7\nnothing", "a.pdf 不完整或已损坏"),
        ("a.pdf", locked_pdf(), "a.pdf 设了密码"),
        ("a.pdf", b"", "不是 PDF 或 Word 文件"),
        ("a.docx", docx(), "a.docx 里没有带着数据"),
        ("a.docx", docx(BOMB), "a.docx 里没有带着数据"),
        ("a.docx", docx(f'<report xmlns="{NAMESPACE}">{{}}</report>'), "schema 应当是 report-1"),
        ("a.docx", docx()[:60], "a.docx 不完整或已损坏"),
        ("a.docx", docx(f"<!--{NAMESPACE}-->" + "x" * 50_000_000), "过大"),
        ("a.xlsx", good_workbook, "a.xlsx 不是 Word 文件"),
        ("a.txt", "文字".encode(), "不是 PDF 或 Word 文件"),
    ],
)
def test_a_file_without_sound_data_is_named_for_what_it_is(perfgen, saved, name, content, says):
    saved(content() if callable(content) else content, name)
    said = perfgen("extract", name)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("✗ ")
    assert says in said.err
    assert "  建议：" in said.err


def test_a_missing_file_is_said(perfgen):
    said = perfgen("extract", "没有.pdf")
    assert said.code == 2
    assert "找不到文件 没有.pdf" in said.err


def test_a_stream_that_unpacks_to_no_end_is_refused(perfgen, saved):
    content = empty_pdf(report_1_json=b" " * 200_000_000)
    said = perfgen("extract", saved(content, "a.pdf"))
    assert said.code == 2
    assert "a.pdf" in said.err
    assert "Traceback" not in said.err
