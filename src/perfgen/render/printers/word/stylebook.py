"""The named styles (样式) of one document: looks get names, and looks that differ derived ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from perfgen.errors import LayoutError
from perfgen.render.printers.word.names import StyleKind, built_in
from perfgen.render.printers.word.properties import (
    TOGGLES,
    WORD_DEFAULTS,
    Properties,
    difference,
    on_off,
    overlaid,
)

NORMAL = "正文"
_ID_PREFIX: Mapping[StyleKind, str] = {"paragraph": "P", "character": "C", "table": "T"}


class ParagraphStyle(NamedTuple):
    """What a paragraph style says: about its characters, and about its lines."""

    text: Properties
    lines: Properties


@dataclass(frozen=True, slots=True)
class Style:
    """A style of the document. `based_on` is an id; the properties are the differences from it."""

    kind: StyleKind
    name: str
    id: str
    based_on: str | None
    text: Properties = field(default_factory=dict)
    lines: Properties = field(default_factory=dict)
    table: str = ""
    outline: int | None = None
    priority: int = 1
    custom: bool = True


class StyleBook:
    """Collects the styles as the document is written."""

    def __init__(self, normal: ParagraphStyle) -> None:
        """Begin with the style on which all paragraph styles are based."""
        self.normal = normal
        self.body_id = "Normal"
        self._styles: dict[str, Style] = {}
        self._whole: dict[str, ParagraphStyle] = {}
        text = difference(normal.text, WORD_DEFAULTS)
        self._add("paragraph", NORMAL, None, text, difference(normal.lines, WORD_DEFAULTS))
        self._whole[NORMAL] = normal

    def __iter__(self) -> Iterator[Style]:
        """Yield the styles in the order in which they were first needed."""
        return iter(self._styles.values())

    def paragraph(
        self, name: str, base: ParagraphStyle, wanted: ParagraphStyle, suffix: str = ""
    ) -> str:
        """Return the id of the paragraph style for `wanted`.

        `base` is what the style called `name` says if it has not been met yet; a look that
        differs from it gets a style derived from it, called after `suffix`.
        """
        if name not in self._styles:
            self._add_paragraph(name, base, None)
        self._check_kind(name, "paragraph")
        if self._whole[name] == wanted:
            return self._styles[name].id
        for derived in self._derived_names(name, suffix):
            if derived not in self._styles:
                self._add_paragraph(derived, wanted, name)
            if self._whole.get(derived) == wanted:
                return self._styles[derived].id
        raise AssertionError("the names never end")

    def character(
        self, name: str, below: Properties, wanted: Properties, suffix: str, *, named: bool
    ) -> tuple[str | None, Properties]:
        """Return the id of a character style, and what must be said beside it.

        On a paragraph whose characters are `below`, the two together make `wanted`. `named` says
        whether the style is called `name` itself, or after it and `suffix`.
        """
        if wanted == below:
            return None, {}
        for candidate in self._candidates(name, suffix, "character", named=named):
            style = self._styles.get(candidate)
            if style is None:
                text = _switchable(wanted, below)
                style = self._add("character", candidate, None, text, {})
            if style.kind == "character":
                beside = difference(wanted, overlaid(below, style.text))
                if all(_turns_off(name, xml) for name, xml in beside.items()):
                    return style.id, beside
        raise AssertionError("the names never end")

    def table(self, name: str, xml: str, suffix: str) -> str:
        """Return the id of the table style whose properties are `xml`."""
        for candidate in self._candidates(name, suffix, "table", named=True):
            style = self._styles.get(candidate)
            if style is None:
                style = self._add("table", candidate, "TableNormal", {}, {}, xml)
            if style.kind == "table" and style.table == xml:
                return style.id
        raise AssertionError("the names never end")

    def _candidates(self, name: str, suffix: str, kind: StyleKind, *, named: bool) -> Iterator[str]:
        if named:
            if name in self._styles:
                self._check_kind(name, kind)
            yield name
        yield from self._derived_names(name, suffix)

    @staticmethod
    def _derived_names(name: str, suffix: str) -> Iterator[str]:
        stem = f"{name}-{suffix}" if suffix else name
        if suffix:
            yield stem
        number = 2
        while True:
            yield f"{stem}-{number}"
            number += 1

    def _add_paragraph(self, name: str, style: ParagraphStyle, parent: str | None) -> None:
        base = self._whole[parent] if parent else self.normal
        based_on = self._styles[parent or NORMAL].id
        text = difference(style.text, base.text)
        self._add("paragraph", name, based_on, text, difference(style.lines, base.lines))
        self._whole[name] = style

    def _add(
        self,
        kind: StyleKind,
        name: str,
        based_on: str | None,
        text: Properties,
        lines: Properties,
        table: str = "",
    ) -> Style:
        known = built_in(name)
        if known:
            style = Style(
                known.kind, known.name, known.id, based_on, text, lines, table, known.outline,
                known.priority, custom=False,
            )  # fmt: skip
        else:
            number = sum(style.kind == kind and style.custom for style in self) + 1
            style = Style(kind, name, f"{_ID_PREFIX[kind]}{number}", based_on, text, lines, table)
        self._styles[name] = style
        self._check_kind(name, kind)
        return style

    def _check_kind(self, name: str, kind: StyleKind) -> None:
        found = self._styles[name].kind
        if found != kind:
            shown = {"paragraph": "段落", "character": "文字", "table": "表格"}
            raise LayoutError(
                f"--word-style “{name}”是{shown[found]}样式，不能用于{shown[kind]}",
                hint="在样式表里给它起一个别的名称",
            )


def _switchable(wanted: Properties, below: Properties) -> dict[str, str]:
    """Return what a character style can say to turn `below` into `wanted`.

    It cannot turn bold off: that the run must say itself.
    """
    found = difference(wanted, below)
    return {name: xml for name, xml in found.items() if not _turns_off(name, xml)}


def _turns_off(name: str, xml: str) -> bool:
    return name in TOGGLES and xml == on_off(name, False)
