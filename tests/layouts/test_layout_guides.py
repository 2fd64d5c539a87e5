"""A technician who follows docs/添加版式.md or docs/adding-a-layout.md has a layout that works."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from layouts.layout_guide import steps
from perfgen.build import Request, build
from perfgen.figures.formulas.parsing import FUNCTIONS
from perfgen.layouts import load_layout
from perfgen.layouts.scoring import read_scoring
from perfgen.model.layout import KINDS, Printing, Rules
from perfgen.model.roles import ROLES
from perfgen.model.scoring import SCORE_RULES
from perfgen.render.page.filters import template_filters
from perfgen.render.page.view import template_context
from perfgen.trial.checking import examine_layout
from perfgen.workbook.opening import WorkbookFile
from perfgen.workbook.writing import workbook_bytes
from render.printers.word.docx_reading import Document

PROJECT = Path(__file__).resolve().parents[2]
GUIDES = [PROJECT / "docs" / name for name in ("添加版式.md", "adding-a-layout.md")]


@pytest.fixture(scope="module", params=GUIDES, ids=["chinese", "english"])
def followed(request, tmp_path_factory):
    """The folder in which a guide was followed from its first line to its last."""
    from perfgen import cli  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("guide")
    shutil.copy(PROJECT / "inputs/suzhou-commerce-2023.xlsx", folder / "苏州.xlsx")
    layout = folder / "layouts"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for step in steps(request.param):
            if step.command:
                assert step.command[0] == "perfgen"
                assert cli.run(step.command[1:]) == 0, step.command
                if step.command[1:3] == ["layouts", "new"]:
                    layout = folder / "layouts" / step.command[3]
                continue
            text = (layout / step.file).read_text("utf-8")
            if step.before:
                assert text.count(step.before) == 1, f"{step.file}: {step.before}"
                changed = text.replace(step.before, step.after)
            else:
                changed = text + step.after
            (layout / step.file).write_text(changed, encoding="utf-8")
    return folder


def test_the_fill_in_workbook_has_the_new_column(followed):
    sheet = openpyxl.load_workbook(followed / "自评.xlsx")["预算信息"]
    assert [cell.value for cell in sheet[1]][-1] == "经办处室"


def test_the_documents_have_the_new_title_the_new_column_and_the_new_rule(followed):
    texts = list(Document((followed / "试印" / "苏州.docx").read_bytes()).texts())
    joined = "\n".join(texts)
    assert "无锡市市级部门" in joined
    assert "苏州市市级预算部门" not in joined
    assert "经办处室" in texts
    assert "99.0%" in texts
    assert (followed / "试印" / "苏州.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("guide", GUIDES, ids=["chinese", "english"])
def test_a_guide_names_everything_that_a_layout_may_use(guide, suzhou, read, book):
    text = guide.read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert set(KINDS) <= named
    assert set(ROLES) <= named
    assert set(SCORE_RULES) <= named
    assert set(template_filters(Rules(), "万元")) <= named
    for key in (
        "cell",
        "formula",
        "blanks",
        "caption",
        "reference",
        "over_zero",
        "sum",
        "private",
        "print",
        "must",
        "must_note",
        "max_length",
    ):
        assert re.search(rf"`[^`]*\b{key}\b", text), key
    assert set(Printing.__dataclass_fields__) <= named
    for name, _, _ in FUNCTIONS.values():
        assert name in text, name
    assert set(Rules.__dataclass_fields__) - {"scoring"} <= named
    report = read(book)
    from perfgen.figures import compute  # noqa: PLC0415

    assert set(template_context(report, compute(report, suzhou.rules), suzhou)) <= named
    for record, fields in ROLES.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{record}`"))
        for field in fields - {"extra"}:
            assert re.search(rf"\b{field}\b", row), f"{record}.{field}"


def test_a_guide_names_every_setting_of_scoring():
    class Listening:
        """Stands for the keys of `[scoring]` and hears which are asked for."""

        def __init__(self):
            self.heard = []

        def __getattr__(self, kind):
            def take(key, default=None, *rest):
                self.heard.append(key)
                table = kind == "table"
                if table:
                    return Listening()
                return {"whole": 2, "tables": [], "texts": (), "choice": "reached",
                        "tables_or_texts": {}, "number_map": {}, "text": ""}.get(kind)  # fmt: skip

            return (lambda *_: None) if kind == "done" else take

    keys = Listening()
    read_scoring(keys)
    for guide in GUIDES:
        text = guide.read_text("utf-8")
        for key in keys.heard:
            assert f"`{key}`" in text, key


PUBLISHED = {
    "单位信息": [{"单位名称": "某某县人力资源和社会保障局", "年度": "2023"}],
    "项目": [{
        "项目名称": "城乡居民养老保险补助", "项目编码": "51000023", "主管部门": "某某县人社局",
        "实施单位": "某某县社保中心", "年初预算：财政资金": "238.93",
        "调整后预算：财政资金": "251.89", "预算执行：财政资金": "251.89",
        "预算执行原因": "年中追加补助", "项目年度目标": "按时足额发放",
        "年度目标完成情况": "已完成", "项目实施内容及过程概述": "逐月发放", "评价结论": "良好",
        "项目负责人": "张某", "财务负责人": "李某",
    }],
    "项目指标": [
        {"项目名称": "城乡居民养老保险补助", "一级指标": "产出指标", "二级指标": "数量指标",
         "三级指标": "发放（缴纳）覆盖率", "指标性质": "=", "指标值": "100", "度量单位": "%",
         "完成值": "100", "权重": "60"},
        {"一级指标": "效益指标", "二级指标": "社会效益指标", "三级指标": "足额保障率（参保率）",
         "指标性质": "=", "指标值": "100", "度量单位": "%", "完成值": "100", "权重": "30"},
    ],
}  # fmt: skip
"""A county bureau's published form, typed in."""


@pytest.fixture(scope="module")
def form(followed):
    """The layout that was made from nothing; the English guide makes a shorter one."""
    folder = followed / "layouts" / "my-project-form"
    if not folder.is_dir():
        pytest.skip("only the Chinese guide leads through the whole form")
    return load_layout(folder)


def filled_form(form, content):
    file = WorkbookFile("自评.xlsx", workbook_bytes(form, content=content))
    return build(file, Request(layout_id=form.id, layouts=(form.folder,), formats=("docx",)))


def test_a_published_form_typed_in_comes_out_as_it_was_published(form):
    built = filled_form(form, PUBLISHED)
    texts = list(Document(built.documents["docx"]).texts())
    rows = {text: place for place, text in enumerate(texts)}
    whole = rows["总额"]
    assert texts[whole + 1 : whole + 7] == ["238.93", "251.89", "251.89", "100.00%", "10", "10"]
    blank = rows["财政专户管理资金"]
    assert texts[blank + 1 : blank + 7] == ["0.00", "0.00", "0.00", "0.00%", "/", "/"]
    cover = rows["发放（缴纳）覆盖率"]
    assert texts[cover + 1 : cover + 7] == ["=", "100", "%", "100", "60", "60"]
    total = rows["合计"]
    assert texts[total + 1 : total + 3] == ["100", "100"]
    assert [one.code for one in built.loaded.checked.findings if one.severity == "error"] == []


def test_the_forms_own_notes_are_checked(form):
    project = {**PUBLISHED["项目"][0], "预算执行原因": "", "预算执行：财政资金": "200"}
    checked = filled_form(form, {**PUBLISHED, "项目": [project]}).loaded.checked
    told = [one.message for one in checked.findings if one.code == "PG140"]
    assert any("执行率低于90%，要在预算执行原因里说明" in message for message in told)
    assert any("年中调整了预算，要在预算执行原因里说明" in message for message in told)


def test_the_form_made_from_nothing_prints_every_column(form):
    points = examine_layout(form.folder)
    assert [point.message for point in points] == []


@pytest.fixture(scope="module")
def short_form(followed):
    """The shortened form of the English guide."""
    folder = followed / "layouts" / "my-short-form"
    if not folder.is_dir():
        pytest.skip("only the English guide shortens the form")
    return load_layout(folder)


def test_the_short_form_prints_money_marks_and_total(short_form):
    project = {
        "项目名称": "城乡居民养老保险补助", "主管部门": "某某县人社局",
        "实施单位": "某某县社保中心", "年初预算：财政资金": "251.89",
        "预算执行：财政资金": "226.70", "评价结论": "良好",
    }  # fmt: skip
    indicators = [
        {"项目名称": "城乡居民养老保险补助", "一级指标": "产出指标", "二级指标": "数量指标",
         "三级指标": "发放覆盖率", "指标值": "≥100%", "完成值": "90%", "权重": "60"},
        {"一级指标": "效益指标", "二级指标": "社会效益指标", "三级指标": "参保率",
         "指标值": "≥95%", "完成值": "96%", "权重": "30"},
    ]  # fmt: skip
    content = {**PUBLISHED, "项目": [project], "项目指标": indicators}
    texts = list(Document(filled_form(short_form, content).documents["docx"]).texts())
    whole, total = texts.index("总额"), texts.index("合计")
    assert texts[whole + 1 : whole + 6] == ["251.89", "226.70", "90.00%", "10", "9"]
    assert texts[total + 1 : total + 3] == ["100", "93"]
    content["项目"] = [{**project, "预算执行：财政资金": "200"}]
    told = filled_form(short_form, content).loaded.checked.findings
    assert any("执行率低于90%，要在预算执行原因里说明" in one.message for one in told)


def test_the_short_form_has_nothing_wrong_or_unused(short_form):
    assert [point.message for point in examine_layout(short_form.folder)] == []
