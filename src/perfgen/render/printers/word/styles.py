"""The part word/styles.xml, from the styles that a document has used."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.render.printers.word.properties import PARAGRAPH_ORDER, TEXT_ORDER, joined
from perfgen.render.printers.word.stylebook import Style, StyleBook
from perfgen.render.printers.word.xml import XML_HEAD, W, quoteattr

_SHOWN_BUILT_INS = (
    ("Normal", 0),
    *((f"heading {level}", 9) for level in range(1, 10)),
    ("Title", 10),
    ("Table Grid", 39),
)
_DEFAULTS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
    "<w:unhideWhenUsed/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)


def styles_xml(book: StyleBook, language: str) -> str:
    """Return word/styles.xml with the styles of `book` and Word's own defaults."""
    normal, *others = (_style(style, book) for style in book)
    return (
        f"{XML_HEAD}<w:styles {W}>{_document_defaults(book, language)}{_latent_styles()}"
        f"{normal}{_DEFAULTS}{''.join(others)}</w:styles>"
    )


def _document_defaults(book: StyleBook, language: str) -> str:
    """Return what holds where no style speaks: the font and the size of 正文, the language."""
    text = "".join(book.normal.text[name] for name in ("rFonts", "sz", "szCs"))
    languages = f'<w:lang w:val="en-US" w:eastAsia={quoteattr(language)} w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{text}{languages}</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )


def _latent_styles() -> str:
    """Return which built-in styles Word's gallery shows though the document lacks them."""
    exceptions = "".join(
        f'<w:lsdException w:name="{name}" w:uiPriority="{priority}" w:semiHidden="0"'
        ' w:unhideWhenUsed="0" w:qFormat="1"/>'
        for name, priority in _SHOWN_BUILT_INS
    )
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
        f' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376">{exceptions}</w:latentStyles>'
    )


def _style(style: Style, book: StyleBook) -> str:
    kind = f'w:type="{style.kind}"'
    default = ' w:default="1"' if style.id == "Normal" else ""
    custom = ' w:customStyle="1"' if style.custom else ""
    return (
        f'<w:style {kind}{default}{custom} w:styleId="{style.id}">'
        f"{''.join(_description(style, book))}{_contents(style)}</w:style>"
    )


def _description(style: Style, book: StyleBook) -> Iterator[str]:
    yield f"<w:name w:val={quoteattr(style.name)}/>"
    if style.kind == "character":
        yield '<w:basedOn w:val="DefaultParagraphFont"/>'
    elif style.based_on:
        yield f'<w:basedOn w:val="{style.based_on}"/>'
    if style.outline is not None or style.id in {"Title", "Subtitle"}:
        yield f'<w:next w:val="{book.body_id}"/>'
    yield f'<w:uiPriority w:val="{style.priority}"/>'
    if style.kind != "table":
        yield "<w:qFormat/>"


def _contents(style: Style) -> str:
    lines = dict(style.lines)
    if style.outline is not None:
        lines["outlineLvl"] = f'<w:outlineLvl w:val="{style.outline}"/>'
    paragraph = joined(lines, PARAGRAPH_ORDER)
    text = joined(style.text, TEXT_ORDER)
    return (
        (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{text}</w:rPr>" if text else "")
        + style.table
    )
