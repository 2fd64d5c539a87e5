"""Paragraphs: a named style, what only the place in the document decides, and the runs."""

from __future__ import annotations

from collections.abc import Iterable

from perfgen.render.page.text import Paragraph
from perfgen.render.printers.word.anchors import ids_in
from perfgen.render.printers.word.properties import PARAGRAPH_ORDER, Properties, joined
from perfgen.render.printers.word.runs import Resources, runs_xml

NOTHING: Properties = {}


def paragraph_xml(
    paragraph: Paragraph,
    resources: Resources,
    *,
    room: float,
    here: Properties = NOTHING,
    anchors: Iterable[str] = (),
    section: str = "",
) -> str:
    """Return a <w:p>.

    `here` are the properties that come from its place, `anchors` the ids of what begins with it,
    `section` the section properties if it is the last of its section, `room` its width in points.
    """
    start, end = resources.noted(paragraph.text)
    runs = runs_xml(paragraph, resources.styling.paragraph(paragraph).text, room, resources)
    starts, ends = resources.anchors.marks((*anchors, *ids_in(paragraph.element)))
    begin = beginning_xml(paragraph, resources, here=here, section=section)
    return f"{begin}{start}{starts}{runs}{ends}{end}</w:p>"


def beginning_xml(
    paragraph: Paragraph, resources: Resources, *, here: Properties = NOTHING, section: str = ""
) -> str:
    """Return a <w:p> as far as its properties."""
    style = resources.styling.paragraph(paragraph)
    about = f'<w:pStyle w:val="{style.id}"/>{joined(here, PARAGRAPH_ORDER)}{section}'
    return f"<w:p><w:pPr>{about}</w:pPr>"


def placeholder_xml(resources: Resources, *, here: Properties = NOTHING, section: str = "") -> str:
    """Return the paragraph that Word needs between or after tables: one point high, no words."""
    style = resources.styling.placeholder()
    about = f'<w:pStyle w:val="{style}"/>{joined(here, PARAGRAPH_ORDER)}{section}'
    return f"<w:p><w:pPr>{about}</w:pPr></w:p>"
