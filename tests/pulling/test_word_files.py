"""Word files from anywhere: what is no sound .docx is named, and nothing hostile is opened."""

import io
import zipfile

import pytest

from perfgen.errors import DocumentError
from perfgen.pulling import edited_paragraphs
from perfgen.pulling.opening import MAX_FILE, open_document
from perfgen.pulling.reading import read_document
from unreadable import make_unreadable
from workbooks.make import as_bytes, good_workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(body, **parts):
    """A Word file with this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def texts(body):
    """The paragraphs that are read from a body."""
    return [block.text for block in read_document(docx_of(body)).blocks]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0 old", "旧格式（.doc）"),
        (b"hello", "不是 Word 文档"),
        (b"PK\x03\x04 cut off", "不完整或已损坏"),
        (as_bytes(good_workbook()), "是工作簿，不是 Word 文档"),
        (docx_of("")[:-30], "不完整或已损坏"),
        (docx_of("<w:p>"), "已损坏"),
    ],
)
def test_what_is_no_word_file_is_named(content, says):
    with pytest.raises(DocumentError) as raised:
        read_document(content, "报告.docx")
    assert says in raised.value.message
    assert edited_paragraphs(content) == [
        ("", f"（{raised.value.message.replace('报告.docx', '这个文件')}）")
    ]


def test_entities_and_bombs_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')
    with pytest.raises(DocumentError, match="不该有的声明"):
        read_document(stream.getvalue())
    with pytest.raises(DocumentError, match="解压后过大"):
        read_document(docx_of("", **{"word/big.xml": " " * 30_000_000}))


def test_a_lock_file_and_a_missing_file_are_named(tmp_path):
    (tmp_path / "~$报告.docx").write_bytes(b"x")
    with pytest.raises(DocumentError, match="临时锁文件"):
        open_document(tmp_path / "~$报告.docx")
    with pytest.raises(DocumentError, match="找不到 Word 文件"):
        open_document(tmp_path / "没有.docx")
    with pytest.raises(DocumentError, match="是文件夹，不是 Word 文件"):
        open_document(tmp_path)


def test_tracked_changes_are_read_as_accepted():
    body = (
        "<w:p><w:r><w:t>原来</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
    )
    assert texts(body) == ["原来新"]
    assert read_document(docx_of(body)).tracked


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    body = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>后</w:t></w:r></w:p>"
    )
    assert texts(body) == ["前后"]


def test_words_in_links_controls_and_fields_count_and_page_breaks_do_not():
    body = (
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>二</w:t><w:br w:type='page'/><w:tab/><w:t>三</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert texts(body) == ["链接\n二 三"]


def test_bookmarks_of_copies_and_of_others_are_not_ours():
    marks = "".join(
        f'<w:bookmarkStart w:id="{n}" w:name="{name}"/>'
        for n, name in enumerate(["_pg0007", "_pg0008_Copy_1", "_Toc1"])
    )
    (paragraph,) = read_document(docx_of(f"<w:p>{marks}<w:r><w:t>字</w:t></w:r></w:p>")).blocks
    assert paragraph.numbers == (7,)


# --- what is no text of a paragraph --------------------------------------------------------------


def read(body, **parts):
    """The paragraphs that are read from a body, other parts given."""
    names = {f"word/{name}.xml": text for name, text in parts.items()}
    return read_document(docx_of(body, **names)).blocks


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def said(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_the_code_of_a_field_is_no_text_nested_and_over_paragraphs():
    inner = field("begin") + said("内层代码") + field("separate") + said("内层") + field("end")
    body = (
        f"<w:p>{said('前')}{field('begin')}{inner}{said('代码')}</w:p>"
        f"<w:p>{said('还是代码')}{field('separate')}{said('结果')}{field('end')}{said('后')}</w:p>"
    )
    assert [p.text for p in read(body)] == ["前", "结果后"]


def test_a_field_that_never_ends_swallows_nothing():
    body = f"<w:p>{field('begin')}{said('一')}</w:p><w:p>{said('二')}</w:p>"
    assert [p.text for p in read(body)] == ["一", "二"]


def test_words_that_a_style_hides_are_hidden():
    styles = (
        f'<w:styles {W}><w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr>{said("藏")}'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>现</w:t></w:r></w:p>'
    )
    (paragraph,) = read(body, styles=styles)
    assert (paragraph.text, paragraph.odd) == ("现", ("隐藏文字",))


@pytest.mark.parametrize(
    ("run", "odd"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "符号"),
        ("<w:t>\uf0fe</w:t>", "符号"),
        ('<w:rPr><w:rFonts w:hAnsi="Wingdings 2"/></w:rPr><w:t>R</w:t>', "符号"),
        ('<w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t>', "上下标"),
        ("<w:dayLong/>", "看不懂的内容"),
        ("<w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict>",
         "文本框"),
    ],
)  # fmt: skip
def test_what_no_text_can_say_makes_a_paragraph_odd(run, odd):
    (paragraph,) = read(f"<w:p>{said('字')}<w:r>{run}</w:r></w:p>")
    assert paragraph.odd == (odd,)


@pytest.mark.parametrize(
    "run",
    ["<w:lastRenderedPageBreak/>", "<w:softHyphen/>", "<w:drawing/>", "<w:footnoteReference/>",
     '<w:rPr><w:vertAlign w:val="baseline"/></w:rPr><w:t>字</w:t>', "<w:commentReference/>"],
)  # fmt: skip
def test_what_a_text_can_do_without_makes_none_odd(run):
    (paragraph,) = read(f"<w:p>{said('字')}<w:r>{run}</w:r></w:p>")
    assert paragraph.odd == ()


def test_a_prompt_that_nobody_filled_in_is_no_text():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format(f"<w:p>{said('单击此处输入文字。')}</w:p>") + f"<w:p>{said('字')}</w:p>"
    assert [p.text for p in read(body)] == ["字"]
    (paragraph,) = read(f"<w:p>{said('字')}{control.format(said('选择一项。'))}</w:p>")
    assert (paragraph.text, len(paragraph.odd)) == ("字", 1)


def test_cells_struck_with_tracking_and_hidden_rows_are_gone():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        f"<w:tbl><w:tr>{cell.format('', '一')}{cell.format('<w:cellDel/>', '二')}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell.format('', '三')}</w:tr></w:tbl>"
    )
    (table,) = read(body)
    assert [[one.text for one in row] for row in table.rows] == [["一"]]


def test_cells_that_older_programs_join_are_one():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    first = cell.format('<w:hMerge w:val="restart"/>', "一")
    second = cell.format('<w:hMerge w:val="continue"/>', "二")
    body = f"<w:tbl><w:tr>{first}{second}{cell.format('', '三')}</w:tr></w:tbl>"
    (table,) = read(body)
    assert [(one.text, one.column, one.span) for one in table.rows[0]] == [
        ("一\n二", 0, 2), ("三", 2, 1),
    ]  # fmt: skip


def test_a_file_without_a_body_and_one_that_is_too_large_are_named(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}/>")
    with pytest.raises(DocumentError, match=r"报告\.docx 里没有正文"):
        read_document(stream.getvalue(), "报告.docx")
    large = tmp_path / "报告.docx"
    with large.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(DocumentError, match=r"报告\.docx 超过 \d+ MB 的上限"):
        open_document(large)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    make_unreadable(tmp_path / "报告.docx")
    with pytest.raises(DocumentError, match=r"打不开 .*报告\.docx（") as raised:
        open_document(tmp_path / "报告.docx")
    assert raised.value.hint == "检查文件和权限"


def test_comments_in_the_xml_are_no_text():
    assert texts(f"<w:p><!-- 由程序写 -->{said('字')}</w:p><!-- 后 -->") == ["字"]


def test_cells_merged_with_tracking_are_read_as_accepted():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    merged = [cell.format(f'<w:cellMerge w:vMerge="{how}"/>', words)
              for how, words in (("rest", "一"), ("cont", ""))]  # fmt: skip
    body = f"<w:tbl><w:tr>{merged[0]}</w:tr><w:tr>{merged[1]}</w:tr></w:tbl>"
    document = read_document(docx_of(body))
    (table,) = document.blocks
    assert [(row[0].merged, row[0].continues) for row in table.rows] == [
        (True, False),
        (True, True),
    ]
    assert document.tracked


# --- automatic numbers ---------------------------------------------------------------------------


def numbers(lists, *items, nsid="5A3C11F2", levels=("decimal|%1.", "decimal|%1.%2")):
    """The numbers that stand before paragraphs of these lists and levels."""
    kinds = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (shape, text) in enumerate(level.split("|") for level in levels)
    )
    part = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="{nsid}"/>{kinds}'
        f"</w:abstractNum>{lists}</w:numbering>"
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr>{said('字')}</w:p>"
        for number, level in items
    )
    return read(body, numbering=part)


ONE_LIST = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def test_a_lower_level_begins_anew_under_each_item():
    found = numbers(ONE_LIST, (1, 0), (1, 1), (1, 1), (1, 0), (1, 1))
    assert [one.auto for one in found] == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_a_list_that_is_to_begin_at_another_number_does():
    """Word's 重新开始于: a list of the same kind that begins where it is told to."""
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    found = numbers(ONE_LIST + again, (1, 0), (2, 0), (2, 0))
    assert [one.auto for one in found] == ["1.", "5.", "6."]


def test_a_level_that_is_not_described_has_a_number_that_nobody_knows():
    (found,) = numbers(ONE_LIST, (1, 4))
    assert found.auto == "\ufffc"


def test_a_bullet_is_told_and_counts_nothing():
    (found,) = numbers(ONE_LIST, (1, 0), levels=("bullet|•",))
    assert (found.auto, found.loose) == ("", ("项目符号",))


def test_the_bullets_and_numbers_that_perfgen_prints_are_no_edits():
    (found,) = numbers(ONE_LIST, (1, 0), levels=("bullet|•",), nsid="00000001")
    assert (found.auto, found.loose) == ("", ())


def test_an_item_whose_end_was_deleted_counts_with_the_next_one():
    """It is accepted as Word accepts it: one paragraph, so one number."""
    part = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        f"</w:abstractNum>{ONE_LIST}</w:numbering>"
    )
    about = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>{}</w:pPr>'
    gone = about.format('<w:rPr><w:del w:id="1" w:author="某"/></w:rPr>')
    kept = about.format("")
    body = (
        f"<w:p>{gone}{said('甲')}</w:p><w:p>{kept}{said('乙')}</w:p><w:p>{kept}{said('丙')}</w:p>"
    )
    assert [(one.auto, one.text) for one in read(body, numbering=part)] == [
        ("1.", "甲乙"),
        ("2.", "丙"),
    ]
