"""The workbook has changed since the Word file was printed: what still goes in, what is left."""

import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from perfgen.errors import DocumentError
from perfgen.pulling.changes import (
    DIFFERENT,
    LABEL_EMPTY,
    TYPED_FIGURE,
)
from perfgen.pulling.pull import readable_copy
from pulling.officer_files import (
    PARAGRAPHS,
    SPENT,
    built,
    changed,
    make_workbook,
    pulled,
    retyped,
    silent,
    without_part,
)
from pulling.test_placing import SAMPLES
from pulling.word_hand import repacked
from pulling.word_tree import text_of, xml
from workbooks.make import rewritten

FIRST, SECOND, THIRD = PARAGRAPHS


@pytest.fixture
def pulled_into(officer, tmp_path):
    """Retype the officer's Word file (or change its tree); pull it into a workbook of today."""

    def pull(edit, since=lambda book: None, *, change=None, source=officer):
        book = make_workbook()
        since(book)
        book.save(tmp_path / "自评.xlsx")
        data = (source / "自评.docx").read_bytes()
        data = changed(data, change) if change else retyped(data, edit)
        (tmp_path / "改过.docx").write_bytes(data)
        return pulled(tmp_path / "改过.docx", tmp_path / "自评.xlsx")

    return pull


def replacing(old, new):
    return lambda text: text.replace(old, new)


def setting(sheet, address, value):
    def since(book):
        book[sheet][address] = value

    return since


# --- sentences with figures ----------------------------------------------------------------------


def test_words_around_several_figures_that_are_others_now_come_back(pulled_into):
    """What was printed for each placeholder is found between the sentence's own words."""
    result = pulled_into(replacing("全年实际支出", "今年实际支出"), setting("预算信息", "C3", 90))
    assert result.written == {"文字部分!B4": SPENT.replace("全年", "今年")}


def test_words_between_figures_that_are_others_now_too_are_left(pulled_into):
    def since(book):
        book["预算信息"]["C3"] = 90
        book["文字部分"]["B4"] = SPENT.replace("元，执行率", "元，支付比率")

    result = pulled_into(replacing("全年实际支出", "今年实际支出"), since)
    assert result.written == {}
    assert [why for _, _, why in result.reasons] == [DIFFERENT]


def test_brackets_that_are_no_placeholder_are_words(pulled_into, tmp_path):
    book = make_workbook()
    book["重点任务"]["C2"] = "【急】已经印发。"
    book.save(tmp_path / "自评.xlsx")
    built(tmp_path / "自评.xlsx")
    result = pulled_into(
        replacing("印发", "印发实施"),
        setting("重点任务", "C2", "【急】已经印发。"),
        source=tmp_path,
    )
    assert result.written == {"重点任务!C2": "【急】已经印发实施。"}


def test_a_cell_that_was_cleared_on_both_sides_is_done(pulled_into):
    result = pulled_into(
        lambda text: "" if text == "人员经费略有结余。" else text,
        setting("绩效指标", "J3", None),
    )
    assert (result.written, result.reasons) == ({}, [])
    assert [str(ref) for ref in result.pulled.placed.already] == ["绩效指标!J3"]


# --- cells that cannot be written ----------------------------------------------------------------


def test_a_cell_in_which_words_are_struck_out_now_is_left(pulled_into):
    struck = CellRichText("已经", TextBlock(InlineFont(strike=True), "全部"), "印发。")
    result = pulled_into(replacing("印发", "印发实施"), setting("重点任务", "C2", struck))
    assert result.written == {}
    assert [why for _, _, why in result.reasons] == ["这一格里有划掉的字，请在工作簿里改"]


def test_a_cell_that_is_a_formula_now_is_left(officer, tmp_path):
    make_workbook().save(tmp_path / "自评.xlsx")
    content = rewritten(
        (tmp_path / "自评.xlsx").read_bytes(), {"xl/worksheets/sheet5.xml": _with_formula}
    )
    (tmp_path / "自评.xlsx").write_bytes(content)
    edited = retyped((officer / "自评.docx").read_bytes(), replacing("印发", "印发实施"))
    (tmp_path / "改过.docx").write_bytes(edited)
    result = pulled(tmp_path / "改过.docx", tmp_path / "自评.xlsx")
    assert result.written == {}
    assert [why for _, _, why in result.reasons] == ["这一格是公式，请在工作簿里改"]


def _with_formula(part):
    """重点任务!C2 as a program saves a formula with its result."""
    before, rest = part.split(b'<c r="C2"', 1)
    _, after = rest.split(b"</c>", 1)
    result = "已经印发。".encode()
    cell = b'<c r="C2" t="str"><f>"x"</f><v>' + result + b"</v></c>"
    return before + cell + after


def test_a_text_longer_than_a_cell_is_left(pulled_into):
    result = pulled_into(lambda text: text.replace("已经印发", "已经印发" + "很长" * 20_000))
    assert result.written == {}
    ((_, _, why),) = result.reasons
    assert why == "有 40005 字，Excel 的一格放不下"


def test_a_text_printed_twice_and_edited_in_two_ways_is_left(tmp_path):
    workbook = next(path for path in SAMPLES if path.stem.startswith("hitech"))
    (tmp_path / "绩效文本.xlsx").write_bytes(workbook.read_bytes())
    built(tmp_path / "绩效文本.xlsx")
    name = "高新区商务局"
    names = iter(["高新区商务和科技局", "高新区商务与投资局"])
    edited = retyped(
        (tmp_path / "绩效文本.docx").read_bytes(),
        lambda text: text.replace(name, next(names, name)) if name in text else text,
    )
    (tmp_path / "绩效文本.docx").write_bytes(edited)
    result = pulled(tmp_path / "绩效文本.docx", tmp_path / "绩效文本.xlsx")
    assert result.written == {}
    assert {why for _, _, why in result.reasons} == {"这段文字在报告里印了几处，改得不一样"}
    assert len(result.reasons) == 2


def test_a_label_that_word_left_empty_is_told(pulled_into):
    def change(root):
        label = next(c for c in root.iter(qn("w:tc")) if "职能1" in text_of(c))
        for word in label.iter(qn("w:t")):
            word.text = ""

    result = pulled_into(None, change=change)
    assert result.written == {}
    assert result.reasons == [("职能1：拟订规划", "", LABEL_EMPTY)]


def test_a_cell_with_an_equation_and_other_words_is_told(pulled_into):
    def change(root):
        found = next(p for p in root.iter(qn("w:p")) if text_of(p) == "已经印发。")
        next(found.iter(qn("w:t"))).text = "印发完了。"
        found.append(xml("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))

    result = pulled_into(None, change=change)
    assert result.written == {}
    assert any("公式" in why for _, _, why in result.reasons)


def test_a_figure_typed_where_none_was_printed_is_told(tmp_path):
    book = make_workbook()
    book["预算信息"].append(("丙项目", "项目明细", 5, None, None, 4))
    book.save(tmp_path / "自评.xlsx")
    built(tmp_path / "自评.xlsx")

    def fill(root):
        row = next(r for r in root.iter(qn("w:tr")) if text_of(r).startswith("丙项目"))
        empty = row.findall(qn("w:tc"))[2]  # 追加追减
        assert text_of(empty) == ""
        empty.find(qn("w:p")).append(xml("<w:r><w:t>4</w:t></w:r>"))

    edited = changed((tmp_path / "自评.docx").read_bytes(), fill)
    (tmp_path / "改过.docx").write_bytes(edited)
    result = pulled(tmp_path / "改过.docx", tmp_path / "自评.xlsx")
    assert result.written == {}
    assert [why for _, _, why in result.reasons] == [TYPED_FIGURE]


# --- a copy that could not be read again ---------------------------------------------------------


def test_a_placeholder_that_names_nothing_does_not_go_in_the_other_edits_do(
    perfgen, officer, tmp_path
):
    make_workbook().save(tmp_path / "自评.xlsx")
    wrong = "【指标：没有的：指标完成值】"

    def edit(text):
        return text.replace("各项任务", f"{wrong}各项任务").replace("印发", "印发实施")

    data = retyped((officer / "自评.docx").read_bytes(), edit)
    (tmp_path / "自评.docx").write_bytes(data)
    said = perfgen("pull", "自评.docx")
    assert said.code == 0
    assert "没有写回的 1 处" in said.out
    assert f"写进去以后工作簿读不出来：“{wrong}”：“绩效指标”里没有“没有的”" in said.out
    copy = openpyxl.load_workbook(tmp_path / "自评-写回.xlsx")
    assert copy["重点任务"]["C2"].value == "已经印发实施。"
    assert wrong not in copy["文字部分"]["B2"].value
    assert perfgen("check", "自评-写回.xlsx").code == 0


def test_where_another_cell_must_follow_it_is_told(perfgen, officer, tmp_path):
    """A row gets the name that a sentence quotes: of which row it speaks is no longer clear."""
    make_workbook().save(tmp_path / "自评.xlsx")

    def edit(text):
        return "走访企业数量" if text == "绩效目标合理性" else text

    data = retyped((officer / "自评.docx").read_bytes(), edit)
    (tmp_path / "自评.docx").write_bytes(data)
    said = perfgen("pull", "自评.docx")
    assert said.code == 0
    assert "写回以后，工作簿里有 1 处要跟着改" in said.err
    assert "文字部分!B2" in said.err
    copy = openpyxl.load_workbook(tmp_path / "自评-写回.xlsx")
    assert copy["绩效指标"]["B2"].value == "走访企业数量"


def test_a_copy_of_which_nothing_can_go_in_is_the_workbook_as_it_was(pulled_into):
    result = pulled_into(replacing("各项任务", "【指标：没有的：指标完成值】各项任务"))
    copy = readable_copy(result.pulled, result.changes, (), silent)
    assert (copy.changes, copy.problems) == ((), ())
    assert [left.ref.sheet for left in copy.refused] == ["文字部分"]


# --- the wrong document --------------------------------------------------------------------------


def test_a_document_whose_original_is_lost_needs_its_workbook(pulled_into, tmp_path, officer):
    data = without_part((officer / "自评.docx").read_bytes(), "customXml/")
    (tmp_path / "自评.docx").write_bytes(data)
    book = make_workbook()
    book["预算信息"]["C3"] = 90
    book.save(tmp_path / "自评.xlsx")
    with pytest.raises(DocumentError, match=r"自评\.docx 里的原文丢了，工作簿也改过") as raised:
        pulled(tmp_path / "自评.docx", tmp_path / "自评.xlsx")
    assert "--workbook" in raised.value.hint


def test_a_day_that_is_none_in_a_document_without_original_is_left_aside(officer, tmp_path):
    """The workbook is read as it stands, and prints what the document was."""
    make_workbook().save(tmp_path / "自评.xlsx")
    data = retyped((officer / "自评.docx").read_bytes(), replacing("印发", "印发实施"))
    data = without_part(data, "customXml/")

    def with_day(name, text):
        extra = (
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="99"'
            ' name="perfgen-as-of"><vt:lpwstr>某天</vt:lpwstr></property></Properties>'
        )
        return text.replace("</Properties>", extra) if name == "docProps/custom.xml" else text

    (tmp_path / "自评.docx").write_bytes(repacked(data, with_day))
    result = pulled(tmp_path / "自评.docx", tmp_path / "自评.xlsx")
    assert result.written == {"重点任务!C2": "已经印发实施。"}


def test_a_workbook_of_another_layout_is_refused(officer, tmp_path, perfgen):
    (tmp_path / "自评.docx").write_bytes((officer / "自评.docx").read_bytes())
    workbook = next(path for path in SAMPLES if "targets" in path.stem)
    (tmp_path / "目标.xlsx").write_bytes(workbook.read_bytes())
    said = perfgen("pull", "自评.docx", "--workbook", "目标.xlsx")
    assert said.code == 2
    assert "自评.docx 用的版式是 suzhou-self-evaluation，目标.xlsx 用的是 " in said.err
