"""What the CSS says for one element or one page, in the few properties that documents share.

All lengths are in points. Nothing here knows a printer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Align = Literal["left", "center", "right", "justify"]
VerticalAlign = Literal["baseline", "top", "middle", "bottom", "super", "sub"]
BorderStyle = Literal["none", "solid", "double", "dashed", "dotted"]
Decoration = Literal["none", "underline", "line-through"]


@dataclass(frozen=True, slots=True)
class Sides(Generic[T]):
    """One value for each side of a box."""

    top: T
    right: T
    bottom: T
    left: T


@dataclass(frozen=True, slots=True)
class Border:
    """A line along a box; its colour is RRGGBB. A border that is not drawn is NO_BORDER."""

    width: float
    style: BorderStyle
    color: str


NO_BORDER = Border(0, "none", "000000")
NO_SIDES = Sides(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Width:
    """A width: points, or percent of the box around it."""

    value: float
    percent: bool


@dataclass(frozen=True, slots=True)
class TextLook:
    """How characters look. `role` is a font role (字体角色), fangsong for one; colours RRGGBB."""

    role: str
    size: float
    bold: bool
    italic: bool
    color: str
    background: str | None
    spacing: float
    decoration: Decoration
    shift: Literal["baseline", "super", "sub"]


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How lines are set. `indent` is the first line's; `line_height` None is the font's own."""

    align: Align
    indent: float
    line_height: float | None
    margin: Sides[float]
    keep_with_next: bool
    keep_with_previous: bool
    keep_together: bool
    break_before: bool
    break_after: bool
    orphans: int
    widows: int


@dataclass(frozen=True, slots=True)
class BoxLook:
    """The box around an element: a cell, a table, a picture, a paragraph with lines around it."""

    padding: Sides[float]
    border: Sides[Border]
    background: str | None
    vertical_align: VerticalAlign
    nowrap: bool
    width: Width | None
    centered: bool


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one element. `style` is its style's name (--word-style), its own, not inherited.

    `page` is the name of the page it stands on ("" is the ordinary one), `marker` the kind of
    list number or bullet (list-style-type).
    """

    style: str
    text: TextLook
    paragraph: ParagraphLook
    box: BoxLook
    page: str
    marker: str


class Counter(Enum):
    """A figure that only the finished document knows."""

    PAGE = "page"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class MarginBox:
    """What stands in a page's margin, such as a page number (页码).

    `offset` is the distance in points from the type area to its line, `inset` the distance from
    the type area's edge on the side to which it is aligned.
    """

    content: tuple[str | Counter, ...]
    at_top: bool
    align: Literal["left", "center", "right"]
    text: TextLook
    line_height: float
    offset: float
    inset: float


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of page: its size and margins, and the margin boxes of its right and left pages.

    `first` holds the boxes of the document's first page. Where `counted` is false the page has no
    place among the page numbers, as a cover has none (`counter-increment: page 0`).
    """

    name: str
    width: float
    height: float
    margin: Sides[float]
    right: tuple[MarginBox, ...]
    left: tuple[MarginBox, ...]
    first: tuple[MarginBox, ...]
    counted: bool = True

    @property
    def landscape(self) -> bool:
        """Return whether the page lies on its side (横向)."""
        return self.width > self.height

    @property
    def text_width(self) -> float:
        """Return the width of the type area (版心) in points."""
        return self.width - self.margin.left - self.margin.right

    @property
    def text_height(self) -> float:
        """Return the height of the type area (版心) in points."""
        return self.height - self.margin.top - self.margin.bottom


Papers = Mapping[str, Paper]
