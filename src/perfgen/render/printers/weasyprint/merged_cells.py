"""Cutting merged cells in the element tree (拆分合并单元格).

`make_ready` gives rows and labels the ids by which `breaks` finds them on the laid-out pages;
`cut` carries out what `breaks` decided. Neither touches the page that it was given. The only text
that is added is a label printed again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from perfgen.render.page.elements import Page
from perfgen.render.page.grid import table_grid
from perfgen.render.page.text import collapsed
from perfgen.render.printers.weasyprint.page_breaks import TEXT_MARK, Breaks, Cut, Fragment, Label

CUTS_CSS = """
.pg-joined { border-top-style: hidden !important; }
.pg-tall { vertical-align: top !important; padding-bottom: 0 !important; break-inside: avoid; }
.pg-again { padding-bottom: 1lh; margin-bottom: -1lh; }
.pg-next { break-before: page; }
tr.pg-first { break-before: page !important; }
tr.pg-open { break-inside: auto !important; }
tr.pg-whole { break-inside: avoid !important; }
.pg-edge { padding: 0 !important; line-height: 0; font-size: 1pt;
  border-left-style: none !important; border-right-style: none !important; }
thead .pg-edge { border-top-style: none !important; }
tfoot .pg-edge { border-bottom-style: none !important; }
"""
_SHORT = 12
_STOPS = "，。；、：:,;（("
_HEAD = re.compile(rf"[^{_STOPS}]{{1,{_SHORT}}}(?=[{_STOPS}])")


@dataclass(frozen=True, slots=True)
class Ready:
    """A copy of a page that is ready for cutting. `rows[table][row]` is the id of a body row."""

    root: etree._Element
    rows: tuple[tuple[str, ...], ...]
    labels: tuple[Label, ...]


def make_ready(page: Page) -> Ready:
    """Return a copy of the page with ids on body rows, and labels in blocks with ids.

    Each table gets an empty <tfoot>: repeated at every page end, its line closes the table there.
    One without a head gets an empty <thead>, whose line begins it again on the next page.
    """
    root = copy.deepcopy(page.root)
    rows: list[tuple[str, ...]] = []
    labels: list[Label] = []
    for number, table in enumerate(root.iter("table")):
        grid = table_grid(table)
        body = grid.rows[grid.head_rows :]
        for index, row in enumerate(body):
            row.set("id", row.get("id", f"pg-row-{number}-{index}"))
        rows.append(tuple(row.get("id", "") for row in body))
        for cell in grid.cells:
            if cell.row < grid.head_rows or (cell.rowspan == 1 and cell.element.tag != "th"):
                continue
            text = _plain_text(cell.element)
            row_number = cell.row - grid.head_rows
            labels.append(Label(number, row_number, cell.column, cell.rowspan, text))
            _block(cell.element, labels[-1].id)
            if len(text or "") > _SHORT:
                _name_texts(body[row_number])
        if not grid.head_rows:
            table.insert(len(table) - 1, _edge("thead", grid.columns))
        table.append(_edge("tfoot", grid.columns))
    return Ready(root, tuple(rows), tuple(labels))


def _edge(part: str, columns: int) -> etree._Element:
    """Return a part of a table that shows nothing but a line across its columns."""
    edge = etree.Element(part)
    row = etree.SubElement(edge, "tr")
    etree.SubElement(row, "td", {"colspan": str(columns), "class": "pg-edge"})
    return edge


def cut(ready: Ready, breaks: Breaks) -> Page:
    """Return the page with its labels cut."""
    root = copy.deepcopy(ready.root)
    for number, table in enumerate(root.iter("table")):
        grid = table_grid(table)
        body = grid.rows[grid.head_rows :]
        columns = {cell.element: cell.column for cell in grid.cells}
        for each in breaks.cuts:
            if each.label.table == number:
                cell = grid.at[grid.head_rows + each.label.row][each.label.column]
                _cut_cell(cell.element, each, body, columns)
        for row in body:
            _mark_row(row, breaks)
    return Page(root)


def _cut_cell(
    cell: etree._Element,
    cut: Cut,
    rows: Sequence[etree._Element],
    columns: dict[etree._Element, int],
) -> None:
    """Cut one cell into its fragments: the first is the cell itself, the others are new cells."""
    texts = _texts(_block(cell), cut.share.characters if cut.share else None)
    attributes = {str(name): str(value) for name, value in cell.items() if name != "id"}
    for fragment in cut.fragments:
        piece = cell
        if fragment is not cut.fragments[0]:
            piece = etree.Element(cell.tag, attributes)
            columns[piece] = columns[cell]
            row = rows[fragment.row]
            row.insert(sum(columns[other] < columns[cell] for other in row), piece)
            if cut.share and fragment is cut.fragments[1] and not fragment.joined:
                _add_class(row, "pg-first")
            elif fragment.pages == 1:
                # The label alone would fit on the page before, and take the row apart.
                _add_class(row, "pg-whole")
        piece.set("rowspan", str(fragment.rows))
        _fill(piece, fragment, texts)


def _fill(piece: etree._Element, fragment: Fragment, texts: Iterator[etree._Element]) -> None:
    """Put into a cell what it prints on each of its pages, and say how it meets its neighbours."""
    piece[:] = [etree.Element("div") if fragment.joined else next(texts)]
    if fragment.joined:
        _add_class(piece, "pg-joined")
    if fragment.tall and fragment.pages == 1:
        _add_class(piece, "pg-tall")
    if fragment.over:
        piece[0].set("style", f"margin-bottom: -{fragment.over}px")
    for _ in range(fragment.pages - 1):
        piece.append(next(texts))
        _add_class(piece[-1], "pg-next")


def _texts(block: etree._Element, share: int | None) -> Iterator[etree._Element]:
    """Yield what a label prints on its first page, on its second, and so on."""
    brief = _brief(block)
    text = block.text or ""
    block.text = text[:share] if share is not None else block.text
    yield block
    if share is not None:
        rest = copy.deepcopy(brief)
        etree.SubElement(rest, "br")
        etree.SubElement(rest, "span", {"class": "pg-rest"}).text = text[share:]
        yield rest
    while True:
        yield copy.deepcopy(brief)


def _brief(block: etree._Element) -> etree._Element:
    """Return what a label says when it is printed again: 职能1：拟订…… becomes 职能1（续）."""
    text = collapsed("".join(map(str, block.itertext())))
    if len(text) <= _SHORT:
        brief = copy.deepcopy(block)
        for element in brief.iter():
            element.attrib.pop("id", "")
        _add_class(brief, "pg-again")
        return brief
    head = _HEAD.match(text)
    brief = etree.Element("div", {"class": "pg-again"})
    brief.text = f"{head[0]}（续）" if head else f"{text[:_SHORT]}…（续）"
    return brief


def _plain_text(cell: etree._Element) -> str | None:
    """Return the text of a cell that holds nothing else, its white space as it is printed."""
    if len(cell) or not cell.text:
        return None
    cell.text = collapsed(cell.text)
    return cell.text


def _block(cell: etree._Element, name: str = "") -> etree._Element:
    """Return the one block that holds all of a cell's contents; make it if there is none."""
    if len(cell) == 1 and cell[0].tag == "div":
        return cell[0]
    return _wrap(cell, "div", name)


def _name_texts(row: etree._Element) -> None:
    """Give the texts of a row ids, by which it shows on which pages they are printed.

    Text is wrapped in a <span>, not a <div>, which would let its last line stand too low.
    """
    for number, cell in enumerate(row.iterchildren("td")):
        name = f"{row.get('id')}{TEXT_MARK}{number}"
        if cell.get("rowspan") or (len(cell) == 1 and cell[0].get("id") == name):
            continue
        has_blocks = any(child.tag in {"p", "ol", "ul"} for child in cell)
        _wrap(cell, "div" if has_blocks else "span", name)


def _wrap(cell: etree._Element, tag: str, name: str) -> etree._Element:
    wrapper = etree.Element(tag, {"id": name} if name else {})
    wrapper.text, cell.text = cell.text, None
    wrapper.extend(list(cell))
    cell.append(wrapper)
    return wrapper


def _mark_row(row: etree._Element, breaks: Breaks) -> None:
    name = row.get("id", "")
    if name in breaks.first:
        _add_class(row, "pg-first")
    if name in breaks.whole:
        _add_class(row, "pg-whole")
    elif name in breaks.open:
        _add_class(row, "pg-open")
        _name_texts(row)


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())
