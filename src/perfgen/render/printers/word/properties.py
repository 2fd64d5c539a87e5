"""Looks → WordprocessingML properties: one XML text for each property, in the schema's order.

A style says what differs from the style on which it is based, so every property is spelt out here
and `difference` takes away what the other already says.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfgen.render.looks import NO_BORDER, NO_SIDES, Border, Look, ParagraphLook, Sides, TextLook
from perfgen.render.looks.roles import ROLES
from perfgen.render.printers.word.units import eighths, half_points, twips, twips_down
from perfgen.render.printers.word.xml import escape

Properties = Mapping[str, str]
OFFICIAL_FONTS = {role.key: role.official for role in ROLES}
PARAGRAPH_ORDER = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
    "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc",
    "outlineLvl",
)  # fmt: skip
TEXT_ORDER = (
    "rFonts", "b", "bCs", "i", "iCs", "strike", "snapToGrid", "color", "spacing", "sz", "szCs",
    "u", "shd", "vertAlign",
)  # fmt: skip
WORD_DEFAULTS: Properties = {
    **{name: f'<w:{name} w:val="0"/>' for name in ("keepNext", "keepLines", "pageBreakBefore")},
    **{name: f'<w:{name} w:val="0"/>' for name in ("b", "bCs", "i", "iCs", "strike")},
    "pBdr": "<w:pBdr>"
    + "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:pBdr>",
    "shd": '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
    "ind": '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>',
    "color": '<w:color w:val="auto"/>',
    "u": '<w:u w:val="none"/>',
    "vertAlign": '<w:vertAlign w:val="baseline"/>',
}
"""What holds in Word where no style speaks: 正文 need not say it."""
TOGGLES = frozenset({"b", "bCs", "i", "iCs", "strike"})
_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_LINES = {"solid": "single", "double": "double", "dashed": "dashed", "dotted": "dotted"}


def on_off(name: str, on: bool) -> str:
    """Return a property that is on or off, such as <w:keepNext/>."""
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def text_properties(look: TextLook) -> dict[str, str]:
    """Return the run properties of a look.

    Letter spacing is said outright and never left to the document grid: LibreOffice gives every
    character of a grid that is narrower than the font two places.
    """
    font = OFFICIAL_FONTS[look.role]
    size = half_points(look.size)
    return {
        "rFonts": "<w:rFonts"
        + "".join(f' w:{kind}="{font}"' for kind in ("ascii", "eastAsia", "hAnsi", "cs"))
        + "/>",
        "b": on_off("b", look.bold),
        "bCs": on_off("bCs", look.bold),
        "i": on_off("i", look.italic),
        "iCs": on_off("iCs", look.italic),
        "strike": on_off("strike", look.decoration == "line-through"),
        "snapToGrid": on_off("snapToGrid", False),
        "color": f'<w:color w:val="{_shown_color(look.color)}"/>',
        "spacing": f'<w:spacing w:val="{twips_down(look.spacing)}"/>',
        "sz": f'<w:sz w:val="{size}"/>',
        "szCs": f'<w:szCs w:val="{size}"/>',
        "u": f'<w:u w:val="{"single" if look.decoration == "underline" else "none"}"/>',
        "shd": shading(look.background),
        "vertAlign": f'<w:vertAlign w:val="{_SHIFTS[look.shift]}"/>',
    }


_SHIFTS = {"baseline": "baseline", "super": "superscript", "sub": "subscript"}


def paragraph_properties(look: Look, *, boxed: bool) -> dict[str, str]:
    """Return the paragraph properties of a look.

    `boxed` asks for the borders, the padding and the background too: those of a cell are its own.
    """
    lines = look.paragraph
    padding = look.box.padding if boxed else NO_SIDES
    border = look.box.border if boxed else Sides(*(NO_BORDER,) * 4)
    return {
        "keepNext": on_off("keepNext", lines.keep_with_next),
        "keepLines": on_off("keepLines", lines.keep_together),
        "pageBreakBefore": on_off("pageBreakBefore", lines.break_before),
        "widowControl": on_off("widowControl", lines.orphans > 1 or lines.widows > 1),
        "pBdr": _paragraph_borders(border, padding),
        "shd": shading(look.box.background if boxed else None),
        # No space of Word's own between Chinese and figures, no punctuation beyond the right edge:
        # a line has 28 characters, as in the PDF.
        **{name: on_off(name, False) for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN")},
        "snapToGrid": on_off("snapToGrid", False),
        "spacing": spacing(lines),
        "ind": _indents(lines, look.text.size, padding),
        "jc": f'<w:jc w:val="{_ALIGN[lines.align]}"/>',
    }


def spacing(
    lines: ParagraphLook, *, before: float | None = None, after: float | None = None
) -> str:
    """Return the space around and in a paragraph; `before` and `after` replace the look's own."""
    before = lines.margin.top if before is None else before
    after = lines.margin.bottom if after is None else after
    height = 'w:line="240" w:lineRule="auto"'
    if lines.line_height is not None:
        height = f'w:line="{twips_down(lines.line_height)}" w:lineRule="exact"'
    around = f'w:before="{max(twips(before), 0)}" w:after="{max(twips(after), 0)}"'
    return f"<w:spacing {around} {height}/>"


def difference(properties: Properties, base: Properties) -> dict[str, str]:
    """Return the properties that `base` does not already have."""
    return {name: xml for name, xml in properties.items() if base.get(name) != xml}


def overlaid(below: Properties, above: Properties) -> dict[str, str]:
    """Return how text looks whose paragraph has `below` and whose character style has `above`.

    Bold, italic and strike are switches in Word: a character style turns them over.
    """
    result = {**below, **above}
    for name in TOGGLES & above.keys():
        both = above[name] == below.get(name) == on_off(name, True)
        neither = above[name] == on_off(name, False)
        result[name] = on_off(name, False) if both else result[name]
        result[name] = below.get(name, result[name]) if neither else result[name]
    return result


def joined(properties: Properties, order: tuple[str, ...]) -> str:
    """Return the properties as XML in the order that the schema asks for."""
    return "".join(properties[name] for name in order if name in properties)


def shading(color: str | None) -> str:
    """Return the shading of a run, a paragraph or a cell."""
    if color is None:
        return '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>'


def border_line(name: str, border: Border, space: float = 0) -> str:
    """Return one line of a border."""
    if border.style == "none":
        return f'<w:{name} w:val="nil"/>'
    return (
        f'<w:{name} w:val="{_LINES[border.style]}" w:sz="{eighths(border.width)}"'
        f' w:space="{min(round(space), 31)}" w:color="{_shown_color(border.color)}"/>'
    )


def text_xml(text: str) -> str:
    """Return the <w:t> element of a text."""
    keep = ' xml:space="preserve"' if text[:1] == " " or text[-1:] == " " else ""
    return f"<w:t{keep}>{escape(text)}</w:t>"


def _shown_color(color: str) -> str:
    return "auto" if color == "000000" else color


def _paragraph_borders(border: Sides[Border], padding: Sides[float]) -> str:
    lines = (
        border_line("top", border.top, padding.top),
        border_line("left", border.left, padding.left),
        border_line("bottom", border.bottom, padding.bottom),
        border_line("right", border.right, padding.right),
    )
    return f"<w:pBdr>{''.join(lines)}</w:pBdr>"


def _indents(lines: ParagraphLook, size: float, padding: Sides[float]) -> str:
    left, right = lines.margin.left + padding.left, lines.margin.right + padding.right
    first = "hanging" if lines.indent < 0 else "firstLine"
    characters = round(abs(lines.indent) / size * 100)
    return (
        f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"'
        f' w:{first}Chars="{characters}" w:{first}="{twips(abs(lines.indent))}"/>'
    )
