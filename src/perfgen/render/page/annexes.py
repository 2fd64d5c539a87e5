"""Annexes (附件): pages that any layout can have at its end, such as the list of adjustments.

An annex is data as a layout is: `annexes/<name>.html.j2`, which gives one or more sections, and
`annexes/<name>.css` beside it. A layout's own takes the place of the shared one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from perfgen.errors import LayoutError, PerfgenError
from perfgen.figures import Figures
from perfgen.layouts.files import find_file, layout_homes
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.provenance.marks import unmarked
from perfgen.render.page.template import shared_page
from perfgen.render.page.view import template_context
from perfgen.workbook.tables import nearest

FOLDER = "annexes"
_TEMPLATE, _STYLE = ".html.j2", ".css"
_BODY_END = re.compile(r"</body\s*>")


def with_annexes(
    source: str, names: Sequence[str], report: Report, figures: Figures, layout: Layout
) -> tuple[str, Layout]:
    """Return the page with these annexes at its end, and the layout with their style sheets.

    Raises LayoutError for a name that no annex has, PerfgenError where one has nothing to print,
    PageError as `render_page` does.
    """
    known = available_annexes(layout)
    styles: list[Path] = []
    for name in dict.fromkeys(names):
        if name not in known:
            near = nearest(name, list(known))
            guess = f"是不是 {near}？" if near else ""
            raise LayoutError(
                f"没有名为“{name}”的附件", hint=f"{guess}可以写：{'、'.join(known) or '（没有）'}"
            )
        source = _appended(source, _section(name, report, figures, layout))
        styles += [file for file in _files(layout, _STYLE) if file.stem == name][:1]
    return source, replace(layout, styles=(*layout.styles, *styles))


def available_annexes(layout: Layout) -> Mapping[str, Path]:
    """Return the templates of all annexes that a layout can have, by name."""
    found: dict[str, Path] = {}
    for file in _files(layout, _TEMPLATE):
        found.setdefault(file.name.removesuffix(_TEMPLATE), file)
    return dict(sorted(found.items()))


def _files(layout: Layout, suffix: str) -> list[Path]:
    """The annexes' files: the layout's own first, as its templates are looked for."""
    return [
        found
        for home in layout_homes(layout.folder)
        for file in sorted((home / FOLDER).glob(f"*{suffix}"))
        if (found := find_file(home, f"{FOLDER}/{file.name}"))
    ]


def _section(name: str, report: Report, figures: Figures, layout: Layout) -> str:
    """The annex's part of the page. One with nothing to print gives a sentence that says why."""
    context = template_context(report, figures, layout)
    text = shared_page(f"{FOLDER}/{name}{_TEMPLATE}", layout, report.amount_unit, context).strip()
    if not text.startswith("<"):
        why = html.unescape(unmarked(text)) or "没有内容"
        raise PerfgenError(
            f"不能附上 {name}：{why}，没有生成任何文件", hint="补填后再生成，或去掉 --annex"
        )
    return text


def _appended(source: str, section: str) -> str:
    ends = list(_BODY_END.finditer(source))
    if not ends:  # then the page itself is at fault, and its parser says so
        return source
    place = ends[-1].start()
    return f"{source[:place]}{section}\n{source[place:]}"
