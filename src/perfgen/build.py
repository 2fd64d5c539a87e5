"""The whole way: workbook → report → figures → findings → page → documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perfgen.as_of import report_as_of
from perfgen.checks import Checked, run_checks
from perfgen.checks.registry import SettingValues
from perfgen.errors import PrintFault, WorkbookError
from perfgen.figures import Figures, compute
from perfgen.figures.formulas.completing import with_formulas
from perfgen.figures.references import fill_references
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.model.cells import Problem
from perfgen.model.layout import Layout, Printer
from perfgen.model.records import Report
from perfgen.model.search import find_text
from perfgen.workbook.identity import guess_layout, stated_layout, stated_schema
from perfgen.workbook.limits import USUAL, Limits
from perfgen.workbook.opening import (
    OpenedWorkbook,
    WorkbookFile,
    open_workbook,
    read_file,
)
from perfgen.workbook.reading import read_report, unreadable

if TYPE_CHECKING:
    from perfgen.render.documents import Documents

FORMATS = ("docx", "pdf", "html")

Say = Callable[[str], None]


def silent(_: str) -> None:
    """Say nothing of the progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a workbook (要求).

    `layout_id` names the layout where the workbook does not carry its name, `layouts` are folders
    of an office's own, `bounds` an office's own settings for some rules. With `as_of`, only the
    adjustments up to and including that day count. `formats` are the documents wanted, `annexes`
    what stands at their end, `fonts` folders of fonts; `printer` prints the PDF where it is not
    to be the layout's own. `limits` are the most that a workbook may hold.
    """

    layout_id: str | None = None
    layouts: tuple[Path, ...] = ()
    bounds: SettingValues | None = None
    as_of: date | None = None
    formats: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    fonts: tuple[Path, ...] = ()
    printer: Printer | None = None
    limits: Limits = USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A workbook read, computed and checked: its findings, and all that its documents print."""

    workbook: WorkbookFile
    layout: Layout
    report: Report
    figures: Figures
    checked: Checked
    limits: Limits = USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a workbook: its findings, and its documents by format, as bytes.

    `pages` is the number of pages of the PDF, `notices` what the officer should know of it.
    """

    loaded: Loaded
    documents: Mapping[str, bytes]
    pages: int | None = None
    notices: tuple[str, ...] = ()


def build(workbook: Path | WorkbookFile, request: Request, *, say: Say = silent) -> Built:
    """Return the findings and the documents of a workbook; nothing is written.

    This is the one call that every door to perfgen stands on. Raises what `load` and
    `print_report` raise.
    """
    loaded = load(workbook, request, say=say)
    if not request.formats:
        return Built(loaded=loaded, documents={})
    printed = print_report(loaded, request, say=say)
    return Built(
        loaded=loaded,
        documents=printed.contents,
        pages=printed.pages,
        notices=printed.notices,
    )


def load(
    workbook: Path | WorkbookFile, request: Request = Request(), *, say: Say = silent
) -> Loaded:
    """Read, compute and check one workbook.

    Raises WorkbookError with every problem found, or LayoutError.
    """
    file = read_file(workbook) if isinstance(workbook, Path) else workbook
    layout, report, figures = read_computed(file, request, say=say)
    checked = run_checks(report, figures, layout, settings=request.bounds)
    return Loaded(
        workbook=file, layout=layout, report=report, figures=figures, checked=checked,
        limits=request.limits,
    )  # fmt: skip


def read_computed(
    file: WorkbookFile, request: Request = Request(), *, say: Say = silent
) -> tuple[Layout, Report, Figures]:
    """Return a workbook's layout, its content and its figures, nothing checked.

    Raises WorkbookError with every problem found, or LayoutError.
    """
    layout, report = read_workbook(file, request, say=say)
    if request.as_of:
        report = report_as_of(report, request.as_of, layout)
    say("计算执行率、偏差和合计，检查")
    report = with_formulas(report, layout)
    before = report
    report, figures, unknown = fill_references(report, compute(report, layout.rules), layout)
    if unknown:
        raise unreadable(file.name, unknown)
    if layout.formulas and report is not before:  # results that quoted figures may count
        report = with_formulas(report, layout)
        figures = compute(report, layout.rules)
    return layout, report, figures


def read_workbook(
    workbook: Path | WorkbookFile, request: Request = Request(), *, say: Say = silent
) -> tuple[Layout, Report]:
    """Return a workbook's layout and its content, nothing computed.

    Raises WorkbookError with every problem found, or LayoutError.
    """
    say(f"读取 {workbook.name}")
    book = open_workbook(workbook, request.limits)
    layout = _layout(book, request)
    return layout, read_report(book, layout)


def _layout(book: OpenedWorkbook, request: Request) -> Layout:
    """Return the layout named, else the one the workbook carries, else the one that fits it."""
    if wanted := request.layout_id or stated_layout(book):
        layout = load_layout(find_layout(wanted, request.layouts))
    else:
        known = available_layouts(request.layouts).values()
        layout = guess_layout(book, [load_layout(folder) for folder in known])
    schema = stated_schema(book)
    if schema is not None and schema > layout.schema:
        raise WorkbookError(
            f"{book.name} 是用更新的 perfgen 生成的"
            f"（版式第 {schema} 版，这里只有第 {layout.schema} 版）",
            hint="升级 perfgen 后再用",
        )
    return layout


def print_report(loaded: Loaded, request: Request, *, say: Say = silent) -> Documents:
    """Return the documents of a loaded workbook, in the formats and with the annexes asked for.

    Raises LayoutError for an unknown annex, PerfgenError for one with nothing to print, PageError
    or FontError, or WorkbookError where a character has no font.
    """
    from perfgen.disclosed.data import report_data  # noqa: PLC0415
    from perfgen.disclosed.files import attached_files, word_part  # noqa: PLC0415
    from perfgen.disclosed.writing import to_json  # noqa: PLC0415
    from perfgen.original.writing import stamper  # noqa: PLC0415
    from perfgen.render.documents import print_documents  # noqa: PLC0415
    from perfgen.render.page.marked import marked_page  # noqa: PLC0415  (heavy: not for `check`)

    say("排版")
    report, layout = loaded.report, loaded.layout
    page = marked_page(report, layout, request.annexes)
    data = report_data(report, layout, page)
    json = to_json(data)
    with cells_named(report):
        return print_documents(
            page.plain,
            page.layout,
            formats=request.formats,
            fonts=request.fonts,
            stamper=stamper(page, report),
            parts=(word_part(json),),
            attachments=attached_files(data, json),
            printer=request.printer,
            say=say,
        )


@contextmanager
def cells_named(report: Report) -> Iterator[None]:
    """Let an error over what a page holds name the cells of the report that it came from."""
    from perfgen.render.documents import MissingCharacters  # noqa: PLC0415  (heavy)

    try:
        yield
    except MissingCharacters as error:
        raise _located(error, error.characters, report) from error
    except PrintFault as error:
        raise _with_cells(error, report) from error


def _with_cells(error: PrintFault, report: Report) -> Exception:
    """Return the error with the cells whose texts could not be printed, where they are known."""
    cells = dict.fromkeys(ref for text in error.texts for ref in find_text(report, text))
    problems = [Problem("这一格的内容没有印成", "简化这一格的内容", ref) for ref in cells]
    return WorkbookError(error.message, problems=problems) if problems else error


def _located(error: Exception, characters: Sequence[str], report: Report) -> WorkbookError:
    """Return the error for missing characters with the cell that each stands in."""
    problems = [
        Problem(f"“{char}”（U+{ord(char):04X}）所有字体里都没有", "换用常用字，或补上字体", ref)
        for char in characters
        for ref in find_text(report, char)
    ]
    return WorkbookError(str(error), hint=getattr(error, "hint", None), problems=problems)
