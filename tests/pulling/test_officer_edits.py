"""What an officer edits in Word (here: LibreOffice Writer) comes back into the right cells."""

from dataclasses import dataclass

import docx
import pytest

from office import needs_office
from perfgen.pulling import UNKNOWN, edited_paragraphs
from perfgen.pulling.changes import (
    COMPUTED_FIGURE,
    FIGURE_IN_TEXT,
    FIXED_WORDS,
    NO_PLACE,
    TYPED_FIGURE,
    Ask,
)
from perfgen.pulling.pull import REPRINTED, TRACKED
from pulling.officer_files import PARAGRAPHS, SPENT, pulled
from pulling.writer import Writer

pytestmark = needs_office

FIRST, SECOND, THIRD = PARAGRAPHS
CALMER = "保持平稳，全年", "稳中有升，2023年"
NARRATIVE = "文字部分!B2"
BUDGET, TASKS, INDICATORS = 0, 1, 2

EDITS = {
    "saved": lambda w: w,
    "words": lambda w: w.replace("有序推进", "扎实推进"),
    "all words of a paragraph": lambda w: w.replace(FIRST, "今年的任务做完了。"),
    "added": lambda w: w.add("各项任务都已按期完成", "另外完成了一项临时任务。"),
    "added under a heading": lambda w: w.add("六、绩效自评结果", "结果用于改进管理，向社会公开。"),
    "added under a table": lambda w: w.add("八、年度重点任务", "下面这张表是今年的任务。"),
    "deleted": lambda w: w.delete("开放平台建设继续推进"),
    "section deleted": lambda w: w.delete("某某局成立于2009年"),
    "split": lambda w: w.split("开放平台建设继续推进，"),
    "joined": lambda w: w.join("各项任务都已按期完成"),
    "moved": lambda w: w.delete("开放平台建设继续推进").add("各项任务都已按期完成", THIRD),
    "words around a figure": lambda w: w.replace(*CALMER),
    "figure in a sentence": lambda w: w.replace("走访企业52家", "走访企业53家"),
    "digit before a figure": lambda w: w.replace("走访企业52家", "走访企业152家"),
    "split beside a figure": lambda w: w.split("保持平稳，"),
    "cell": lambda w: w.replace("已经印发", "已经印发实施"),
    "second of two lines in a cell": lambda w: w.replace("解决问题30个", "解决问题31个", count=2),
    "Enter in a cell": lambda w: w.split("已经"),
    "empty cell filled": lambda w: w.fill(INDICATORS, "H2", "批复及时。"),
    "cell emptied": lambda w: w.fill(INDICATORS, "H3", ""),
    "result of an indicator": lambda w: w.fill(INDICATORS, "E4", "54家"),
    "label of several rows": lambda w: w.replace("职能1：拟订规划", "职能1：拟订发展规划"),
    "choice": lambda w: w.fill(INDICATORS, "B3", "流程"),
    "computed figure": lambda w: w.fill(BUDGET, "F3", "99.99%"),
    "typed figure": lambda w: w.fill(BUDGET, "B3", "101"),
    "words of the layout": lambda w: w.replace("完成值来源", "数据来源"),
    "name of the unit": lambda w: w.replace("部门名称：某某局", "部门名称：某某市某某局"),
    "row deleted": lambda w: w.delete_row(INDICATORS, 2),
    "first row of a label deleted": lambda w: w.delete_row(TASKS, 1),
    "row added": lambda w: w.add_row(TASKS, 2).fill(TASKS, "B3", "新的任务"),
    "tracked": lambda w: w.track().replace("有序推进", "扎实推进").delete("开放平台建设"),
    "everywhere": lambda w: w.replace("完成", "做好").replace("完成", "做好", count=2),
    "through odt": lambda w: w.save_as("x.odt", "writer8").replace("有序推进", "扎实推进"),
    "through doc": lambda w: w.save_as("x.doc", "MS Word 97").replace("有序推进", "扎实推进"),
}  # fmt: skip


@dataclass
class Edits:
    """The edited documents, by what was done to them."""

    officer: object
    paths: dict

    def pull(self, name):
        """Pull one of them into the workbook."""
        return pulled(self.paths[name], self.officer / "自评.xlsx")

    def pairs(self, name):
        """What the rebuild is told of one of them."""
        return edited_paragraphs(self.paths[name].read_bytes())


@pytest.fixture(scope="module")
def edits(officer, tmp_path_factory):
    """All edits, made and saved by LibreOffice in one go."""
    writer = Writer(tmp_path_factory.mktemp("edited"))
    names = {}
    for number, (name, do) in enumerate(EDITS.items()):
        names[f"edit{number}"] = name
        do(writer.document(officer / "自评.docx", f"edit{number}"))
    return Edits(officer, {names[key]: path for key, path in writer.run().items()})


# --- no edit -------------------------------------------------------------------------------------


def test_open_and_save_is_no_edit(edits):
    assert edits.pairs("saved") == []
    result = edits.pull("saved")
    assert (result.written, result.reasons, result.notices) == ({}, [], ())


def test_saved_again_by_another_program_is_no_edit_either(edits, tmp_path):
    document = docx.Document(edits.paths["saved"])
    document.save(tmp_path / "又存.docx")
    assert edited_paragraphs((tmp_path / "又存.docx").read_bytes()) == []


# --- narrative -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        ("words", [FIRST.replace("有序", "扎实"), SECOND, THIRD]),
        ("all words of a paragraph", ["今年的任务做完了。", SECOND, THIRD]),
        ("added", [FIRST, "另外完成了一项临时任务。", SECOND, THIRD]),
        ("deleted", [FIRST, SECOND]),
        ("split", [FIRST, SECOND, "开放平台建设继续推进，", THIRD.partition("，")[2]]),
        ("joined", [FIRST + SECOND, THIRD]),
        ("moved", [FIRST, THIRD, SECOND]),
        ("words around a figure", [FIRST, SECOND.replace(*CALMER), THIRD]),
        ("split beside a figure", [FIRST, SECOND.replace("平稳，", "平稳，\n"), THIRD]),
    ],
)  # fmt: skip
def test_an_edited_section_comes_back_whole_its_placeholders_kept(edits, edit, lines):
    result = edits.pull(edit)
    assert result.written == {NARRATIVE: "\n".join(lines)}
    assert result.reasons == []


def test_a_split_and_a_join_are_one_edit_each(edits):
    assert edits.pairs("split") == [(THIRD, "开放平台建设继续推进，\n" + THIRD.partition("，")[2])]
    ((old, new),) = edits.pairs("joined")
    assert old.replace("\n", "") == new


def test_a_moved_paragraph_is_noted(edits):
    (change,) = edits.pull("moved").changes
    assert change.notes == ("段落换了先后",)


def test_text_below_a_heading_goes_to_the_section_that_was_blank(edits):
    result = edits.pull("added under a heading")
    assert result.written == {"文字部分!B5": "结果用于改进管理，向社会公开。"}


def test_text_that_belongs_to_no_cell_is_listed(edits):
    result = edits.pull("added under a table")
    assert result.written == {}
    assert result.reasons == [("", "下面这张表是今年的任务。", NO_PLACE)]
    assert "八、年度重点任务" in result.left[0].where


def test_to_clear_a_section_needs_consent(edits):
    (change,) = edits.pull("section deleted").changes
    assert (str(change.ref), change.new, change.asks) == ("文字部分!B3", "", (Ask.CLEAR,))


@pytest.mark.parametrize("edit", ["figure in a sentence", "digit before a figure"])
def test_a_figure_that_stands_for_a_placeholder_is_listed_not_written(edits, edit):
    result = edits.pull(edit)
    assert result.written == {}
    ((old, new, why),) = result.reasons
    assert "52家" in old and old != new and why == FIGURE_IN_TEXT


# --- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "cell", "text"),
    [
        ("cell", "重点任务!C2", "已经印发实施。"),
        ("second of two lines in a cell", "重点任务!C4", "全年走访52家。\n解决问题31个。"),
        ("Enter in a cell", "重点任务!C2", "已经\n印发。"),
        ("empty cell filled", "绩效指标!J2", "批复及时。"),
        ("result of an indicator", "绩效指标!G4", "54家"),
        ("label of several rows", "重点任务!A2", "职能1：拟订发展规划"),
        ("name of the unit", "基本信息!B2", "某某市某某局"),
    ],
)
def test_an_edited_cell_comes_back_into_its_cell(edits, edit, cell, text):
    result = edits.pull(edit)
    assert result.written == {cell: text}
    assert result.reasons == []


def test_to_empty_a_cell_needs_consent(edits):
    (change,) = edits.pull("cell emptied").changes
    assert (str(change.ref), change.new, change.asks) == ("绩效指标!J3", "", (Ask.CLEAR,))


@pytest.mark.parametrize(
    ("edit", "why", "cell"),
    [
        ("computed figure", COMPUTED_FIGURE, None),
        ("typed figure", TYPED_FIGURE, "预算信息!C3"),
        ("words of the layout", FIXED_WORDS, None),
    ],
)
def test_figures_and_words_of_the_layout_are_listed_not_written(edits, edit, why, cell):
    result = edits.pull(edit)
    assert result.written == {}
    (left,) = result.left
    assert left.why == why
    assert (str(left.ref) if left.ref else None) == cell
    assert "的表" in left.where


def test_a_choice_that_is_not_in_its_list_is_listed(edits):
    result = edits.pull("choice")
    assert result.written == {}
    assert "只能从清单里选：决策" in result.left[0].why


@pytest.mark.parametrize("edit", ["row deleted", "first row of a label deleted", "row added"])
def test_rows_that_came_or_went_are_listed_and_no_label_is_emptied(edits, edit):
    result = edits.pull(edit)
    assert result.written == {}
    (left,) = result.left
    assert "一行" in left.why


# --- the file ------------------------------------------------------------------------------------


def test_tracked_changes_count_as_accepted_with_a_notice(edits):
    result = edits.pull("tracked")
    assert result.written == {NARRATIVE: "\n".join([FIRST.replace("有序", "扎实"), SECOND])}
    assert result.notices == (TRACKED,)


def test_each_place_is_an_edit_of_its_own(edits):
    assert edits.pairs("everywhere") == [
        ("二、年度履职目标完成情况", "二、年度履职目标做好情况"),
        ("完成情况", "做好情况"),
    ]
    result = edits.pull("everywhere")
    assert result.written == {}
    assert [why for _, _, why in result.reasons] == [FIXED_WORDS, FIXED_WORDS]


@pytest.mark.parametrize("edit", ["through odt", "through doc"])
def test_a_file_that_lost_its_original_is_compared_with_a_new_print(edits, edit):
    assert edits.pairs(edit) == [("", UNKNOWN)]
    result = edits.pull(edit)
    assert result.written == {NARRATIVE: "\n".join([FIRST.replace("有序", "扎实"), SECOND, THIRD])}
    assert result.notices == (REPRINTED,)


def test_the_copy_prints_what_the_officer_wrote(edits, tmp_path):
    book = edits.pull("words around a figure").copy(tmp_path)
    assert "【指标：走访企业数量：指标完成值】" in book["文字部分"]["B2"].value
    assert book["文字部分"]["B4"].value == SPENT
