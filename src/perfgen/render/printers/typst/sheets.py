"""The papers: their size and margins, and what stands in the margins, such as page numbers."""

from __future__ import annotations

from perfgen.render.looks import Counter, MarginBox, Paper
from perfgen.render.printers.typst.language import array, literal, points
from perfgen.render.printers.typst.styles import Styles

_COUNTERS = {Counter.PAGE: "str(页码())", Counter.PAGES: "str(counter(page).final().first())"}


def paper_settings(paper: Paper, styles: Styles) -> str:
    """Return the rule that makes the pages from here on those of a paper."""
    margin = paper.margin
    return (
        f"set page(width: {points(paper.width)}, height: {points(paper.height)}, "
        f"margin: (top: {points(margin.top)}, right: {points(margin.right)}, "
        f"bottom: {points(margin.bottom)}, left: {points(margin.left)}), "
        f"foreground: pdf.artifact(context {{ {_margin_boxes(paper, styles)}; 续标(here()) }}))"
    )


def _margin_boxes(paper: Paper, styles: Styles) -> str:
    right = array(_box(box, paper, styles) for box in paper.right)
    left = array(_box(box, paper, styles) for box in paper.left)
    shown = f"for box in if calc.odd(页码()) {{ {right} }} else {{ {left} }} {{ box }}"
    if paper.first == paper.right:
        return shown
    first = array(_box(box, paper, styles) for box in paper.first)
    return f"if here().page() == 1 {{ for box in {first} {{ box }} }} else {{ {shown} }}"


def _box(box: MarginBox, paper: Paper, styles: Styles) -> str:
    if box.at_top:
        top = paper.margin.top - box.offset - box.line_height
    else:
        top = paper.height - paper.margin.bottom + box.offset
    left = paper.margin.left + (box.inset if box.align == "left" else 0.0)
    width = paper.text_width - box.inset
    words = "; ".join(
        literal(part) if isinstance(part, str) else _COUNTERS[part] for part in box.content
    )
    shown = f"{styles.inline(box.text, box.line_height)}({{{words}}})"
    return (
        f"place(top + left, dx: {points(left)}, dy: {points(top)}, "
        f"block(width: {points(width)}, align({box.align}, {shown})))"
    )
