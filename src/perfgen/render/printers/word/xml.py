"""Small pieces of XML that every part needs."""

from __future__ import annotations

import html

from perfgen.characters import xml_text

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = f'xmlns:w="{_WORD}"'
R = f'xmlns:r="{_RELATIONS}"'
WP = f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
A = f'xmlns:a="{_DRAWING}/main"'
PIC = f'xmlns:pic="{_DRAWING}/picture"'
PICTURE_URI = f"{_DRAWING}/picture"


def escape(text: str) -> str:
    """Return a text as the content of an element."""
    return html.escape(xml_text(text), quote=False)


def quoteattr(text: str) -> str:
    """Return a text as the value of an attribute, with its quotation marks."""
    return f'"{html.escape(xml_text(text))}"'
