"""Which cell an edit belongs to: in every sample, in a workbook that changed since, in doubt."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from perfgen.build import Request, load, print_report
from perfgen.original.content import Table, paragraphs_in
from perfgen.pulling.changes import DIFFERENT, FIXED_WORDS, OTHERWISE, QUOTED_NAME, Ask
from perfgen.pulling.pull import OTHER_INPUT, UNCOMPARED, copied
from perfgen.pulling.reading import read_document
from pulling.officer_files import (
    built,
    make_workbook,
    pulled,
    retyped,
    silent,
    without_bookmarks,
    without_part,
)

SAMPLES = sorted((Path(__file__).parents[2] / "inputs").glob("*.xlsx"))


NO_TEXT = "这一格填的是数或日期，请在工作簿里改"


@pytest.fixture
def document(officer, tmp_path):
    """Retype the officer's Word file; returns what a pull finds."""

    def retype(edit, workbook=officer / "自评.xlsx", source=officer / "自评.docx"):
        path = tmp_path / "改过.docx"
        path.write_bytes(retyped(source.read_bytes(), edit))
        return pulled(path, workbook)

    return retype


def replacing(**words):
    """Replace words wherever they stand."""

    def edit(text):
        for old, new in words.items():
            text = text.replace(old, new)
        return text

    return edit


# --- every sample --------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request):
    """A sample workbook and its Word file."""
    loaded = load(request.param, say=silent)
    return request.param, print_report(loaded, Request(formats=("docx",))).contents["docx"]


def is_text(original, paragraph):
    """Whether a paragraph is the text of one cell and nothing else."""
    sources = [number for _, number in paragraph.parts]
    return len(sources) == 1 and bool(sources[0]) and not original.sources[sources[0]].figure


def test_every_edited_text_of_a_sample_comes_back_or_is_listed(sample, tmp_path):
    """One paragraph in three is edited; the copy then prints just what the officer wrote."""
    workbook, data = sample
    original = read_document(data).original
    known = {
        p.text: number % 3
        for number, p in enumerate(paragraphs_in(original.blocks))
        if len(p.text) > 4 and "%" not in p.text and is_text(original, p)
    }

    def edit(text):
        return text[:3] + "补" + text[3:] if known.get(text) == 0 else text

    (tmp_path / "改过.docx").write_bytes(retyped(data, edit))
    result = pulled(tmp_path / "改过.docx", workbook)
    assert len(result.changes) >= 8
    reasons = {why.partition("：")[0].partition("”")[2] or why for _, _, why in result.reasons}
    # A word that the layout prints, too, is edited there as well; own columns may hold days.
    assert reasons <= {"只能从清单里选", OTHERWISE, QUOTED_NAME, FIXED_WORDS, NO_TEXT}
    (tmp_path / "新.xlsx").write_bytes(copied(workbook, result.changes))
    again = print_report(load(tmp_path / "新.xlsx", say=silent), Request(formats=("docx",)))
    printed = {p.text for p in paragraphs_in(read_document(again.contents["docx"]).blocks)}
    left = {old for old, _, _ in result.reasons}
    wanted = {edit(text) for text, turn in known.items() if turn == 0 and text not in left}
    assert wanted - printed == set()


def test_without_any_bookmark_the_text_is_found_all_the_same(sample, tmp_path):
    workbook, data = sample
    original = read_document(data).original
    texts = [p.text for p in paragraphs_in(original.blocks) if is_text(original, p)]
    longest = max(texts, key=len)
    edited = retyped(data, lambda text: text.replace(longest, longest[:20] + "※" + longest[20:]))
    (tmp_path / "改过.docx").write_bytes(without_bookmarks(edited))
    assert not any(p.numbers for p in paragraphs_in(read_document(without_bookmarks(data)).blocks))
    result = pulled(tmp_path / "改过.docx", workbook)
    assert [change.new.replace("※", "") for change in result.changes] == [
        change.old for change in result.changes
    ]
    assert len(result.changes) == 1


# --- a workbook that changed since ---------------------------------------------------------------


def test_a_row_that_moved_is_found_again(document, officer, tmp_path):
    book = make_workbook()
    book["重点任务"].insert_rows(2, 3)
    for column, text in enumerate(("职能0：临时", "临时任务", "已经完成。"), 1):
        book["重点任务"].cell(2, column).value = text
    book.save(tmp_path / "自评.xlsx")
    result = document(replacing(已经印发="已经印发实施"), tmp_path / "自评.xlsx")
    assert result.written == {"重点任务!C5": "已经印发实施。"}
    assert result.notices == (UNCOMPARED, OTHER_INPUT)


def test_a_cell_that_says_something_else_now_is_left(document, tmp_path):
    book = make_workbook()
    book["重点任务"]["C2"] = "改过了。"
    book.save(tmp_path / "自评.xlsx")
    result = document(replacing(已经印发="已经印发实施"), tmp_path / "自评.xlsx")
    assert result.written == {}
    assert result.reasons == [("已经印发。", "已经印发实施。", DIFFERENT)]


def test_a_figure_that_changed_since_does_not_hinder_the_words_around_it(document, tmp_path):
    book = make_workbook()
    book["绩效指标"]["G4"] = "60家"
    book.save(tmp_path / "自评.xlsx")
    result = document(replacing(消费市场保持平稳="消费市场稳中有升"), tmp_path / "自评.xlsx")
    (text,) = result.written.values()
    assert "稳中有升，全年走访企业【指标：走访企业数量：指标完成值】" in text


# --- in doubt ------------------------------------------------------------------------------------


def test_a_name_that_other_cells_go_by_is_left(document, tmp_path):
    result = document(replacing(走访企业数量="走访服务企业数量"))
    assert result.written == {}
    assert result.reasons == [("走访企业数量", "走访服务企业数量", QUOTED_NAME)]


def test_a_text_printed_twice_needs_consent_when_one_is_edited(tmp_path):
    workbook = next(path for path in SAMPLES if path.stem.startswith("hitech"))
    shutil.copy(workbook, tmp_path / "绩效文本.xlsx")
    built(tmp_path / "绩效文本.xlsx")
    edited = retyped(
        (tmp_path / "绩效文本.docx").read_bytes(),
        lambda text: "高新区商务和科技局" if text == "高新区商务局" else text,
    )
    (tmp_path / "绩效文本.docx").write_bytes(edited)
    (change,) = pulled(tmp_path / "绩效文本.docx", tmp_path / "绩效文本.xlsx").changes
    assert (str(change.ref), change.asks) == ("单位信息!B2", (Ask.PARTLY,))


def test_paragraphs_of_two_cells_that_became_one_need_consent(tmp_path):
    book = make_workbook()
    text = book["文字部分"]
    text.insert_rows(3)
    text["B3"] = "另起一格写的一段，接着上面一节。"
    book.save(tmp_path / "自评.xlsx")
    built(tmp_path / "自评.xlsx")
    last = "开放平台建设继续推进，新增制度创新成果4项，其中2项在全省推广。"

    def edit(words):
        if words == last:
            return words + text["B3"].value
        return None if words == text["B3"].value else words

    docx = (tmp_path / "自评.docx").read_bytes()
    (tmp_path / "改过.docx").write_bytes(retyped(docx, edit))
    first, second = pulled(tmp_path / "改过.docx", tmp_path / "自评.xlsx").changes
    assert (str(first.ref), str(second.ref)) == ("文字部分!B2", "文字部分!B3")
    assert first.new.endswith("推广。另起一格写的一段，接着上面一节。") and second.new == ""
    assert first.asks == second.asks == (Ask.JOIN,)
    assert first.group == second.group > 0


def test_a_formula_is_left(document, tmp_path):
    book = make_workbook()
    book["重点任务"]["C2"] = '="已经"&"印发。"'
    book.save(tmp_path / "自评.xlsx")
    result = document(replacing(已经完成="已经做完"), officer_formulas(tmp_path / "自评.xlsx"))
    assert result.written == {"重点任务!C3": "已经做完。"}


def officer_formulas(path):
    """The workbook with the formula's result in it, as Excel saves it."""
    book = openpyxl.load_workbook(path)
    book["重点任务"]["C2"] = "已经印发。"
    book.save(path)
    return path


def test_the_original_may_come_from_the_record_of_a_build(tmp_path, officer):
    """The part is gone and the workbook has changed: the kept document of that build helps."""
    folder = tmp_path / ".perfgen" / "自评" / "0001"
    folder.mkdir(parents=True)
    data = (officer / "自评.docx").read_bytes()
    (folder / "自评.docx").write_bytes(data)
    edited = retyped(without_part(data, "customXml/"), replacing(已经印发="已经印发实施"))
    (tmp_path / "自评.docx").write_bytes(edited)
    book = make_workbook()
    book["绩效指标"]["G4"] = "60家"
    book.save(tmp_path / "自评.xlsx")
    result = pulled(tmp_path / "自评.docx", tmp_path / "自评.xlsx")
    assert result.written == {"重点任务!C2": "已经印发实施。"}


def test_tables_know_rows_by_their_words_when_bookmarks_are_gone(officer):
    original = read_document((officer / "自评.docx").read_bytes()).original
    assert sum(isinstance(block, Table) for block in original.blocks) == 3
