"""Figures never wrap and never run into the next cell, however long they are."""

import itertools
import re
import subprocess

import pytest

from perfgen.layouts import find_layout, load_layout
from perfgen.render.documents import print_documents
from perfgen.render.looks import read_looks
from perfgen.render.looks.columns import fit_columns
from perfgen.render.page.elements import Page, parse_page, to_html

LAYOUT = load_layout(find_layout("suzhou-self-evaluation"))


def _source(amount: str) -> str:
    cells = f'<td class="amount">{amount}</td>' * 4
    return (
        '<html lang="zh-CN"><head><title>表</title></head><body><table class="budget"><colgroup>'
        '<col class="name"/><col class="amount"/><col class="amount"/><col class="amount"/>'
        '<col class="amount"/><col class="rate"/></colgroup><tbody>'
        f'<tr><th class="name">开拓国际市场贸易促进工作经费</th>{cells}<td class="rate">99.04%</td>'
        "</tr></tbody></table></body></html>"
    )


def _shares(page: Page) -> list[float]:
    styles = [column.get("style", "") for column in page.root.iter("col")]
    return [float(re.sub(r"[^\d.]", "", style)) for style in styles]


def _fitted(amount: str) -> list[float]:
    page = parse_page(_source(amount))
    styles = [style.read_text(encoding="utf-8") for style in LAYOUT.styles]
    return _shares(fit_columns(page, read_looks(page, styles)))


def test_short_figures_leave_the_columns_as_the_layout_asks():
    assert _fitted("51621.82") == pytest.approx([30, 14.5, 14.5, 14.5, 14.5, 12], abs=0.1)


def test_long_figures_take_room_from_the_names():
    name, *amounts, rate = _fitted("285207104.07")
    assert name < 30
    assert min(amounts) > 14.5
    assert name + sum(amounts) + rate == pytest.approx(100, abs=0.1)


def test_the_page_itself_is_left_alone():
    page = parse_page(_source("285207104.07"))
    before = to_html(page)
    styles = [style.read_text(encoding="utf-8") for style in LAYOUT.styles]
    fit_columns(page, read_looks(page, styles))
    assert to_html(page) == before


@pytest.mark.parametrize("amount", ["51621.82", "285207104.07", "3640157713.05"])
def test_in_the_pdf_no_figure_reaches_into_the_next_cell(tmp_path, amount):
    printed = print_documents(
        _source(amount), LAYOUT, formats=("pdf",), fonts=(), say=lambda _: None
    )
    file = tmp_path / "表.pdf"
    file.write_bytes(printed.contents["pdf"])
    shown = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout
    spots = re.findall(rf'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>{re.escape(amount)}<', shown)
    assert len(spots) == 4
    for (_, end), (start, _) in itertools.pairwise(spots):
        assert float(end) < float(start)
