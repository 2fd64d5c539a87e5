"""部门预算绩效文本: a cover, the department's goals, and a form of its own for each project."""

import copy
import itertools
import runpy
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn

from perfgen.cli import run
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from render.pdf_reading import lines, needs, page_texts
from render.printers.word.docx_reading import Document, spans, text_of, value

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
SAMPLE = INPUTS / "hitech-zone-2023.xlsx"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]
GOALS = [
    "紧盯重点区域、重点客商和商务机构，促成企业、园区、项目之间的对接，向外推介高新区投资环境。",
    "做好来访客商的考察接待，介绍高新区情况，推动项目取得进展。",
]
PLAN = [["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"], ["", "0%", "0%", "0%", "100%"]]
HEAD = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
PUBLISHED = {
    "招商引资项目绩效目标表": [
        ["项目编码", "————", "项目名称", "招商引资"],
        ["预算规模及资金用途", "预算数", "50万元", "其中：财政资金", "50万元", "其他资金", ""],
        ["", "用于组织开展招商活动，接待来访客商，参加投资贸易洽谈会等。"],
        *PLAN,
        ["绩效目标", "目标1", GOALS[0]],
        ["", "目标2", GOALS[1]],
        HEAD,
        ["产出指标", "数量指标", "接待客商人数", "专项推介、专题对接、现场考察的客商人数", "≥20人",
         "工作计划"],
        ["", "质量指标", "开展招商活动（次）",
         "参加各种会议、拜访相关团体组织企事业单位，结识客户，寻找项目信息，或者实地考察项目",
         "≥10次", "工作经验"],
        ["", "时效指标", "项目完成时效", "招商引资任务完成时间", "12月31日前", "工作经验"],
        ["", "成本指标", "举办/参加活动场次", "恳谈会、推介会等开办场次", "≥1场", "工作经验"],
        ["效果指标", "经济效益指标", "企业对高新区了解度", "企业对高新区了解度是否提升", "提升",
         "工作经验"],
        ["满意度指标", "服务对象满意度指标", "受益人满意度", "受益人对招商工作的满意度", "≥90%",
         "工作经验"],
    ],
    "项目扶持资金绩效目标表": [
        ["项目编码", "————", "项目名称", "项目扶持资金"],
        ["预算规模及资金用途", "预算数", "2200万元", "其中：财政资金", "2200万元", "其他资金", ""],
        ["", "用于补贴区内优秀企业的相关项目。"],
        *PLAN,
        ["绩效目标", "目标1", GOALS[0]],
        ["", "目标2", GOALS[1]],
        HEAD,
        ["产出指标", "数量指标", "扶持企业数量", "实际扶持的企业数量", "≥3家", "工作要求"],
        ["", "质量指标", "资金发放规范性", "资金发放严格按照相关制度及协议执行", "是",
         "制度及协议"],
        ["", "时效指标", "项目完成时效", "项目扶持资金完成时间", "12月31日前", "工作经验"],
        ["", "成本指标", "支出实现率", "实际支出资金/已到位资金", "≥95%", "工作经验"],
        ["效果指标", "社会效益指标", "企业科技研发水平", "企业科研水平是否提高", "是", "工作经验"],
        ["满意度指标", "服务对象满意度指标", "服务对象满意度", "企业对政策的满意度", "≥90%",
         "工作经验"],
    ],
}  # fmt: skip


def cells(row):
    """The texts of a Word table's row, without line breaks; "" where a merged cell goes on."""
    return ["".join(part.text or "" for part in cell.iter(qn("w:t")))
            for cell in row.iter(qn("w:tc"))]  # fmt: skip


def merges(table):
    """The merged cells of a Word table: their text → how many rows they span."""
    rows = list(table.iter(qn("w:tr")))
    found = {}
    for number, row in enumerate(rows):
        for (column, _, kind), text in zip(spans(row), cells(row), strict=True):
            if kind == "restart":
                below = [{place: merge for place, _, merge in spans(after)}.get(column)
                         for after in rows[number + 1 :]]  # fmt: skip
                going_on = next(
                    (n for n, merge in enumerate(below) if merge != "continue"), len(below)
                )
                found[text] = going_on + 1
    return found


class Form:
    """A project's form: the table of the project and, right below it, that of its indicators."""

    def __init__(self, *tables):
        self.tables = tables

    def iter(self, tag):
        return itertools.chain.from_iterable(table.iter(tag) for table in self.tables)


class Built:
    """What a build wrote: the Word file, its forms by title, the pages of the PDF."""

    def __init__(self, folder, name):
        self.pdf = (folder / f"{name}.pdf").read_bytes()
        self.pages = page_texts(self.pdf)
        self.word = Document((folder / f"{name}.docx").read_bytes())
        titles = [text for text in self.word.texts() if text.endswith("绩效目标表")]
        tables = list(self.word.tables())
        forms = map(Form, tables[::2], tables[1::2])
        self.forms = dict(zip(titles, forms, strict=True))

    def rows(self, title):
        return [cells(row) for row in self.forms[title].iter(qn("w:tr"))]

    def pages_of(self, title):
        """The numbers of the pages on which a form stands."""
        titles = list(self.forms)
        starts = [next(n for n, page in enumerate(self.pages) if page.startswith(name))
                  for name in titles]  # fmt: skip
        place = titles.index(title)
        return range(starts[place], [*starts, len(self.pages)][place + 1])


@pytest.fixture(scope="module")
def layout():
    return load_layout(find_layout("hitech-performance-text"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The documents of the sample workbook."""
    folder = tmp_path_factory.mktemp("sample")
    assert run(["build", str(SAMPLE), "-o", str(folder)]) == 0
    return Built(folder, SAMPLE.stem)


@pytest.fixture
def content():
    """What the sample's sheets hold, for a test to change."""
    return copy.deepcopy(READ_DATA(INPUTS / "data" / f"{SAMPLE.stem}.toml")[1])


@pytest.fixture
def build(layout, tmp_path):
    """Write a workbook with this content, build it, and return the documents."""

    def built(content):
        write_workbook(layout, tmp_path / "文本.xlsx", content=content)
        assert run(["build", str(tmp_path / "文本.xlsx"), "-o", str(tmp_path)]) == 0
        return Built(tmp_path, "文本")

    return built


def project(name, *goals, **more):
    """A row of 项目."""
    plan = {"3月底": "10%", "6月底": "47.5%", "10月底": "80%", "12月底": "100%"}
    goals = {"绩效目标": "\n".join(goals or ("完成全年任务",))}
    return {"项目名称": name, "预算数": "10", "资金用途": "用于工作。", **plan, **goals, **more}


def indicator(owner, category, subcategory, name="", **more):
    """A row of 项目指标."""
    filled = (
        {"绩效指标描述": "说明", "指标值": "≥1次", "指标值确定依据": "工作计划"} if name else {}
    )
    return {"项目名称": owner, "一级指标": category, "二级指标": subcategory,
            "三级指标": name, **filled, **more}  # fmt: skip


class TestSample:
    @pytest.mark.parametrize("title", PUBLISHED)
    def test_a_form_says_what_was_published_in_word(self, sample, title):
        assert sample.rows(title) == PUBLISHED[title]

    @pytest.mark.parametrize("title", PUBLISHED)
    def test_a_form_says_what_was_published_in_the_pdf(self, sample, title):
        (page,) = [page for page in sample.pages if page.startswith(title)]
        missing = [text for row in PUBLISHED[title] for text in row if text not in page]
        assert missing == []
        assert "0%0%0%100%" in page

    @pytest.mark.parametrize("title", PUBLISHED)
    def test_levels_and_labels_are_merged_over_their_rows(self, sample, title):
        assert merges(sample.forms[title]) == {
            "预算规模及资金用途": 2,
            "资金支出计划（%）": 2,
            "绩效目标": 2,
            "产出指标": 4,
        }

    def test_each_form_has_a_page_of_its_own(self, sample):
        assert [len(sample.pages_of(title)) for title in PUBLISHED] == [1, 1]
        for title in PUBLISHED:
            head = sample.word.paragraph(title)
            style = sample.word.style(sample.word.style_name(head))
            assert value(style, "pPr/pageBreakBefore") == "on"

    def test_the_word_file_is_sound(self, sample):
        assert sample.word.faults() == []

    def test_the_cover_names_unit_and_document_and_has_no_number(self, sample):
        assert sample.pages[0] == "高新区商务局2023年部门预算绩效文本高新区商务局编制"

    def test_the_text_begins_with_page_1(self, sample):
        assert sample.pages[1].startswith("2023年部门整体绩效目标")
        numbers = [page[-3:] for page in sample.pages[1:]]
        assert numbers == [f"—{number}—" for number in range(1, len(sample.pages))]
        cover, text = sample.word.sections()
        assert value(cover, "pgNumType") is not None
        assert cover.find(qn("w:pgNumType")).get(qn("w:start")) == "0"
        assert text.find(qn("w:pgNumType")) is None

    @needs("pdftotext")
    def test_odd_numbers_stand_on_the_right_even_ones_on_the_left(self, sample, tmp_path):
        for number, page in enumerate(lines(sample.pdf, tmp_path)[1:], 1):
            (shown,) = [line for line in page if line.text.replace(" ", "") == f"—{number}—"]
            assert (shown.left > 595 / 2) == (number % 2 == 1)

    def test_the_three_sections_stand_in_order_and_objectives_are_numbered(self, sample):
        heads = [
            "2023年部门整体绩效目标",
            "一、总体绩效目标",
            "二、分项绩效目标",
            "（一）商务管理",
            "（二）招商引资",
            "（三）政务管理",
            "（四）对口承担市相关部门工作",
            "三、工作保障措施",
            "（一）完善制度建设",
            "（七）加强宣传培训调研",
            "招商引资项目绩效目标表",
        ]
        texts = sample.word.texts()
        places = [texts.index(head) for head in heads]
        assert places == sorted(places)
        assert sum(text.startswith("绩效目标：") for text in texts) == 4
        assert "绩效指标：各项工作按管委会要求正常运转，商务管理工作完成率85%以上。" in texts

    def test_the_headings_are_levels_of_the_outline(self, sample):
        names = {"2023年部门整体绩效目标": "heading 1", "一、总体绩效目标": "heading 2",
                 "（一）商务管理": "heading 3"}  # fmt: skip
        for text, name in names.items():
            assert sample.word.style_name(sample.word.paragraph(text)) == name
        form = sample.word.paragraph("招商引资项目绩效目标表")
        based_on = value(sample.word.style(sample.word.style_name(form)), "basedOn")
        assert based_on == "Heading1"

    def test_a_date_is_a_target(self, layout):
        report = read_report(open_workbook(SAMPLE), layout)
        target = report.indicators[2].target
        assert (report.indicators[2].name, target.text) == ("项目完成时效", "12月31日前")

    def test_no_error_is_found_in_it(self, perfgen):
        assert perfgen("check", SAMPLE).code == 0


class TestForms:
    def test_a_blank_budget_is_the_sum_of_its_sources(self, content, build):
        content["项目"][0] |= {"预算数": None, "其中：财政资金": "31.5", "其他资金": "18.25"}
        row = build(content).rows("招商引资项目绩效目标表")[1]
        assert row[1:] == [
            "预算数",
            "49.75万元",
            "其中：财政资金",
            "31.5万元",
            "其他资金",
            "18.25万元",
        ]

    def test_amounts_carry_the_workbooks_unit(self, content, build):
        content["单位信息"][0]["金额单位"] = "元"
        assert build(content).rows("招商引资项目绩效目标表")[1][2] == "50元"

    def test_a_code_is_printed_where_there_is_one(self, content, build):
        content["项目"][0]["项目编码"] = "410172230000000012345"
        assert build(content).rows("招商引资项目绩效目标表")[0][1] == "410172230000000012345"

    def test_rows_with_labels_and_no_name_keep_an_empty_row(self, content, build):
        content["项目"].append(project("会展"))
        content["项目指标"] += [
            indicator("会展", "产出指标", "数量指标"),
            indicator("会展", "产出指标", "成本指标"),
            indicator("会展", "效果指标", "生态效益指标"),
        ]
        built = build(content)
        assert built.rows("会展项目绩效目标表")[-3:] == [
            ["产出指标", "数量指标", "", "", "", ""],
            ["", "成本指标", "", "", "", ""],
            ["效果指标", "生态效益指标", "", "", "", ""],
        ]
        assert merges(built.forms["会展项目绩效目标表"])["产出指标"] == 2

    def test_a_source_of_money_that_the_office_deleted_prints_blank(self, saved, tmp_path):
        book = openpyxl.load_workbook(SAMPLE)
        sheet = book["项目"]
        sheet.delete_cols([cell.value for cell in sheet[1]].index("其他资金") + 1)
        path = saved(book, "文本.xlsx")
        assert run(["build", str(path), "-o", str(tmp_path)]) == 0
        row = Built(tmp_path, "文本").rows("招商引资项目绩效目标表")[1]
        assert row[1:] == ["预算数", "50万元", "其中：财政资金", "50万元", "其他资金", ""]

    def test_seven_projects_of_all_sizes_keep_their_forms(self, content, build):
        long = "统筹安排资金、人员和进度，逐项明确责任单位与完成时限，发现偏差及时纠正；"
        content["项目"] += [
            project("商贸流通体系建设综合补助专项资金", *[long] * 3, **{"资金用途": long * 2}),
            project("会展", "办好一次展会"),
            project("没有指标"),
            project("长文", long * 40, "短", **{"资金用途": long * 40}),
            project("许多目标", *(f"完成第{number}件事" for number in range(1, 13))),
        ]
        levels = [*["数量指标"] * 10, *["质量指标"] * 7, "时效指标", *["成本指标"] * 3]
        big = "商贸流通体系建设综合补助专项资金"
        content["项目指标"] += [
            *(indicator(big, "产出指标", level, f"产出{number}", **{"绩效指标描述": long})
              for number, level in enumerate(levels)),
            *(indicator(big, "效果指标", "经济效益指标", f"效果{number}") for number in range(3)),
            indicator(big, "满意度指标", "服务对象满意度指标", "满意度"),
            indicator("会展", "产出指标", "数量指标", "展会"),
            indicator("长文", "产出指标", "数量指标", "长", **{"绩效指标描述": long * 20}),
        ]  # fmt: skip
        built = build(content)
        titles = {
            name: f"{name}项目绩效目标表" for name in ("会展", "没有指标", "长文", "许多目标")
        }
        assert built.word.faults() == []
        assert len(built.forms) == 7

        pages = built.pages_of(f"{big}项目绩效目标表")
        assert len(pages) > 1
        # The labels are printed again where the page changes, and the rows are whole.
        for number in pages[1:-1]:
            assert "产出指标" in built.pages[number]
        text = "".join(built.pages[number] for number in pages)
        assert [n for n in range(21) if f"产出{n}{long}≥1次工作计划" not in text] == []
        assert merges(built.forms[f"{big}项目绩效目标表"]) | {"数量指标": 10} == {
            "预算规模及资金用途": 2, "资金支出计划（%）": 2, "绩效目标": 3, "产出指标": 21,
            "数量指标": 10, "质量指标": 7, "成本指标": 3, "效果指标": 3, "经济效益指标": 3,
        }  # fmt: skip

        assert built.rows(titles["会展"])[5] == ["绩效目标", "目标1", "办好一次展会"]
        assert built.rows(titles["没有指标"])[-2:] == [HEAD, [""] * 6]
        assert merges(built.forms[titles["许多目标"]])["绩效目标"] == 12
        assert len(built.pages_of(titles["长文"])) > 2
        last = built.pages_of(titles["长文"])[-1]
        assert built.pages[last].startswith("".join(HEAD))
        assert "产出指标数量指标" in built.pages[last]
        assert built.rows(titles["长文"])[4] == ["", "10%", "47.5%", "80%", "100%"]


class TestReading:
    def test_an_indicator_of_an_unknown_project_is_refused_at_its_cell(
        self, content, layout, tmp_path, perfgen
    ):
        content["项目指标"][3]["项目名称"] = "招商引姿"
        write_workbook(layout, tmp_path / "文本.xlsx", content=content)
        said = perfgen("build", tmp_path / "文本.xlsx")
        assert said.code == 2
        assert "项目指标!A5" in said.err
        assert "项目表里没有“招商引姿”这个项目" in said.err
        assert "是不是“招商引资”？" in said.err
        assert not (tmp_path / "文本.docx").exists()

    def test_labels_may_be_written_once(self, content, build):
        blank = [dict(row) for row in content["项目指标"]]
        for above, row in zip(content["项目指标"], blank[1:], strict=False):
            if row["项目名称"] == above["项目名称"]:
                row["项目名称"] = None
                if row["一级指标"] == above["一级指标"]:
                    row["一级指标"] = None
        built = build({**content, "项目指标": blank})
        assert {title: built.rows(title) for title in built.forms} == PUBLISHED

    def test_a_sentence_quotes_a_projects_budget(self, sample):
        texts = sample.word.texts()
        sentence = "全年安排项目2个：招商引资50万元，项目扶持资金2200万元，资金全部来自财政。"
        assert sentence in texts

    def test_the_sentence_follows_the_table(self, content, build):
        content["项目"][0] |= {"预算数": "62.5", "其中：财政资金": "62.5"}
        assert any("招商引资62.5万元，" in text for text in build(content).word.texts())

    def test_money_by_source_and_in_another_unit_may_be_quoted(self, content, build):
        content["文字部分"][0]["正文"] = (
            "财政资金【项目：项目扶持资金：其中：财政资金：亿元】，"
            "其他资金【项目：会展：其他资金】万元，共【项目：会展：预算数】万元。"
        )
        money = {"预算数": None, "其中：财政资金": "8", "其他资金": "4"}
        content["项目"].append(project("会展", **money))
        text = "财政资金0.22亿元，其他资金4万元，共12万元。"
        assert text in [text_of(item) for item in build(content).word.paragraphs()]
