"""Merged labels of any grouping cover the grid exactly once: on the page, in Word, in the PDF."""

import io
import zipfile
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from settings_for_hypothesis import examples

from perfgen.layouts import find_layout, load_layout
from perfgen.render.documents import print_documents
from perfgen.render.page.elements import parse_page
from perfgen.render.page.grid import table_grid
from perfgen.render.page.merging import merged
from render.structure_reading import read_structure

LAYOUT = load_layout(find_layout("suzhou-self-evaluation"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABEL = st.sampled_from("甲乙丙")
ROWS = st.lists(st.tuples(LABEL, LABEL, LABEL), min_size=1, max_size=9)


def table(rows):
    """A table whose first three columns are merged labels."""
    keyed = [dict(zip("abc", row, strict=True)) | {"n": number} for number, row in enumerate(rows)]
    lines = []
    for one in merged(keyed, "a", "b", "c"):
        labels = "".join(f'<td rowspan="{each.rows}">{each.text}</td>' for each in one.labels)
        lines.append(f"<tr>{labels}<td>第{one.row['n']}行</td></tr>")
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def page(tables):
    return (
        '<html lang="zh-CN"><head><title>表</title><meta name="author" content="某局"/>'
        '<meta name="date" content="2024-04-26"/></head>'
        f"<body><h1>表</h1>{''.join(map(table, tables))}</body></html>"
    )


@examples(100)
@given(ROWS)
def test_on_the_page_each_place_has_one_cell_and_each_row_its_labels(rows):
    (found,) = parse_page(page([rows])).body.iter("table")
    grid = table_grid(found)
    assert (grid.body_rows, grid.columns) == (len(rows), 4)
    covered = Counter(
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    )
    assert set(covered.values()) == {1} and len(covered) == len(rows) * 4
    shown = [tuple(cell.element.text for cell in line[:3]) for line in grid.at]
    assert shown == rows


def word_texts(document):
    """Each table as rows of texts, merged cells repeated in the rows that they cover."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    for found in body.iter(f"{W}tbl"):
        above: dict[int, str] = {}
        lines = []
        for row in found.iter(f"{W}tr"):
            line, column = [], 0
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                text = "".join(each.text or "" for each in cell.iter(f"{W}t"))
                if merge is not None and merge.get(f"{W}val") != "restart":
                    assert column in above, "continues nothing"
                    text = above[column]
                elif merge is None:
                    above.pop(column, None)
                else:
                    above[column] = text
                width = int(span.get(f"{W}val")) if span is not None else 1
                line += [text] * width
                column += width
            lines.append(tuple(line))
        yield lines


def pdf_texts(document):
    """Each table of a PDF as rows of texts, by the spans that its structure states."""
    for found in read_structure(document).document.all("Table"):
        lines: list[dict[int, str]] = []
        rows = list(found.all("TR"))
        lines = [{} for _ in rows]
        for number, row in enumerate(rows):
            column = 0
            for cell in row.all("TD", "TH"):
                while column in lines[number]:
                    column += 1
                height = int(cell.attributes.get("/RowSpan", 1))
                width = int(cell.attributes.get("/ColSpan", 1))
                for below in range(number, number + height):
                    for beside in range(column, column + width):
                        assert beside not in lines[below], "covered twice"
                        lines[below][beside] = cell.text
        yield [tuple(line[place] for place in sorted(line)) for line in lines]


@examples(3, share=0.02, shrink=False)
@given(st.lists(ROWS, min_size=6, max_size=10))
def test_in_word_and_in_the_pdf_each_place_has_one_cell(tables):
    documents = print_documents(
        page(tables), LAYOUT, formats=["docx", "pdf"], fonts=(), say=lambda _: None
    ).contents
    expected = [[(*row, f"第{number}行") for number, row in enumerate(rows)] for rows in tables]
    assert list(word_texts(documents["docx"])) == expected
    assert list(pdf_texts(documents["pdf"])) == expected
