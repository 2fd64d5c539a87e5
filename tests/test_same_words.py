"""The Word file and the PDF of one build say the same: paragraph by paragraph, cell by cell."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from perfgen.cli import run
from render.pdf_reading import page_texts
from render.word.docx_reading import Document

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
    return [text for text in texts if text], pages


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
    texts, pages = documents
    assert len(texts) > 600
    assert [text for text in texts if not stands(text, pages)] == []


def test_the_pdf_says_no_more_than_repeated_heads_and_labels_and_page_numbers(documents):
    texts, pages = documents
    more = Counter("".join(pages))
    more.subtract(Counter("".join(texts)))
    assert {char for char, count in more.items() if count < 0} == set()
    heads = "本年度预算资金（万元）年初预算数上年度结转及当年预算追加追减数调整实际支出执行率（%）"
    heads += "对应部门主要职责任务名称完成情况类别指标目标值来源偏差原因分析"
    labels = "分解目标决策过程效益满意度履职职能（续）"
    allowed = set(heads + labels + "—0123456789")
    shared = {char for text in texts if text.startswith("职能") for char in text}
    assert {char for char, count in more.items() if count > 0} <= allowed | shared
