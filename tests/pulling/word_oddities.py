"""What text cannot say, put into a Word file: hidden words, symbols, fields, pictures.

As in `word_edits`, each edit returns what the officer may expect.
"""

import copy

from docx.oxml.ns import qn

from pulling.word_tree import (
    Expected,
    chosen,
    escape,
    properties,
    retype,
    xml,
)

# --- what text cannot say ------------------------------------------------------------------------


def hidden(document, rng):
    number = chosen(rng, document.texts(at_least=8))
    run = document.runs(number)[0]
    other = copy.deepcopy(run)
    word = run.find(qn("w:t"))
    word.text, other.find(qn("w:t")).text = word.text[:4], word.text[4:]
    run.addnext(other)
    properties(other, "w:rPr").append(xml("<w:vanish/>"))
    return Expected(told=True)


def hidden_words_put_in(document, rng):
    number = chosen(rng, document.texts())
    document.runs(number)[0].addnext(
        xml("<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部意见：不公开</w:t></w:r>"))  # fmt: skip
    return Expected(told=True)


def put_behind(fragment, *, edited=False):
    """Put something behind the words of a paragraph; with `edited`, type a word there, too."""

    def edit(document, rng):
        number = chosen(rng, document.texts(at_least=8))
        old = document.by_number[number].text
        cells = {}
        if edited:
            retype(document.elements[number], "经核实，" + old)
            cells = document.after(number, "经核实，" + old)
        document.runs(number)[-1].addnext(xml(fragment))
        return Expected(cells, told=True)

    return edit


def marked(mark):
    """Put a mark on the words of a paragraph."""

    def edit(document, rng):
        number = chosen(rng, document.texts())
        properties(document.runs(number)[0], "w:rPr").append(xml(mark))
        return Expected(told=True)

    return edit


def control(document, rng):
    """A paragraph put into a content control: its words are still there."""
    number = chosen(rng, document.texts(in_cell=False))
    element = document.elements[number]
    around = xml("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent/></w:sdt>")
    element.addprevious(around)
    around.find(qn("w:sdtContent")).append(element)
    return Expected(told=True)


def prompt(document, rng):
    """An empty content control, which shows what to do."""
    number = chosen(rng, document.texts(in_cell=False))
    document.elements[number].addnext(
        xml("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r>"
            "<w:t>单击此处输入文字。</w:t></w:r></w:p></w:sdtContent></w:sdt>"))  # fmt: skip
    return Expected(told=True)


def field_result(document, rng):
    """A field: its code is no text."""
    number = chosen(rng, document.texts(at_least=6))
    old = document.by_number[number].text
    run = document.runs(number)[-1]
    for part in reversed((
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText> IF 1 = 1 </w:instrText></w:r>",
        "<w:r><w:t>域代码</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r><w:t>见附表</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )):  # fmt: skip
        run.addnext(xml(part))
    return Expected(document.after(number, old + "见附表"), told=True)


def ruby(document, rng):
    number = chosen(rng, document.texts(at_least=6))
    old = document.by_number[number].text
    retype(document.elements[number], "经核实，" + old[:-1])
    document.runs(number)[-1].addnext(
        xml("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pinyin</w:t></w:r></w:rt><w:rubyBase>"
            f"<w:r><w:t>{escape(old[-1])}</w:t></w:r></w:rubyBase></w:ruby></w:r>"))  # fmt: skip
    return Expected(document.after(number, "经核实，" + old), told=True)


def cut_into_a_box(document, rng):
    """A whole text cut out and pasted into a text box: it still stands below its heading."""
    number = chosen(rng, document.texts(in_cell=False))
    old = document.by_number[number].text
    element = document.elements[number]
    for run in list(element.iter(qn("w:r"))):
        run.getparent().remove(run)
    element.append(xml(BOX.replace("框", escape(old))))
    return Expected(told=True)


def table_in_cell(document, rng):
    number = chosen(rng, document.texts(in_cell=True))
    document.elements[number].addnext(
        xml("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>小表</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>"
            "<w:t>二</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"))  # fmt: skip
    return Expected(told=True)


def chunk(document, rng):
    number = chosen(rng, document.texts(in_cell=False))
    document.elements[number].addnext(xml('<w:altChunk r:id="rId99"/>'))
    return Expected(told=True)


PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
EQUATION = "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"
SYMBOL = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
TICKED = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>'
BOX = (
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
)
TABBED = "<w:r><w:tab/></w:r>"
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
OBJECT = "<w:r><w:object/></w:r>"


ODD_EDITS = {
    "hidden": hidden,
    "hidden words put in": hidden_words_put_in,
    "picture": put_behind(PICTURE),
    "equation": put_behind(EQUATION),
    "symbol": put_behind(SYMBOL),
    "ticked box": put_behind(TICKED),
    "text box": put_behind(BOX),
    "tab": put_behind(TABBED),
    "object": put_behind(OBJECT),
    "raised": put_behind(RAISED),
    "picture and a word": put_behind(PICTURE, edited=True),
    "equation and a word": put_behind(EQUATION, edited=True),
    "symbol and a word": put_behind(SYMBOL, edited=True),
    "bold": marked("<w:b/>"),
    "struck": marked("<w:strike/>"),
    "control": control,
    "prompt": prompt,
    "field": field_result,
    "ruby": ruby,
    "cut into a box": cut_into_a_box,
    "table in a cell": table_in_cell,
    "chunk": chunk,
}
