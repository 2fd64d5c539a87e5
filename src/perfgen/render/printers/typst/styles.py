"""The looks as functions: each look of a paragraph or of characters is defined once, with a name.

A paragraph's function is called by the name of its style: `公文正文("……")`. What Typst should do
with lines, letters and spaces stands in the definitions; the text itself only calls them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perfgen.render.looks import Look, ParagraphLook, TextLook
from perfgen.render.printers.typst.borders import strokes
from perfgen.render.printers.typst.fonts import Face
from perfgen.render.printers.typst.language import (
    array,
    color,
    dictionary,
    identifier,
    literal,
    points,
)

_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "left"}
_NORMAL_LINE = 1.2
CENTRE = 0.38
"""How far the middle of a Chinese character lies above the base line, in font sizes."""
_SHIFT = {"super": -0.35, "sub": 0.2}
_ALL_BUT_LATIN = 'regex("[^!-~]")'
_LINES = {
    "underline": "underline(evade: false, offset: 0.14em",
    "line-through": "strike(offset: -0.38em",
}
_RESERVED = frozenset({"页", "字"})


class Styles:
    """Gives looks their functions; `definitions` are what must stand before their calls."""

    def __init__(self, faces: Mapping[str, Sequence[Face]]) -> None:
        """Begin with the fonts of each role."""
        self._faces = faces
        self._names: set[str] = set(_RESERVED)
        self._known: dict[object, str] = {}
        self.definitions: list[str] = []

    def text(self, look: TextLook, line_height: float | None) -> str:
        """Return the name of the dictionary of text settings for a look of characters."""
        line = _NORMAL_LINE * look.size if line_height is None else line_height
        key = ("text", _shown(look), line)
        if key not in self._known:
            settings = self._text_settings(_shown(look), line)
            self._define(key, f"字-{len(self._known)}", f" = {dictionary(settings)}")
        return self._known[key]

    def inline(self, look: TextLook, line_height: float | None) -> str:
        """Return the name of the function for words inside a paragraph."""
        key = ("inline", look, line_height)
        if key not in self._known:
            body = f"text(..{self.text(look, line_height)}, body)"
            if look.decoration != "none":
                body = f"{_LINES[look.decoration]}, {body})"
            if look.background is not None:
                body = f"highlight(fill: {color(look.background)}, {body})"
            self._define(key, f"文-{len(self._known)}", f"(body) = {body}")
        return self._known[key]

    def paragraph(self, look: Look, *, level: int = 0, bookmarked: bool = False) -> str:
        """Return the name of the function for a paragraph, or for a heading of a `level`.

        It takes the words, the space above, and whether it stays with what follows.
        """
        lines = replace(look.paragraph, keep_with_next=False, keep_with_previous=False)
        key = ("paragraph", look.style, look.text, lines, look.box, level, bookmarked)
        if key not in self._known:
            name = identifier(look.style) or "段落"
            definition = self._paragraph(look, level, bookmarked=bookmarked)
            self._define(key, name, definition)
        return self._known[key]

    def define(self, key: object, name: str, definition: str) -> str:
        """Return the name of the function that `key` stands for; define it the first time."""
        if key not in self._known:
            self._define(key, identifier(name) or "样式", definition)
        return self._known[key]

    def _define(self, key: object, name: str, definition: str) -> None:
        unique, number = name, 2
        while unique in self._names:
            unique, number = f"{name}-{number}", number + 1
        self._names.add(unique)
        self._known[key] = unique
        self.definitions.append(f"#let {unique}{definition}")

    def _text_settings(self, look: TextLook, line: float) -> dict[str, str]:
        faces = self._faces[look.role]
        families = [
            literal(face.family)
            if face.latin
            else f"(name: {literal(face.family)}, covers: {_ALL_BUT_LATIN})"
            for face in faces
        ]
        middle = CENTRE * look.size
        settings = {
            "font": array(families),
            "weight": str(faces[0].weight),
            "size": points(look.size),
            # Lengths, so that a line is equally high whichever fonts its characters come from.
            "top-edge": points(line / 2 + middle),
            "bottom-edge": points(middle - line / 2),
            "tracking": points(look.spacing),
            "fill": color(look.color),
        }
        if look.shift in _SHIFT:
            settings["baseline"] = points(_SHIFT[look.shift] * look.size)
        return settings

    def _paragraph(self, look: Look, level: int, *, bookmarked: bool) -> str:
        lines = look.paragraph
        text = self.text(look.text, lines.line_height)
        body = "par(body)"
        if level:
            # A heading has settings of its own in Typst, which are to give way to ours.
            body = (
                f"show heading: set text(..{text})\n"
                f"  show heading: it => h({points(lines.indent)}) + it.body\n"
                f"  heading(level: {level}, bookmarked: {_bool(bookmarked)}, body)"
            )
        inset = look.box.padding
        outside = f"left: {points(lines.margin.left)}, right: {points(lines.margin.right)}"
        block = {
            "above": "above", "below": "0pt", "sticky": "sticky", "width": "100%",
            "breakable": _bool(not (lines.keep_together or level)),
        }  # fmt: skip
        if any((inset.top, inset.right, inset.bottom, inset.left)):
            block["inset"] = sides(inset.top, inset.right, inset.bottom, inset.left)
        stroke = strokes(look.box.border)
        if stroke:
            block["stroke"] = stroke
        if look.box.background is not None:
            block["fill"] = color(look.box.background)
        settings = ", ".join(f"{key}: {value}" for key, value in block.items())
        made = (
            f"block({settings}, {{\n"
            f"  set text(..{text})\n"
            f"  {paragraph_settings(lines)}\n"
            f"  {body}\n"
            "})"
        )
        if lines.margin.left or lines.margin.right:
            made = made.replace("above: above", "above: 0pt", 1)
            made = f"block(above: above, below: 0pt, sticky: sticky, inset: ({outside}), {made})"
        return f"(body, above: 0pt, sticky: false) = {made}"


def paragraph_settings(lines: ParagraphLook) -> str:
    """Return the rules for the lines of a paragraph."""
    # Without a page between, two lines at least stay together: a cost as high as can be.
    justify = _bool(lines.align == "justify")
    orphan, widow = ("100%" if count > 1 else "0%" for count in (lines.orphans, lines.widows))
    return (
        f"set par(justify: {justify}, first-line-indent: "
        f"(amount: {points(lines.indent)}, all: true)); "
        f"set align({_ALIGN[lines.align]}); "
        f"set text(costs: (orphan: {orphan}, widow: {widow}))"
    )


def sides(top: float, right: float, bottom: float, left: float) -> str:
    """Return four lengths around a box."""
    if top == right == bottom == left:
        return points(top)
    return (
        f"(top: {points(top)}, right: {points(right)},"
        f" bottom: {points(bottom)}, left: {points(left)})"
    )


def _shown(look: TextLook) -> TextLook:
    """Return a look that the fonts at hand can show.

    Chinese has no slanted letters, and a machine seldom has a bold face: emphasis is shown by
    another role, as official documents do it.
    """
    role = look.role
    if look.bold and role not in {"heiti", "xiaobiaosong"}:
        role = "heiti"
    elif look.italic and role in {"songti", "fangsong"}:
        role = "kaiti"
    return replace(look, role=role, bold=False, italic=False, decoration="none", background=None)


def _bool(value: bool) -> str:
    return "true" if value else "false"
