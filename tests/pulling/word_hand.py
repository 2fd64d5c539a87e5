"""What an officer does to a document in Word besides typing, done on the file itself."""

import io
import zipfile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{RELATIONS}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8"
    "cf500f0003860180a5c3d9db0000000049454e44ae426082"
)


def with_docx(change):
    """An edit through python-docx."""

    def edit(data):
        document = Document(io.BytesIO(data))
        change(document)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return edit


def paragraph(document):
    """A paragraph of the running text with words in it."""
    return next(p for p in document.paragraphs if len(p.text) > 15 and p.runs)


def put_in(xml):
    """Put a piece of a run's or a paragraph's contents into the text."""

    def change(document):
        head, _, rest = xml.partition(">")
        slash = "/" * head.endswith("/")
        name = head.removesuffix("/")
        paragraph(document)._p.append(parse_xml(f"{name} {NAMESPACES}{slash}>{rest}"))

    return with_docx(change)


def on_words(change):
    """Do something to the words of one run."""
    return with_docx(lambda document: change(paragraph(document).runs[0]))


def with_notes(kind, count):
    """Footnotes or endnotes: a part of their own, and the marks in the text."""

    def edit(data):
        notes = "".join(
            f'<w:{kind} w:id="{n}"><w:p><w:r><w:t>见附件{n}</w:t></w:r></w:p></w:{kind}>'
            for n in range(1, count + 1)
        )
        line = f'<w:{kind} w:type="separator" w:id="0"><w:p/></w:{kind}>'
        part = f'<w:{kind}s xmlns:w="{W}">{line}{notes}</w:{kind}s>'
        marks = "".join(f'<w:r><w:{kind}Reference w:id="{n}"/></w:r>' for n in range(1, count + 1))

        def change(name, text):
            if name == "[Content_Types].xml":
                return text.replace(
                    "</Types>",
                    f'<Override PartName="/word/{kind}s.xml" ContentType="application/vnd.openxml'
                    f'formats-officedocument.wordprocessingml.{kind}s+xml"/></Types>',
                )
            if name == "word/_rels/document.xml.rels":
                return text.replace(
                    "</Relationships>",
                    f'<Relationship Id="rId900" Type="{RELATIONS}/{kind}s" Target="{kind}s.xml"/>'
                    "</Relationships>",
                )
            if name == "word/document.xml":
                place = text.index("</w:p>", text.index("<w:t"))
                return text[:place] + marks + text[place:]
            return text

        return repacked(data, change, {f"word/{kind}s.xml": part.encode()})

    return edit


def repacked(data, change=lambda name, text: text, more=None):
    """The file packed anew, its XML parts as `change` returns them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in reversed(old.namelist()):
            part = old.read(name)
            if name.endswith((".xml", ".rels")):
                part = change(name, part.decode("utf-8")).encode()
            new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def _comments(document):
    for number in range(3):
        document.add_comment(paragraph(document).runs[0], f"请核实{number}", author="局长")


def _picture(document):
    for _ in range(2):
        paragraph(document).add_run().add_picture(io.BytesIO(PNG), Pt(20))


def _header(document):
    document.sections[0].header.paragraphs[0].text = "内部资料 注意保存"


def _footer(document):
    document.sections[0].footer.paragraphs[0].add_run("送审稿")


def _watermark(document):
    mark = ('<w:r><w:pict><v:shape type="#_x0000_t136"><v:textpath string="送审稿"/></v:shape>'
            "</w:pict></w:r>")  # fmt: skip
    document.sections[0].header.paragraphs[0]._p.append(
        parse_xml(mark.replace("<w:r>", f"<w:r {NAMESPACES}>", 1))
    )


def _style(document):
    document.styles["Normal"].font.size = Pt(30)


def _margin(document):
    document.sections[0].left_margin = Pt(10)


def _shade(document):
    cell = document.tables[0].cell(1, 0)._tc.get_or_add_tcPr()
    cell.append(parse_xml(f'<w:shd xmlns:w="{W}" w:val="clear" w:fill="FFFF00"/>'))


def _bookmark(document):
    paragraph(document)._p.append(
        parse_xml(f'<w:bookmarkStart xmlns:w="{W}" w:id="9001" w:name="mine"/>')
    )


def _width(document):
    document.tables[0].columns[0].width = Pt(300)


def _link(document):
    paragraph(document)._p.append(parse_xml(
        f'<w:hyperlink xmlns:w="{W}" w:anchor="mine"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    ))  # fmt: skip


def _hidden_by_a_style(document):
    """Words in a style of somebody's own that goes by one that hides."""
    styles = document.styles
    hiding = styles.add_style("不印", WD_STYLE_TYPE.CHARACTER)
    hiding.font.hidden = True
    own = styles.add_style("内部意见", WD_STYLE_TYPE.CHARACTER)
    own.base_style = hiding
    paragraph(document).add_run("不公开", own)


BOX = (
    "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>文本框里的字</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></wps:wsp>"
)
TEXT_BOX = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
    f"<a:graphicData>{BOX}</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>文本框里的字</w:t>"
    "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)

COUNTED = {
    "comments": (with_docx(_comments), "3条批注"),
    "footnote": (with_notes("footnote", 1), "1个脚注"),
    "footnotes": (with_notes("footnote", 12), "12个脚注"),
    "endnotes": (with_notes("endnote", 2), "2个尾注"),
    "text box": (put_in(TEXT_BOX), "1个文本框"),
    "text box of older programs": (
        put_in("<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox>"
               "</v:shape></w:pict></w:r>"), "1个文本框",
    ),
    "pictures": (with_docx(_picture), "2张图片"),
    "picture of older programs": (
        put_in("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"), "1张图片",
    ),
    "shape": (put_in("<w:r><w:drawing><wp:inline><wps:wsp/></wp:inline></w:drawing></w:r>"),
              "1个图形"),
    "a drawing that nobody here knows": (
        put_in("<w:r><w:drawing><wp:inline><a:graphic><a:graphicData/></a:graphic></wp:inline>"
               "</w:drawing></w:r>"), "1个图形",
    ),
    "shapes in a group of older programs": (
        put_in("<w:r><w:pict><v:group><v:roundrect/><v:arc/></v:group></w:pict></w:r>"), "1个图形"),
    "embedded workbook": (
        put_in("<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>"),
        "1个嵌入的文件",
    ),
    "struck out": (on_words(lambda run: setattr(run.font, "strike", True)), "1处删除线"),
    "struck out twice": (
        on_words(lambda run: setattr(run.font, "double_strike", True)), "1处删除线"),
    "hidden": (on_words(lambda run: setattr(run.font, "hidden", True)), "1处隐藏文字"),
    "hidden by a style": (with_docx(_hidden_by_a_style), "1处隐藏文字"),
    "bold": (on_words(lambda run: setattr(run.font, "bold", True)), "1处加粗"),
    "underlined": (on_words(lambda run: setattr(run.font, "underline", True)), "1处下划线"),
    "red": (on_words(lambda run: setattr(run.font.color, "rgb", RGBColor(255, 0, 0))),
            "1处变了颜色的文字"),
    "highlighted": (
        on_words(lambda run: setattr(run.font, "highlight_color", WD_COLOR_INDEX.YELLOW)),
        "1处突出显示",
    ),
    "equation": (put_in("<m:oMathPara><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></m:oMathPara>"),
                 "1个公式"),
    "symbol": (put_in('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "1个符号"),
    "header": (with_docx(_header), "1处页眉"),
    "footer": (with_docx(_footer), "1处页脚"),
    "watermark": (with_docx(_watermark), "1个图形"),
    "link": (with_docx(_link), "1个超链接"),
}  # fmt: skip
"""Edits that are counted and named: what is done, and what is said."""

KEPT_ONLY = {
    "size": on_words(lambda run: setattr(run.font, "size", Pt(30))),
    "font": on_words(lambda run: setattr(run.font, "name", "Arial")),
    "alignment": with_docx(
        lambda d: setattr(paragraph(d), "alignment", WD_ALIGN_PARAGRAPH.RIGHT)),
    "indent": with_docx(lambda d: setattr(paragraph(d).paragraph_format, "left_indent", Pt(50))),
    "style": with_docx(_style),
    "margin": with_docx(_margin),
    "cell shaded": with_docx(_shade),
    "column width": with_docx(_width),
    "bookmark": with_docx(_bookmark),
    "an empty line": with_docx(lambda d: d.add_paragraph("")),
    "a space more": on_words(lambda run: setattr(run, "text", f"{run.text} ")),
    "protected": lambda data: repacked(data, lambda name, text: text.replace(
        "</w:settings>", '<w:documentProtection w:edit="readOnly"/></w:settings>')),
    "title of the file": with_docx(lambda d: setattr(d.core_properties, "title", "某某")),
    "a part of its own": lambda data: repacked(data, more={"customXml/item9.xml": b"<a/>"}),
    "not a Word file any more": lambda data: b"PK\x03\x04 broken",
    "empty": lambda data: b"",
}  # fmt: skip
"""Edits that nobody counts; the document is another one all the same."""

SAME = {
    "not touched": lambda data: data,
    "packed anew": repacked,
    "saved by another program": with_docx(lambda document: None),
    "saved by somebody": with_docx(
        lambda document: setattr(document.core_properties, "last_modified_by", "某某")),
}  # fmt: skip
"""What changes bytes and nothing in the document."""
