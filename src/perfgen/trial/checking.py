"""Everything that is wrong or unused in a layout (检查版式), each with its file, line and key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cssselect2
import tinycss2

from perfgen.build import Loaded, Request, load, silent
from perfgen.disclosed.printed import Printed, printed_by
from perfgen.errors import LayoutError, PerfgenError, WorkbookError
from perfgen.figures.columns import rows_of, value_of
from perfgen.layouts import load_layout
from perfgen.layouts.files import read_text
from perfgen.layouts.find import DECLARATION
from perfgen.model.formulas import Cell, Item, NamedCell, walk
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.render.documents import print_documents
from perfgen.render.page.elements import parse_page
from perfgen.render.page.marked import MarkedPage, marked_page
from perfgen.trial.lines import line_of
from perfgen.trial.made_up import YEAR, made_up_content
from perfgen.workbook.opening import WorkbookFile
from perfgen.workbook.writing import workbook_bytes

_NOT_ON_THE_PAGE = frozenset({"waiver", "adjustment"})
"""Records that other pages print, or none."""

_BEHIND_THE_SCENES = frozenset(
    {
        "unit", "year", "date", "amount_unit", "kind", "parent", "project", "group", "operator",
        "measure_unit", "rule", "direction", "attainment", "line", "type",
    }
)  # fmt: skip
"""Fields that say how others are to be read; a template need not print them."""

_FIGURES = {("project", "mark"): "rate_score"}
"""Figures that a template knows by another name than the column's field."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is wrong, or unused (`wrong` is False): its file, line and key, in words."""

    file: str
    line: int | None
    key: str
    message: str
    wrong: bool = True


def examine_layout(folder: Path) -> tuple[Point, ...]:
    """Return all that is wrong or unused in the layout of a folder."""
    try:
        layout = load_layout(folder)
    except LayoutError as error:
        return tuple(_point(fault, folder) for fault in error.faults or (error,))
    try:
        loaded, page = made_up(layout)
    except PerfgenError as error:
        return tuple(_failures(error, layout))
    points = [*_unprinted(loaded, page, layout), *_unused_styles(page, layout)]
    try:
        print_documents(page.plain, page.layout, formats=("docx",), fonts=(), say=silent)
    except PerfgenError as error:
        points = [*_failures(error, layout), *points]
    return tuple(points)


def made_up_workbook(layout: Layout) -> WorkbookFile:
    """Return a workbook of the layout, filled with made-up values."""
    content = workbook_bytes(layout, content=made_up_content(layout), year=YEAR)
    return WorkbookFile(f"{layout.id}.xlsx", content)


def made_up(layout: Layout) -> tuple[Loaded, MarkedPage]:
    """Return the made-up report and its page. Raises what reading and the template raise."""
    request = Request(layout_id=layout.id, layouts=(layout.folder,))
    loaded = load(made_up_workbook(layout), request)
    return loaded, marked_page(loaded.report, loaded.layout)


def _point(fault: LayoutError, folder: Path) -> Point:
    file = fault.file or DECLARATION
    line = None
    if fault.key and (folder / file).is_file():
        line = line_of(read_text(folder / file), fault.key)
    return Point(file, line, fault.key, fault.message)


def _failures(error: PerfgenError, layout: Layout) -> Iterator[Point]:
    """What a template, a style sheet or the made-up workbook says, one by one."""
    if isinstance(error, WorkbookError) and error.problems:
        for problem in error.problems:
            yield Point(DECLARATION, None, problem.where, f"{problem.where}：{problem.message}")
        return
    first, *rest = error.message.split("\n")
    for message in rest or [first]:
        yield Point(layout.template if not rest else "", None, "", message.strip())


def _unprinted(loaded: Loaded, page: MarkedPage, layout: Layout) -> Iterator[Point]:
    printed = printed_by(page, loaded.report)
    counted = set(_counted(layout))
    text = read_text(layout.folder / DECLARATION)
    for sheet in layout.sheets:
        if sheet.kind == "guide" or sheet.record in _NOT_ON_THE_PAGE:
            continue
        for column in sheet.columns:
            own = column.role == "section.name" or column.field in _BEHIND_THE_SCENES
            if own or (sheet.record, column.field) in counted:
                continue
            if not _prints(sheet, column, loaded, printed):
                key = f"sheets“{sheet.name}”“{column.header}”"
                message = f"“{sheet.name}”的“{column.header}”填了也没有印：模板里没有用到"
                yield Point(DECLARATION, line_of(text, key), key, message, wrong=False)


def _counted(layout: Layout) -> Iterator[tuple[str, str]]:
    """The columns that formulas and conditions count on, and those that bear a condition."""
    conditions = [
        column.requirement.formula
        for sheet in layout.sheets
        for column in sheet.columns
        if column.requirement is not None
    ]
    yield from ((one.record, one.field) for one in conditions)
    for formula in (*layout.formulas, *conditions):
        for part in walk(formula.expression):
            if isinstance(part, Cell | NamedCell) and not formula.given:
                yield part.record, part.field
            elif isinstance(part, Item):
                yield "report", part.field


def _prints(sheet: Sheet, column: Column, loaded: Loaded, printed: Printed) -> bool:
    report, field = loaded.report, column.field
    if sheet.kind == "form":
        fact = report.facts.get(field)
        return fact is None or not fact.value or bool(printed.fact(fact))
    rows = report.rows(sheet.record)
    figures = rows_of(sheet.record, report, loaded.figures)
    if field != "extra" and all(value_of(row, field) in (None, "") for row in figures):
        return True  # what is made up gives nothing there
    for place, record in enumerate(rows):
        if field == "extra":
            shown: object = column.header in record.extra and printed.extra(
                record, sheet.record, column.header
            )
        else:
            name = _FIGURES.get((sheet.record, field), field)
            shown = printed.figure(record, sheet.record, place, name) or printed.text(
                record, sheet.record, field
            )
        if shown:
            return True
    return False


def _unused_styles(page: MarkedPage, layout: Layout) -> Iterator[Point]:
    """Rules of the layout's own style sheets that no element of the page meets."""
    root = cssselect2.ElementWrapper.from_html_root(parse_page(page.plain).root)
    for style in layout.styles:
        if style.parent.resolve() != layout.folder.resolve():
            continue
        for rule in tinycss2.parse_stylesheet(read_text(style), True, True):
            if rule.type != "qualified-rule":
                continue
            if not _meets(rule.prelude, root):
                text = " ".join(tinycss2.serialize(rule.prelude).split())
                message = f"样式 {text} 没有用到：页面上没有这样的元素"
                yield Point(style.name, rule.source_line, text, message, wrong=False)


def _meets(prelude: Sequence[object], root: cssselect2.ElementWrapper) -> bool:
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return True  # the printers say what is wrong with it
    return any(selector.test(element) for element in root.iter_subtree() for selector in selectors)
