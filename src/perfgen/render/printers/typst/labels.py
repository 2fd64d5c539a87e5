"""Labels of merged cells that are printed again on further pages (续页标签).

The merged cell stays one cell, with its text on its first page. On each further page that its rows
reach, the foreground of the page prints the label once more, beside the rows, for the eye alone.
Nothing is laid out anew for it: Typst is asked where the rows came to stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from perfgen.render.fonts.characters import CONTINUED
from perfgen.render.looks import Sides
from perfgen.render.page.text import collapsed
from perfgen.render.printers.typst.language import dictionary, literal, points

HEAD = "头"
"""What the first row of a table's head is called where rows are numbered."""

_SHORT = 12
_MOST_SHORTENED = 20
_STOPS = "，。；、：:,;（("
_HEAD_OF_LABEL = re.compile(rf"[^{_STOPS}]{{1,{_SHORT}}}(?=[{_STOPS}])")

FUNCTIONS = """
#let 行(table, row, inset) = place(top + left, [#metadata((table, row, inset))<行>])
#let 底(table, row, inset) = place(bottom + left, [#metadata((table, row, inset))<尾>])
#let 尾(table, row, inset) = [#metadata((table, row, inset))<尾>]
#let 首(table, label) = [#metadata((table, label))<首>]
#let 末(table, label) = [#metadata((table, label))<末>]

// Where things came to stand, by table and number; of several places the first, or the last.
#let 位置(marks, inset-sign, last: false) = {
  let found = (:)
  for mark in marks {
    let table = str(mark.value.at(0))
    let number = str(mark.value.at(1))
    let at = mark.location().position()
    let place = (page: at.page, y: at.y + inset-sign * mark.value.at(2, default: 0pt))
    if table not in found { found.insert(table, (:)) }
    let before = found.at(table).at(number, default: none)
    let lower = before != none and (
      place.page > before.page or (place.page == before.page and place.y > before.y)
    )
    if before == none or lower == last { found.at(table).insert(number, place) }
  }
  found
}

// Where the rows of a label end on the page on which they begin.
#let foot(label, starts, ends, page, bottom) = {
  let found = bottom
  for row in range(label.first, label.near) {
    let start = starts.at(str(row), default: none)
    let end = ends.at(str(row), default: none)
    if start == none or end == none or start.page > page { break }
    if end.page > page { return bottom }
    found = end.y
  }
  found
}

// For each page the labels that go on there: each with the top and the bottom of its rows.
#let 续页() = {
  let pages = (:)
  if 续标表.len() == 0 { return pages }
  let rows = 位置(query(<行>), -1)
  let ends = 位置(query(<尾>), 1, last: true)
  let own = 位置(query(<末>), 0, last: true)
  let begins = 位置(query(<首>), 0)
  for (table, plan) in 续标表 {
    let here = rows.at(table, default: (:))
    let head = here.at("头", default: none)
    let first = here.at(str(plan.first), default: none)
    let above = if head != none and first != none { first.y - head.y } else { 0pt }
    for (number, label) in plan.labels.enumerate() {
      let start = here.at(str(label.first), default: none)
      let last = here.at(str(label.last), default: none)
      if start == none or last == none { continue }
      let end = ends.at(table, default: (:)).at(str(label.last), default: last)
      let text = own.at(table, default: (:)).at(str(number), default: start)
      // A label that stays whole may stand on a later page than the first of its rows. One that
      // goes on over pages is named below its end.
      let begun = begins.at(table, default: (:)).at(str(number), default: start)
      let below = calc.max(text.page, start.page + 1)
      let from = if label.whole or begun.page > start.page { start.page } else { below }
      for page in range(from, end.page + 1) {
        if label.whole and page == text.page { continue }
        if not label.whole and page >= begun.page and page < below { continue }
        let key = str(page)
        if key not in pages { pages.insert(key, ()) }
        let place = if page == text.page { top + left } else { label.align }
        let top = if page == start.page {
          start.y
        } else if page == text.page {
          text.y + label.below - label.inset.top
        } else {
          plan.top + above
        }
        let bottom = if page == end.page {
          end.y
        } else if page == start.page {
          foot(label, here, ends.at(table, default: (:)), page, plan.bottom)
        } else {
          plan.bottom
        }
        // Where the label's own text comes later, nothing is continued yet.
        let brief = if page < text.page { label.opening } else { label.brief }
        pages.at(key).push((..label, brief: brief, align: place, top: top, bottom: bottom))
      }
    }
  }
  pages
}

// As much of a label as there is room for; nothing where not even a line would fit.
#let 缩短(label, width, height) = {
  let fits(body) = measure(block(width: width, body)).height <= height
  if fits(label.brief) { return label.brief }
  let letters = label.plain.clusters()
  for count in range(letters.len() - 1, 0, step: -1) {
    let body = { set text(..label.text); letters.slice(0, count).join() + "…" }
    if fits(body) { return body }
  }
}

// Worked out once, at the end of the document, and not anew for each page.
#let 记续页() = if 续标表.len() > 0 { context [#metadata(续页())<续页>] }

#let 续标(at) = for label in query(<续页>).map(all => (
  all.value.at(str(at.page()), default: ())
)).flatten() {
  let height = label.bottom - label.top
  let width = label.width - label.inset.left - label.inset.right
  let room = height - label.inset.top - label.inset.bottom + 0.1pt
  place(top + left, dx: label.left + label.inset.left, dy: label.top + label.inset.top, block(
    width: width, height: room, align(label.align, 缩短(label, width, room)),
  ))
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label that may be printed again: what it says, beside which rows, and how it looks.

    `words` is its text as the cell has it; `whole` says that the cell keeps it in one piece. `rows`
    are the first and the last row; of those before `near` it is known where they stand. Lengths are
    in points, from the page's left edge; `below` is how far a line reaches below its base line.
    """

    text: str
    words: str
    whole: bool
    rows: tuple[int, int]
    near: int
    below: float
    left: float
    width: float
    inset: Sides[float]
    align: str
    style: str
    rules: str

    def entry(self) -> str:
        """Return its entry in the list of labels."""
        again = opening = self.words
        if len(self.text) > _SHORT:
            again = literal(brief(self.text))
            opening = literal(brief(self.text).removesuffix(CONTINUED))
        settings = f"set text(..{self.style}); {self.rules}"
        first, last = self.rows
        inset = self.inset
        return dictionary(
            {
                "first": str(first),
                "last": str(last),
                "near": str(self.near),
                "below": points(self.below),
                "whole": "true" if self.whole else "false",
                "left": points(self.left),
                "width": points(self.width),
                "inset": dictionary(
                    {
                        "top": points(inset.top),
                        "right": points(inset.right),
                        "bottom": points(inset.bottom),
                        "left": points(inset.left),
                    }
                ),
                "align": self.align,
                "text": self.style,
                "plain": literal(self.text[:_MOST_SHORTENED]),
                "opening": f"{{{settings}; {opening}}}",
                "brief": f"{{{settings}; {again}}}",
            }
        )


def brief(text: str) -> str:
    """Return what a label says when it is printed again: 职能1：拟订…… becomes 职能1（续）."""
    if len(text) <= _SHORT:
        return text
    head = _HEAD_OF_LABEL.match(text)
    return f"{head[0]}{CONTINUED}" if head else f"{text[:_SHORT]}…{CONTINUED}"


def plain_text(cell: etree._Element) -> str:
    """Return all text of a cell on one line."""
    return collapsed("".join(map(str, cell.itertext())))


def labels_list(plans: Mapping[int, tuple[Mapping[str, str], Sequence[Label]]]) -> str:
    """Return the definition of the list of labels: for each table what all share, and each."""
    entries = []
    for number, (shared, labels) in plans.items():
        if labels:
            about = ", ".join(f"{name}: {value}" for name, value in shared.items())
            listed = "".join(f"\n    {label.entry()}," for label in labels)
            entries.append(f"  {literal(str(number))}: ({about}, labels: ({listed}\n  )),\n")
    return f"#let 续标表 = (\n{''.join(entries)})" if entries else "#let 续标表 = (:)"
