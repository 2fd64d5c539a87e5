"""`--annex adjustments`: 预算调整情况表 behind the report, in every document alike."""

import json
import shutil
from datetime import date, timedelta

import pytest
from lxml import html

from perfgen.layouts import templates_folder
from render.pdf_reading import page_texts, reader
from render.printers.word.docx_reading import Document, qn
from workbooks.make import put

MOVE = "苏财预〔2023〕41号"
HEAD = ["序号", "日期", "文号", "预算项目", "调整类型", "金额", "累计调整", "说明"]


@pytest.fixture
def three(book):
    """A good workbook with three adjustments, not in the order of their days."""
    put(book, "预算信息!D5", None)
    for row in (
        (date(2023, 9, 15), MOVE, "甲项目", "调剂", 20.5, "压减一般性支出"),
        (date(2023, 9, 15), MOVE, "乙项目", "调剂", -20.5, None),
        (date(2023, 6, 30), "苏财预〔2023〕15号", "甲项目", "追加", 500, "外贸<稳增长>"),
    ):
        book["预算调整"].append(row)
    return book


@pytest.fixture
def many(book):
    """A good workbook with 120 adjustments, each a cut of 0.1."""
    put(book, "预算信息!D5", None)
    for number in range(120):
        day = date(2023, 1, 1) + timedelta(days=number)
        book["预算调整"].append((day, f"{number + 1}号", "甲项目", "追减", 0.1, "压减"))
    return book


@pytest.fixture
def build(perfgen, saved, tmp_path):
    """Build a workbook with the annex; returns the folder of the documents."""

    def run(content, *options, formats="html"):
        said = perfgen("build", saved(content), "--annex", "adjustments", "--format", formats,
                       *options)  # fmt: skip
        assert said.code == 0, said.err
        return tmp_path / "outputs"

    return run


def rows_of(folder):
    """The rows of the annex's table in the HTML file."""
    page = html.fromstring((folder / "自评.html").read_bytes())
    table = page.xpath("//table[@class='annex-adjustments']")[0]
    return [[cell.text_content() for cell in row] for row in table.iter("tr")]


def test_the_ledger_by_date_with_signed_amounts_running_totals_and_a_total(build, three):
    assert rows_of(build(three)) == [
        HEAD,
        ["1", "2023-06-30", "苏财预〔2023〕15号", "甲项目", "追加", "500", "500", "外贸<稳增长>"],
        ["2", "2023-09-15", MOVE, "甲项目", "调剂", "20.5", "520.5", "压减一般性支出"],
        ["3", "2023-09-15", MOVE, "乙项目", "调剂", "-20.5", "500", ""],
        ["合计", "500", "", ""],
    ]


def test_its_heading_names_unit_year_and_unit_of_money(build, three):
    page = (build(put(three, "基本信息!B4", "元")) / "自评.html").read_text("utf-8")
    annex = html.fromstring(page.encode()).xpath("//section[@class='annex-adjustments']")[0]
    texts = [element.text_content() for element in annex if element.tag != "table"]
    assert texts == ["附件", "某某局2023年度预算调整情况表", "单位：元"]


def test_it_begins_a_page_of_its_own_in_both_documents(build, three):
    folder = build(three, formats="docx,pdf")
    data = (folder / "自评.pdf").read_bytes()
    texts = page_texts(data)
    assert texts[-1].startswith("附件某某局2023年度预算调整情况表单位：万元序号日期文号")
    assert "分解目标" in texts[-2]
    width, height = reader(data).pages[-1].mediabox[2:]
    assert width > height
    word = Document((folder / "自评.docx").read_bytes())
    assert list(word.texts())[-4:-1] == ["合计", "500", ""]
    sections = list(word.body.iter(qn("w:pgSz")))
    assert sections[-1].get(qn("w:orient")) == "landscape"


def test_120_rows_repeat_the_head_on_every_page(build, many):
    folder = build(many, formats="docx,pdf,html")
    pages = page_texts((folder / "自评.pdf").read_bytes())
    annex = [text for text in pages if "2023-01-01" in text or "序号日期文号" in text]
    assert len(annex) > 3
    assert all("序号日期文号预算项目调整类型金额累计调整说明" in text for text in annex)
    assert "合计-12" in annex[-1]
    table = Document((folder / "自评.docx").read_bytes()).body.findall(qn("w:tbl"))[-1]
    rows = table.findall(qn("w:tr"))
    assert len(rows) == 122
    assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert rows_of(folder)[120][:7] == [
        "120",
        "2023-04-30",
        "120号",
        "甲项目",
        "追减",
        "-0.1",
        "-12",
    ]


def test_as_of_a_day_it_ends_there_and_says_so(build, three):
    folder = build(three, "--as-of", "2023-06-30")
    assert [row[0] for row in rows_of(folder)] == ["序号", "1", "合计"]
    assert "（截至2023年6月30日）" in (folder / "自评.html").read_text("utf-8")


def test_a_row_without_a_date_comes_last(build, three):
    put(three, "预算调整!A4", None)
    assert [row[1] for row in rows_of(build(three))[1:4]] == ["2023-09-15", "2023-09-15", ""]


def test_the_report_itself_is_the_same_with_and_without_it(build, perfgen, saved, three, tmp_path):
    with_annex = (build(three) / "自评.html").read_text("utf-8")
    perfgen("build", saved(three), "--format", "html")
    without = (tmp_path / "outputs/自评.html").read_text("utf-8")
    assert "预算调整情况表" not in without
    body = without[without.index("<body>") : without.index("</body>")].rstrip()
    assert body in with_annex


def test_named_twice_it_is_printed_once(build, three):
    page = (build(three, "--annex", "adjustments") / "自评.html").read_text("utf-8")
    assert page.count('<section class="annex-adjustments">') == 1


@pytest.mark.parametrize(
    ("options", "why"),
    [([], "预算调整台账里没有登记"), (["--as-of", "2023-01-01"], "截至2023年1月1日没有预算调整")],
)
def test_with_nothing_to_list_nothing_is_written(perfgen, saved, book, tmp_path, options, why):
    if options:
        book["预算调整"].append((date(2023, 6, 30), None, "甲项目", "追加", 6, None))
    said = perfgen("build", saved(book), "--annex", "adjustments", *options)
    assert (said.code, said.out) == (2, "")
    assert f"✗ 不能附上 adjustments：{why}，没有生成任何文件" in said.err
    assert not list(tmp_path.rglob("*.pdf"))


@pytest.mark.parametrize("name", ["adjustment", "../report", "预算调整"])
def test_an_unknown_annex_is_told_with_those_that_exist(perfgen, saved, three, name):
    said = perfgen("build", saved(three), "--annex", name, "--json")
    assert said.code == 2
    error = json.loads(said.out)["error"]
    assert error["message"] == f"没有名为“{name}”的附件"
    assert "可以写：adjustments" in error["hint"]
    assert ("是不是 adjustments？" in error["hint"]) == (name == "adjustment")


# --- a layout's own ------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    """A layout folder with annexes of its own; write them into it."""
    home = tmp_path / "layouts" / "suzhou-self-evaluation"
    shutil.copytree(templates_folder() / "suzhou-self-evaluation", home)
    (home / "annexes").mkdir()
    return home / "annexes"


def test_a_layouts_own_annex_takes_the_place_of_the_shared_one(build, three, own):
    (own / "adjustments.html.j2").write_text(
        '<section class="annex-own"><p>共 {{ ledger | length }} 笔</p></section>', "utf-8"
    )
    (own / "adjustments.css").write_text("section.annex-own { break-before: page; }", "utf-8")
    folder = build(three, formats="html,pdf")
    page = (folder / "自评.html").read_text("utf-8")
    assert "共 3 笔" in page and "预算调整情况表" not in page
    assert "section.annex-own" in page and "@page annex-adjustments" not in page
    assert page_texts((folder / "自评.pdf").read_bytes())[-1].startswith("共3笔")


def test_a_layout_may_have_further_annexes(build, perfgen, saved, three, own, tmp_path):
    (own / "duties.html.j2").write_text("<p>{{ duties | length }} 项职责</p>", "utf-8")
    page = (build(three, "--annex", "duties") / "自评.html").read_text("utf-8")
    assert page.index("预算调整情况表") < page.index("2 项职责")
    said = perfgen("build", saved(three), "--annex", "x")
    assert "可以写：adjustments、duties" in said.err


def test_a_mistake_in_an_annex_names_its_file(perfgen, saved, three, own):
    (own / "adjustments.html.j2").write_text("<p>\n{{ leger }}</p>", "utf-8")
    said = perfgen("build", saved(three), "--annex", "adjustments")
    assert said.code == 2
    assert "adjustments.html.j2 第 2 行" in said.err
