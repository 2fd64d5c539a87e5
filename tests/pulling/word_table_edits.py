"""Edits of tables as Word itself makes them: columns, rows, merged cells, divided tables.

As in `word_edits`, each edit returns what the officer may expect.
"""

import copy
from itertools import pairwise

from docx.oxml.ns import qn
from lxml import etree

from pulling.word_tree import (
    Expected,
    NotHere,
    chosen,
    key,
    properties,
    retype,
    text_of,
    xml,
)

# --- tables --------------------------------------------------------------------------------------


def _columns(table):
    """The cells of a table by rows, with the grid column of each."""
    rows = []
    for row in table.findall(qn("w:tr")):
        column, cells = 0, []
        for cell in row.findall(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = int(span.get(qn("w:val"))) if span is not None else 1
            cells.append((column, width, cell))
            column += width
        rows.append(cells)
    return rows


def _narrow(element, by):
    span = properties(element, "w:tcPr").find(qn("w:gridSpan"))
    width = int(span.get(qn("w:val"))) + by
    span.set(qn("w:val"), str(width))


def column_deleted(document, rng):
    _, table = chosen(rng, document.tables(columns=3))
    grid = table.find(qn("w:tblGrid"))
    gone = rng.randrange(len(grid))
    grid.remove(grid[gone])
    before = len(list(table.iter(qn("w:tc"))))
    for cells in _columns(table):
        for column, width, cell in cells:
            if column <= gone < column + width:
                if width == 1:
                    cell.getparent().remove(cell)
                else:
                    _narrow(cell, -1)
    if len(list(table.iter(qn("w:tc")))) == before:
        raise NotHere
    return Expected(told=True)


def column_inserted(document, rng):
    _, table = chosen(rng, document.tables(columns=2))
    grid = table.find(qn("w:tblGrid"))
    place = rng.randrange(len(grid) + 1)
    grid.insert(place, xml('<w:gridCol w:w="900"/>'))
    for cells in _columns(table):
        _new_cell(cells, place, rng)
    return Expected(told=True)


def _new_cell(cells, place, rng):
    words = f"<w:r><w:t>新列{rng.randrange(99)}</w:t></w:r>"
    cell = xml(f"<w:tc><w:tcPr/><w:p>{words}</w:p></w:tc>")
    for column, width, old in cells:
        if column == place:
            old.addprevious(cell)
            return
        if column < place < column + width:
            _narrow(old, 1)
            return
    cells[-1][2].addnext(cell)


def columns_swapped(document, rng):
    _, table = chosen(rng, document.tables(columns=3))
    rows = _columns(table)
    most = max(len(cells) for cells in rows)
    one, other = sorted(rng.sample(range(most), 2))
    swapped = 0
    for cells in rows:
        if len(cells) == most and all(width == 1 for _, width, _ in cells):
            first, second = cells[one][2], cells[other][2]
            swapped += text_of(first) != text_of(second)
            mark = etree.Element("mark")
            first.addprevious(mark)
            second.addprevious(first)
            mark.addprevious(second)
            mark.getparent().remove(mark)
    if swapped < 2:
        raise NotHere
    return Expected(told=True)


def merged_down(document, rng):
    """Two cells one above the other become one: Word puts both texts into the upper one."""
    _, table = chosen(rng, document.tables(rows=4))
    rows = _columns(table)
    pairs = []
    for above, below in pairwise(rows[1:]):
        lower = {column: (width, cell) for column, width, cell in below}
        for column, width, cell in above:
            if (
                column in lower
                and lower[column][0] == width
                and not any(
                    one.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
                    for one in (cell, lower[column][1])
                )
                and text_of(cell)
                and text_of(lower[column][1])
            ):
                pairs.append((cell, lower[column][1]))
    upper, lower = chosen(rng, pairs)
    for paragraph in lower.findall(qn("w:p")):
        upper.append(copy.deepcopy(paragraph))
        lower.remove(paragraph)
    lower.append(xml("<w:p/>"))
    properties(upper, "w:tcPr").append(xml('<w:vMerge w:val="restart"/>'))
    properties(lower, "w:tcPr").append(xml("<w:vMerge/>"))
    return Expected(told=True)


def merged_right(document, rng):
    _, table = chosen(rng, document.tables())
    pairs = [(one, other) for cells in _columns(table)[1:]
             for (_, w1, one), (_, w2, other) in pairwise(cells)
             if w1 == w2 == 1 and text_of(other)]  # fmt: skip
    left, right = chosen(rng, pairs)
    for paragraph in right.findall(qn("w:p")):
        left.append(paragraph)
    right.getparent().remove(right)
    properties(left, "w:tcPr").append(xml('<w:gridSpan w:val="2"/>'))
    return Expected(told=True)


def cell_deleted(document, rng):
    """One cell deleted, the others moved to the left."""
    _, table = chosen(rng, document.tables(columns=3))
    cell = chosen(rng, [cells[0][2] for cells in _columns(table)[1:] if len(cells) > 2])
    cell.getparent().remove(cell)
    return Expected(told=True)


def row_deleted(document, rng):
    _, table = chosen(rng, document.tables())
    row = chosen(rng, table.findall(qn("w:tr"))[1:])
    table.remove(row)
    return Expected(told=True)


def row_inserted(document, rng):
    _, table = chosen(rng, document.tables())
    row = chosen(rng, table.findall(qn("w:tr"))[1:])
    fresh = copy.deepcopy(row)
    for mark in list(fresh.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    for word in fresh.iter(qn("w:t")):
        word.text = "新填"
    row.addnext(fresh)
    return Expected(told=True)


def table_split(document, rng):
    """A table divided in two, and a word typed in the second part: it still comes back."""
    _, table = chosen(rng, document.tables(rows=6))
    rows = table.findall(qn("w:tr"))
    place = rng.randrange(2, len(rows) - 2)
    below = [
        number
        for number in document.texts(in_cell=True)
        if any(row in list(document.elements[number].iterancestors()) for row in rows[place:])
    ]
    number = chosen(rng, below)
    old = document.by_number[number].text
    retype(document.elements[number], "另外" + old)
    second = copy.deepcopy(table)
    for row in second.findall(qn("w:tr"))[:place]:
        second.remove(row)
    for row in rows[place:]:
        table.remove(row)
    table.addnext(second)
    table.addnext(xml("<w:p/>"))
    return Expected(document.after(number, "另外" + old), told=True)


def tables_joined(document, rng):
    """What stands between two tables is deleted, and they grow together."""
    tables = list(document.body.findall(qn("w:tbl")))
    pairs = list(pairwise(tables))
    one, other = chosen(rng, pairs)
    cells = {}
    between = one.getnext()
    while between is not None and between is not other:
        after = between.getnext()
        for number, element in document.elements.items():
            if element is between and document.source(number) is not None:
                cells[key(document.source(number))] = ""
        between.getparent().remove(between)
        between = after
    for row in other.findall(qn("w:tr")):
        one.append(row)
    other.getparent().remove(other)
    return Expected(cells, told=True)


def table_deleted(document, rng):
    _, table = chosen(rng, document.tables())
    table.getparent().remove(table)
    return Expected(told=True)


def table_copied(document, rng):
    _, table = chosen(rng, document.tables())
    fresh = copy.deepcopy(table)
    for mark in list(fresh.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    document.body.insert(document.body.index(table) + 1, xml("<w:p/>"))
    document.body.insert(document.body.index(table) + 2, fresh)
    return Expected(told=True)


def row_moved(document, rng):
    """A row cut out and pasted further down."""
    _, table = chosen(rng, document.tables(rows=5))
    rows = table.findall(qn("w:tr"))
    row = chosen(rng, rows[1:-2])
    rows[-1].addnext(row)
    return Expected(told=True)


def row_deleted_with_tracking(document, rng):
    _, table = chosen(rng, document.tables())
    row = chosen(rng, table.findall(qn("w:tr"))[1:])
    properties(row, "w:trPr").append(xml('<w:del w:id="3" w:author="x"/>'))
    return Expected(told=True)


def column_deleted_with_tracking(document, rng):
    _, table = chosen(rng, document.tables(columns=3))
    gone = rng.randrange(2)
    cells = [cell for row in _columns(table) for column, width, cell in row
             if column == gone and width == 1]  # fmt: skip
    if 2 * len(cells) < len(table.findall(qn("w:tr"))):
        raise NotHere
    for cell in cells:
        properties(cell, "w:tcPr").append(xml('<w:cellDel w:id="4" w:author="x"/>'))
    return Expected(told=True)


def divided_merged_cell(document, rng):
    """A merged label divided again, and the new cell below filled."""
    _, table = chosen(rng, document.tables(rows=3))
    below = [cell for row in _columns(table) for _, _, cell in row
             if (merge := cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")) is not None
             and merge.get(qn("w:val")) != "restart"]  # fmt: skip
    cell = chosen(rng, below)
    about = cell.find(qn("w:tcPr"))
    about.remove(about.find(qn("w:vMerge")))
    cell.find(qn("w:p")).append(xml("<w:r><w:t>新的类别</w:t></w:r>"))
    return Expected(told=True)


def columns_swapped_without_bookmarks(document, rng):
    expected = columns_swapped(document, rng)
    for mark in list(document.root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    return expected


def column_deleted_without_bookmarks(document, rng):
    expected = column_deleted(document, rng)
    for mark in list(document.root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    return expected


def column_replaced(document, rng):
    """A column deleted and another one put in its place: another heading, other contents."""
    _, table = chosen(rng, document.tables(columns=3, rows=4))
    rows = [cells for cells in _columns(table) if len(cells) == len(table.find(qn("w:tblGrid")))]
    place = rng.randrange(len(rows[0])) if rows else 0
    texts = [cells[place][2] for cells in rows]
    if sum(bool(text_of(cell)) for cell in texts[1:]) < 3 or not text_of(texts[0]):
        raise NotHere
    for number, cell in enumerate(texts):
        fresh = xml(f"<w:tc><w:tcPr/><w:p><w:r><w:t>责任处室{number}</w:t></w:r></w:p></w:tc>")
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None:
            raise NotHere
        cell.addprevious(fresh)
        cell.getparent().remove(cell)
    return Expected(told=True)


def row_in_a_control(document, rng):
    """A row put into a content control is still that row."""
    number = chosen(rng, document.texts(in_cell=True))
    row = next(document.elements[number].iterancestors(qn("w:tr")))
    old = document.by_number[number].text
    retype(document.elements[number], "另外" + old)
    around = xml("<w:sdt><w:sdtContent/></w:sdt>")
    row.addprevious(around)
    around.find(qn("w:sdtContent")).append(row)
    return Expected(document.after(number, "另外" + old), told=True)


TABLE_EDITS = {
    "column deleted": column_deleted,
    "column inserted": column_inserted,
    "columns swapped": columns_swapped,
    "merged down": merged_down,
    "merged right": merged_right,
    "cell deleted": cell_deleted,
    "row deleted": row_deleted,
    "row moved": row_moved,
    "row deleted with tracking": row_deleted_with_tracking,
    "column deleted with tracking": column_deleted_with_tracking,
    "merged cell divided": divided_merged_cell,
    "columns swapped without bookmarks": columns_swapped_without_bookmarks,
    "column deleted without bookmarks": column_deleted_without_bookmarks,
    "column replaced": column_replaced,
    "row in a control": row_in_a_control,
    "row inserted": row_inserted,
    "table split": table_split,
    "tables joined": tables_joined,
    "table deleted": table_deleted,
    "table copied": table_copied,
}
