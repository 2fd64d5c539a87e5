"""The Word file and the PDF of one build say the same: paragraph by paragraph, cell by cell."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from perfgen.cli import run
from render.pdf_reading import page_texts
from render.printers.word.docx_reading import Document

SAMPLE = Path(__file__).parents[1] / "inputs" / "suzhou-commerce-2023.xlsx"


def bare(text: str) -> str:
    """A text without white space and zero-width spaces."""
    return re.sub(r"[\s\u200b]", "", text)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The texts of the sample's Word file, in order, and the text of each page of its PDF."""
    folder = tmp_path_factory.mktemp("built")
    assert run(["build", str(SAMPLE), "-o", str(folder)]) == 0
    word = Document((folder / f"{SAMPLE.stem}.docx").read_bytes())
    texts = [bare(text) for text in word.texts()]
    pages = [bare(page) for page in page_texts((folder / f"{SAMPLE.stem}.pdf").read_bytes())]
    rows = [row for table in word.tables() for row in unmerged_rows(table)]
    return [text for text in texts if text], pages, rows


def unmerged_rows(table):
    """The texts of a Word table's rows, cells in order; cells merged over rows are left out."""
    for row in table.iter(qn("w:tr")):
        cells = [cell for cell in row.iter(qn("w:tc")) if cell.find(f".//{qn('w:vMerge')}") is None]
        yield "".join(
            bare("".join(text.text or "" for text in cell.iter(qn("w:t")))) for cell in cells
        )


def stands(text: str, pages: list[str]) -> bool:
    """Whether a text stands on a page, or begins on one page and ends on the next."""
    if any(text in page for page in pages):
        return True
    return any(
        text[:cut] in one and text[cut:] in other
        for one, other in itertools.pairwise(pages)
        for cut in range(1, len(text))
    )


def test_every_paragraph_and_cell_of_the_word_file_stands_in_the_pdf(documents):
    texts, pages, _ = documents
    assert len(texts) > 600
    assert [text for text in texts if not stands(text, pages)] == []


def test_the_pdf_says_no_more_than_repeated_heads_and_labels_and_page_numbers(documents):
    texts, pages, _ = documents
    more = Counter("".join(pages))
    more.subtract(Counter("".join(texts)))
    assert {char for char, count in more.items() if count < 0} == set()
    heads = "本年度预算资金（万元）年初预算数上年度结转及当年预算追加追减数调整实际支出执行率（%）"
    heads += "对应部门主要职责任务名称完成情况类别指标目标值来源偏差原因分析"
    labels = "分解目标决策过程效益满意度履职职能（续）"
    allowed = set(heads + labels + "—0123456789")
    shared = {char for text in texts if text.startswith("职能") for char in text}
    assert {char for char, count in more.items() if count > 0} <= allowed | shared


def test_each_row_has_the_same_cells_in_the_same_order_in_both(documents):
    _, pages, rows = documents
    assert len(rows) == 131  # 20 + 34 + 74 rows, and three heads
    whole = [row for row in rows if not any(row in page for page in pages)]
    # Only a row of one long text may be split over two pages, cell by cell.
    assert all(len(row) > 300 for row in whole)
    assert len(whole) <= 3
