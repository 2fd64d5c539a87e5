"""The whole way: workbook → report → figures → findings → page → documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perfgen.as_of import report_as_of
from perfgen.checks import Checked, run_checks
from perfgen.checks.registry import SettingValues
from perfgen.errors import WorkbookError
from perfgen.figures import Figures, compute
from perfgen.figures.references import fill_references
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.model.cells import Problem
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.model.search import find_text
from perfgen.provenance.marks import unmarked
from perfgen.workbook.identity import guess_layout, stated_layout, stated_schema
from perfgen.workbook.opening import OpenedWorkbook, open_workbook
from perfgen.workbook.reading import read_report, unreadable

if TYPE_CHECKING:
    from perfgen.render.documents import Documents

FORMATS = ("docx", "pdf", "html")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A workbook read, computed and checked: all that `check` needs and `build` starts from."""

    path: Path
    layout: Layout
    report: Report
    figures: Figures
    checked: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build wrote. `files` is empty where `strict` refused."""

    loaded: Loaded
    files: tuple[Path, ...] = ()
    pages: int | None = None
    notices: tuple[str, ...] = ()
    refused: bool = False


def load(
    path: Path,
    *,
    layout_id: str | None = None,
    layouts: Sequence[Path] = (),
    bounds: SettingValues | None = None,
    as_of: date | None = None,
    say: Say,
) -> Loaded:
    """Read, compute and check one workbook; `bounds` are the office's own for some rules.

    With `as_of`, only the adjustments up to and including that day count. Raises WorkbookError
    with every problem found, or LayoutError.
    """
    layout, report = read_workbook(path, layout_id=layout_id, layouts=layouts, say=say)
    if as_of:
        report = report_as_of(report, as_of, layout)
    say("计算执行率、偏差和合计，检查")
    report, figures, unknown = fill_references(report, compute(report, layout.rules), layout)
    if unknown:
        raise unreadable(path.name, unknown)
    checked = run_checks(report, figures, layout, settings=bounds)
    return Loaded(path=path, layout=layout, report=report, figures=figures, checked=checked)


def read_workbook(
    path: Path, *, layout_id: str | None = None, layouts: Sequence[Path] = (), say: Say
) -> tuple[Layout, Report]:
    """Return a workbook's layout and its content, nothing computed.

    Raises WorkbookError with every problem found, or LayoutError.
    """
    say(f"读取 {path.name}")
    book = open_workbook(path)
    layout = _layout(book, layout_id, layouts)
    return layout, read_report(book, layout)


def _layout(book: OpenedWorkbook, layout_id: str | None, folders: Sequence[Path]) -> Layout:
    """Return the layout named, else the one the workbook carries, else the one that fits it."""
    if wanted := layout_id or stated_layout(book):
        layout = load_layout(find_layout(wanted, folders))
    else:
        known = available_layouts(folders).values()
        layout = guess_layout(book, [load_layout(folder) for folder in known])
    schema = stated_schema(book)
    if schema is not None and schema > layout.schema:
        raise WorkbookError(
            f"{book.path.name} 是用更新的 perfgen 生成的"
            f"（版式第 {schema} 版，这里只有第 {layout.schema} 版）",
            hint="升级 perfgen 后再用",
        )
    return layout


def print_report(
    loaded: Loaded,
    *,
    formats: Sequence[str],
    fonts: Sequence[Path] = (),
    annexes: Sequence[str] = (),
    say: Say,
) -> Documents:
    """Return the documents of a loaded workbook, `annexes` at their end; nothing is written.

    Raises LayoutError for an unknown annex, PerfgenError for one with nothing to print, PageError
    or FontError, or WorkbookError where a character has no font.
    """
    from perfgen.disclosed import attached_files, report_data, word_part  # noqa: PLC0415
    from perfgen.original.writing import stamper  # noqa: PLC0415
    from perfgen.provenance.cells import trace  # noqa: PLC0415
    from perfgen.render.documents import MissingCharacters, print_documents  # noqa: PLC0415
    from perfgen.render.page.annexes import with_annexes  # noqa: PLC0415
    from perfgen.render.page.day_note import with_day  # noqa: PLC0415
    from perfgen.render.page.template import render_page  # noqa: PLC0415  (heavy: not for `check`)

    say("排版")
    traced = trace(loaded.report)
    report, figures = traced.report, compute(traced.report, loaded.layout.rules)
    source = with_day(render_page(report, figures, loaded.layout), report.as_of)
    source, layout = with_annexes(source, annexes, report, figures, loaded.layout)
    stamp = stamper(source, traced.sources, loaded.report, layout)
    source = unmarked(source)
    data = report_data(loaded.report, loaded.layout, annexes)
    try:
        return print_documents(
            source,
            layout,
            formats=formats,
            fonts=fonts,
            stamper=stamp,
            parts=(word_part(data),),
            attachments=attached_files(data),
            say=say,
        )
    except MissingCharacters as error:
        raise _located(error, error.characters, loaded.report) from error


def _located(error: Exception, characters: Sequence[str], report: Report) -> WorkbookError:
    """Return the error for missing characters with the cell that each stands in."""
    problems = [
        Problem(f"“{char}”（U+{ord(char):04X}）所有字体里都没有", "换用常用字，或补上字体", ref)
        for char in characters
        for ref in find_text(report, char)
    ]
    return WorkbookError(str(error), hint=getattr(error, "hint", None), problems=problems)
