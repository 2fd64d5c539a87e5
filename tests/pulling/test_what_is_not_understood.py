"""What pull does not understand is said, with its place, in the officer's words."""

import io
import json
import zipfile

import openpyxl
import pytest
from docx.oxml.ns import qn

from perfgen.pulling import edited_paragraphs
from perfgen.pulling.other_edits import found_besides_words
from pulling.officer_files import PARAGRAPHS, built, changed, make_workbook, pulled, retyped
from pulling.word_hand import repacked
from pulling.word_tree import new_paragraph, text_of, xml

FIRST, SECOND, THIRD = PARAGRAPHS


@pytest.fixture
def edited(officer, tmp_path):
    """Edit the tree of the officer's Word file; the folder then holds it and its workbook."""

    def edit(change, name="自评.docx"):
        make_workbook().save(tmp_path / "自评.xlsx")
        data = (officer / "自评.docx").read_bytes()
        (tmp_path / name).write_bytes(changed(data, change))
        return tmp_path / name

    return edit


def paragraph(root, words):
    """The paragraph that begins so."""
    return next(p for p in root.iter(qn("w:p")) if text_of(p).startswith(words))


def cell(root, words):
    """The cell that holds these words."""
    return next(c for c in root.iter(qn("w:tc")) if words in text_of(c))


# --- tables --------------------------------------------------------------------------------------


def test_a_table_whose_columns_changed_is_one_line(perfgen, edited):
    def drop_last(root):
        for row in list(root.iter(qn("w:tbl")))[2].findall(qn("w:tr")):
            row.remove(row.findall(qn("w:tc"))[-1])

    edited(drop_last)
    said = perfgen("pull", "自评.docx")
    assert "没有写回的 1 处" in said.out and "表里删了、加了或换了列" in said.out
    assert "没有改动" not in said.out and said.out.endswith("✓ 没有可以写回的改动\n")


@pytest.fixture(scope="module")
def with_blanks(tmp_path_factory):
    """A report with an indicator of which little is known yet."""
    folder = tmp_path_factory.mktemp("blanks")
    book = make_workbook()
    book["绩效指标"].append(("履职", "新的指标", None, None, "≥5家", None, None, None, None, None))
    book.save(folder / "自评.xlsx")
    return built(folder / "自评.xlsx")


def filled(folder, texts):
    """Fill the empty cells of the new indicator's row; the last one is computed."""

    def fill(root):
        row = next(row for row in root.iter(qn("w:tr")) if "新的指标" in text_of(row))
        empty = [one for one in row.findall(qn("w:tc"))
                 if not text_of(one) and next(one.iter(qn("w:vMerge")), None) is None]  # fmt: skip
        for one, text in zip(empty, texts, strict=False):
            one.find(qn("w:p")).append(xml(f"<w:r><w:t>{text}</w:t></w:r>"))

    data = (folder / "自评.docx").read_bytes()
    (folder / "改过.docx").write_bytes(changed(data, fill))
    return pulled(folder / "改过.docx", folder / "自评.xlsx")


def test_a_row_that_is_filled_goes_in(with_blanks):
    assert set(filled(with_blanks, ["6家", "走访记录"]).written) == {"绩效指标!G5", "绩效指标!H5"}


def test_a_row_of_which_a_part_cannot_be_written_does_not_go_in_at_all(with_blanks):
    result = filled(with_blanks, ["6家", "走访记录", "20%", "多走一家。"])
    assert result.written == {}
    assert sum("整行都没有写" in why for _, _, why in result.reasons) >= 2


def test_a_table_in_a_cell_keeps_the_cell_as_it_was(edited, tmp_path):
    def nest(root):
        found = cell(root, "已经印发")
        found.find(qn("w:p")).addprevious(
            xml("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>小表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
        )

    result = pulled(edited(nest), tmp_path / "自评.xlsx")
    assert result.written == {}
    assert [str(other) for other in result.pulled.others] == ["1张套在格里的表"]


def test_a_build_tells_of_columns_and_merged_cells_as_well(edited):
    """What is put aside is described: a table whose columns changed does not say the same."""

    def drop_last(root):
        for row in list(root.iter(qn("w:tbl")))[2].findall(qn("w:tr")):
            row.remove(row.findall(qn("w:tc"))[-1])

    ((old, new),) = edited_paragraphs(edited(drop_last).read_bytes())
    assert "原因分析" in old and "原因分析" not in new


# --- lists ---------------------------------------------------------------------------------------

NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0"><w:nsid w:val="5A3C11F2"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def numbered(officer, tmp_path, paragraphs, change, *, shape="decimal", text="%1."):
    """A report with these paragraphs, edited, some of them in an automatic list."""
    book = make_workbook()
    book["文字部分"]["B2"] = "\n".join(paragraphs)
    book.save(tmp_path / "自评.xlsx")
    built(tmp_path / "自评.xlsx")
    data = changed((tmp_path / "自评.docx").read_bytes(), change)
    part = {"word/numbering.xml": NUMBERING.format(shape=shape, text=text).encode()}
    (tmp_path / "改过.docx").write_bytes(repacked(data, more=part))
    return pulled(tmp_path / "改过.docx", tmp_path / "自评.xlsx")


def listed(element, words):
    """Make a list paragraph of one, its words without the number."""
    element.find(qn("w:pPr")).append(
        xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    )
    for word in element.iter(qn("w:t")):
        word.text = words


ITEMS = ["1.完善制度，加强管理。", "2.抓好落实，务求实效。", "最后一段，不在单子里。"]


def test_a_typed_number_that_word_made_automatic_is_no_edit(officer, tmp_path):
    def change(root):
        for item in ITEMS[:2]:
            listed(paragraph(root, item), item[2:])

    result = numbered(officer, tmp_path, ITEMS, change)
    assert (result.written, result.reasons) == ({}, [])


def test_an_edited_item_of_an_automatic_list_keeps_its_number(officer, tmp_path):
    def change(root):
        listed(paragraph(root, ITEMS[0]), "完善各项制度，加强管理。")
        listed(paragraph(root, ITEMS[1]), ITEMS[1][2:])

    result = numbered(officer, tmp_path, ITEMS, change)
    assert result.written == {"文字部分!B2": "\n".join(["1.完善各项制度，加强管理。", *ITEMS[1:]])}


def test_an_item_added_to_an_automatic_list_gets_its_number(officer, tmp_path):
    def change(root):
        for item in ITEMS[:2]:
            listed(paragraph(root, item), item[2:])
        second = paragraph(root, ITEMS[1][2:])
        second.addnext(new_paragraph(second, "30家企业已经走访。"))

    result = numbered(officer, tmp_path, ITEMS, change)
    lines = [*ITEMS[:2], "3. 30家企业已经走访。", ITEMS[2]]
    assert result.written == {"文字部分!B2": "\n".join(lines)}
    assert "自动编号写成了文字" in result.changes[0].notes


@pytest.mark.parametrize(
    ("shape", "text", "typed"),
    [("chineseCounting", "（%1）", "（一）"), ("decimalEnclosedCircle", "%1", "①"),
     ("upperLetter", "%1、", "A、"), ("lowerRoman", "(%1)", "(i)")],
)  # fmt: skip
def test_numbers_of_every_shape_are_read(officer, tmp_path, shape, text, typed):
    def change(root):
        listed(paragraph(root, typed), "抓好落实，务求实效。")

    items = [f"{typed}抓好落实，务求实效。", ITEMS[2]]
    result = numbered(officer, tmp_path, items, change, shape=shape, text=text)
    assert (result.written, result.reasons) == ({}, [])


def test_numbers_put_before_plain_paragraphs_are_told(officer, tmp_path):
    def change(root):
        listed(paragraph(root, ITEMS[2]), ITEMS[2])

    result = numbered(officer, tmp_path, ITEMS, change)
    assert result.written == {}
    assert ["自动编号" in why for _, _, why in result.reasons] == [True]


# --- words ---------------------------------------------------------------------------------------


def test_hidden_words_are_not_written_and_their_place_is_said(perfgen, edited):
    def hide(root):
        paragraph(root, FIRST[:6]).append(
            xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部意见</w:t></w:r>")
        )
        for word in paragraph(root, FIRST[:6]).iter(qn("w:t")):
            word.text = word.text.replace("有序", "扎实")

    edited(hide)
    said = perfgen("pull", "自评.docx")
    assert "里面有隐藏文字" in said.out and "“二、年度履职目标完成情况”下" in said.out
    assert "  隐藏文字：“各项任务都已按期完成" in said.err
    assert "写回 " not in said.out.replace("没有写回", "")


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "1张图片"),
        ("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", "1个公式"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "1个符号"),
        ("<w:r><w:tab/></w:r>", "1个制表符"),
        ("<w:r><w:object/></w:r>", "1个嵌入的文件"),
        ("<w:fldSimple w:instr='DATE'/>", "1个域"),
    ],
)
def test_what_stands_in_the_text_is_named_with_its_place(perfgen, edited, fragment, said):
    edited(lambda root: paragraph(root, THIRD[:6]).append(xml(fragment)))
    data = json.loads(perfgen("pull", "自评.docx", "--json").out)
    (other,) = data["others_at"]
    assert other["what"] == said
    assert other["where"] == ["“开放平台建设继续推进，新增制度创新成果4项，其…”一段"]


def test_a_footer_and_a_part_that_nothing_refers_to_are_named(perfgen, edited):
    path = edited(lambda root: None)
    data = path.read_bytes()
    path.write_bytes(repacked(data, more={"word/embeddings/oleObject1.bin": b"x"}))
    said = perfgen("pull", "自评.docx")
    assert "1个嵌入的文件" in said.out and "没有改动" not in said.out


def test_what_stands_before_all_words_is_said_to(perfgen, edited):
    def put_first(root):
        root.find(qn("w:body")).insert(
            0, xml("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>")
        )

    edited(put_first)
    (other,) = json.loads(perfgen("pull", "自评.docx", "--json").out)["others_at"]
    assert (other["what"], other["where"]) == ("1张图片", ["文件开头"])


def test_macros_are_named(perfgen, edited):
    path = edited(lambda root: None)
    path.write_bytes(repacked(path.read_bytes(), more={"word/vbaProject.bin": b"x"}))
    assert "1处宏" in perfgen("pull", "自评.docx").err


def test_of_two_pictures_in_one_place_only_the_new_one_is_told(edited):
    def put_in(count):
        def change(root):
            for _ in range(count):
                paragraph(root, THIRD[:6]).append(
                    xml("<w:r><w:drawing><a:blip/></w:drawing></w:r>")
                )

        return edited(change).read_bytes()

    one, two = put_in(1), put_in(2)
    (found,) = found_besides_words(two, one)
    assert (str(found), len(found.where)) == ("1张图片", 1)


def test_a_build_tells_of_a_row_that_was_deleted(edited):
    """It is put aside; the row will be there again."""

    def drop(root):
        row = next(r for r in root.iter(qn("w:tr")) if "组织评估" in text_of(r))
        row.getparent().remove(row)

    ((old, new),) = edited_paragraphs(edited(drop).read_bytes())
    assert "组织评估" in old and new == ""


def test_paragraphs_that_were_joined_without_a_word_are_told(perfgen, edited):
    def join(root):
        heading = paragraph(root, "二、年度履职目标完成情况")
        first = paragraph(root, FIRST[:6])
        for child in list(first):
            if child.tag != qn("w:pPr"):
                heading.append(child)
        first.getparent().remove(first)

    edited(join)
    said = perfgen("pull", "自评.docx")
    assert "没有写回的 1 处" in said.out and "没有改动" not in said.out


# --- sections ------------------------------------------------------------------------------------


def test_a_section_typed_anew_goes_into_its_cell(edited, tmp_path):
    def anew(root):
        first = paragraph(root, FIRST[:6])
        first.addprevious(new_paragraph(first, "全年平稳。"))
        for words in PARAGRAPHS:
            found = paragraph(root, words[:6])
            found.getparent().remove(found)

    result = pulled(edited(anew), tmp_path / "自评.xlsx")
    assert result.written == {"文字部分!B2": "全年平稳。"}


def test_a_cell_is_not_emptied_while_its_new_text_has_no_place(edited, tmp_path):
    """The new text holds an equation: it cannot be written, so the old one stays."""

    def anew(root):
        first = paragraph(root, FIRST[:6])
        fresh = new_paragraph(first, "全年平稳。")
        fresh.append(xml("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))
        first.addprevious(fresh)
        for words in PARAGRAPHS:
            found = paragraph(root, words[:6])
            found.getparent().remove(found)

    result = pulled(edited(anew), tmp_path / "自评.xlsx")
    assert result.written == {}
    assert any("里面有公式" in why for _, _, why in result.reasons)
    assert any("所以没有从这一格里删" in why for _, _, why in result.reasons)


def test_a_moved_paragraph_is_shown_once_with_both_places(perfgen, edited):
    def move(root):
        target = paragraph(root, "某某局成立于")
        target.addnext(paragraph(root, THIRD[:6]))

    edited(move)
    said = perfgen("pull", "自评.docx").out
    assert said.count("开放平台建设") == 1 and "→" not in said
    assert "“二、年度履职目标完成情况”下" in said and "挪到了“三、部门（单位）概况”下" in said


# --- the workbook has changed, too ---------------------------------------------------------------


def other_workbook(tmp_path, text):
    book = make_workbook()
    book["重点任务"]["C2"] = text
    book.save(tmp_path / "自评.xlsx")


def typed(officer, tmp_path):
    data = retyped((officer / "自评.docx").read_bytes(),
                   lambda text: text.replace("已经印发", "已经印发实施"))  # fmt: skip
    (tmp_path / "自评.docx").write_bytes(data)


def test_a_conflict_shows_what_the_workbook_says_now(perfgen, officer, tmp_path):
    other_workbook(tmp_path, "正在起草。")
    typed(officer, tmp_path)
    said = perfgen("pull", "自评.docx").out
    assert "“已经印发。” → “已经印发实施。”\n    工作簿现在：“正在起草。”" in said


def test_a_change_that_was_made_in_the_workbook_too_is_no_conflict(perfgen, officer, tmp_path):
    other_workbook(tmp_path, "已经印发实施。")
    typed(officer, tmp_path)
    said = perfgen("pull", "自评.docx")
    assert "工作簿里已经改成这样，不用再写：" in said.err and "重点任务!C2" in said.err
    assert said.out == "✓ 没有要写回的改动：工作簿里已经改成这样\n"


def test_a_workbook_with_macros_comes_back_as_one(perfgen, officer, tmp_path):
    make_workbook().save(tmp_path / "自评.xlsx")
    content = repacked((tmp_path / "自评.xlsx").read_bytes(), _with_macros,
                       {"xl/vbaProject.bin": b"macros"})  # fmt: skip
    (tmp_path / "自评.xlsx").unlink()
    (tmp_path / "自评.xlsm").write_bytes(content)
    typed(officer, tmp_path)
    said = perfgen("pull", "自评.docx", "--workbook", "自评.xlsm")
    assert "✓ 已生成 自评-写回.xlsm" in said.out
    with zipfile.ZipFile(tmp_path / "自评-写回.xlsm") as copy:
        assert copy.read("xl/vbaProject.bin") == b"macros"
    said = perfgen("pull", "自评.docx", "--workbook", "自评.xlsm", "-o", "新.xlsx")
    assert said.code == 2 and "只能是 .xlsm" in said.err
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "自评-写回.xlsm").read_bytes()))
    assert book["重点任务"]["C2"].value == "已经印发实施。"


def _with_macros(name, text):
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return text.replace(plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
