"""What the list of styles promises, Word does: every property, on every element where it may stand.

A promise is kept where the Word file with the declaration differs from the one without it.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from perfgen.render.looks import read_looks
from perfgen.render.looks.places import PLACES
from perfgen.render.looks.properties import LONGHANDS
from perfgen.render.page.elements import parse_page
from perfgen.render.printers.word import print_docx

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
BODY = f"""
<h1>题</h1><h2>一</h2><h3>二</h3><h4>三</h4><h5>四</h5>
<p>甲<strong>乙</strong><em>丙</em><span>丁</span><a href="https://a.cn">戊</a></p><p>己</p>
<section><p>节</p></section><p>后</p>
<ol><li>一</li><li>二</li></ol><p>中</p><ul><li>三</li><li>四</li></ul><p>后</p>
<figure><img src="{PIXEL}" alt="图"/><figcaption>图一</figcaption></figure><p>后</p>
<table><caption>表一</caption><colgroup><col/><col/></colgroup>
<thead><tr><th scope="col">头</th><th scope="col">文</th></tr></thead>
<tbody><tr><th scope="row">甲</th><td>乙</td></tr><tr><th scope="row">丙</th><td>丁</td></tr>
<tr><th scope="row">戊</th><td>己</td></tr></tbody></table>
<p>又</p><table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table><p>又</p>
<table><tbody><tr><th>甲</th><th>乙</th></tr></tbody></table><p>完</p><h1>末</h1>
"""
VALUES = {
    "background-color": "#fedcba", "white-space": "nowrap", "width": "40pt", "page": "wide",
    "break-inside": "avoid", "--word-style": '"另一样式"', "font-family": "var(--kaiti)",
    "font-size": "33pt", "font-weight": "bold", "font-style": "italic", "line-height": "44pt",
    "color": "#123456", "letter-spacing": "1.5pt", "text-align": "right", "text-indent": "3em",
    "text-decoration-line": "line-through", "list-style-type": "upper-roman",
}  # fmt: skip
WIDE = "@page wide { size: A4 landscape }"
UNBROKEN = (
    "h1, h2, h3, h4, h5, figure { break-before: auto; break-after: auto; break-inside: auto }"
)
BEFORE = {"break": UNBROKEN, "font-weight": "th, strong, h1 { font-weight: normal }"}
"""What stands before the declaration, so that it says something new."""


def values_on(element: str, name: str) -> list[str]:
    given = PLACES[name][element]
    if name.startswith("break-") and name != "break-inside":
        return sorted(map(str, given or {"page", "avoid"}))
    if name == "vertical-align":
        return [value for value in sorted(map(str, given or ())) if value != "middle"]
    if name.startswith("border-"):
        return ["solid", "double", "dashed", "dotted"]
    if name.startswith(("margin-", "padding-")):
        return ["31pt"]
    return [VALUES[name]]


PROMISES = [
    (element, name, value)
    for name, places in PLACES.items()
    for element in sorted(places)
    if not (element == "table" and name in {"margin-left", "margin-right"})
    for value in values_on(element, name)
    if (element, name, value) != ("figcaption", "break-before", "avoid")  # is never parted
]


def word(css: str, body: str = BODY) -> dict[str, bytes]:
    page = parse_page(f"<html><head><title>题</title></head><body>{body}</body></html>")
    data = print_docx(page, read_looks(page, [f"{WIDE} {css}"]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(("element", "name", "value"), PROMISES)
def test_what_may_stand_on_an_element_is_done(element: str, name: str, value: str):
    before = BEFORE.get(name.partition("-")[0], "")
    if name in {"padding-top", "padding-bottom"}:
        before = f"{element} {{ border: 1pt solid }}"
    selector = f"{element}:first-child" if name == "width" and element != "img" else element
    if element in {"td", "th", "col"} and name == "width":
        before = "table { width: 100% }"
    if element == "table":
        selector = "table"
    assert word(before) != word(f"{before} {selector} {{ {name}: {value} }}")


INHERITED = sorted({name for name, prop in LONGHANDS.items() if prop.inherited} - PLACES.keys())


@pytest.mark.parametrize("name", INHERITED)
def test_what_is_inherited_is_done_for_a_paragraph_and_a_cell(name: str):
    value = VALUES.get(name, "1")
    both = "orphans: 1; widows: 1" if name in {"orphans", "widows"} else f"{name}: {value}"
    element = "ol" if name == "list-style-type" else "p"
    assert word("") != word(f"{element} {{ {both} }}")
    if name not in {"list-style-type"}:
        assert word("") != word(f"td {{ {both} }}")


def test_a_table_stands_in_the_middle():
    narrow = "table { width: 50% }"
    assert word(narrow) != word(f"{narrow} table {{ margin-left: auto; margin-right: auto }}")
