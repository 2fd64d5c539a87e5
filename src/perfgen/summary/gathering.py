"""Files of any of the three kinds → entries; what cannot be read is noted, and the rest goes on."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perfgen.build import Request, build
from perfgen.checks import run_checks
from perfgen.checks.registry import SettingValues
from perfgen.disclosed.documents import data_of_document
from perfgen.disclosed.filling import report_of_data
from perfgen.disclosed.reading import read_json
from perfgen.errors import DocumentError, PerfgenError, WorkbookError
from perfgen.figures import compute
from perfgen.figures.formulas.completing import with_formulas
from perfgen.layouts import available_layouts, load_layout
from perfgen.model.layout import Layout
from perfgen.summary.entries import PDF, WORD, WORKBOOK, Entry, entry_of, entry_of_data
from perfgen.workbook.limits import USUAL, Limits

FROM_DATA = "按文件公开的数据重算和检查，没有公开的内容不在检查之内"
_SHOWN_PROBLEMS = 3
_IN_FOLDER = "写上里面的文件，例如 文件夹/*.xlsx、文件夹/*.pdf"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read: why, and what to do."""

    file: str
    message: str
    hint: str


def find_files(names: Sequence[str], output: Path) -> tuple[list[Path], list[Unread]]:
    """Return the files that the names mean; patterns that the shell left alone are expanded.

    The summary itself and lock files of programs that have a workbook open are passed over, and a
    file that is named twice comes once.
    """
    found: dict[Path, Path] = {}
    missing: list[Unread] = []
    for name in names:
        path = Path(name)
        if path.exists() or not glob.has_magic(name):
            matches = [path]
        else:
            matches = [Path(match) for match in sorted(_expanded(name))]
            if not matches:
                missing.append(Unread(name, "没有符合这个写法的文件", "检查文件夹和文件名"))
        for match in matches:
            if match.name.startswith("~$") or match.resolve() == output.resolve():
                continue
            if match.is_dir():
                missing.append(Unread(str(match), f"{match} 是文件夹，不是报告", _IN_FOLDER))
                continue
            found.setdefault(match.resolve(), match)
    return list(found.values()), missing


def _expanded(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207  (absolute patterns, too)


def read_entries(
    files: Iterable[Path],
    *,
    layouts: Callable[[Path], Sequence[Path]],
    bounds: Callable[[Path], SettingValues | None],
    limits: Callable[[Path], Limits] = lambda _: USUAL,
) -> Iterator[Entry | Unread]:
    """Yield the entry of each file, or why it could not be read, in the order given.

    `layouts`, `bounds` and `limits` say, for a file, where layouts are, how an office sets its
    rules, and how much a workbook may hold.
    """
    for file in files:
        try:
            yield _entry(file, layouts(file), bounds(file), limits(file))
        except PerfgenError as error:
            yield Unread(str(file), _reason(error), error.hint or "")
        except Exception as error:  # one file that perfgen stumbles over must not stop the others
            message = f"perfgen 自身出了错：{type(error).__name__}: {error}"
            yield Unread(str(file), message, "把这个文件交给技术人员")


def _reason(error: PerfgenError) -> str:
    if not isinstance(error, WorkbookError) or not error.problems:
        return error.message
    shown = [f"{one.where}：{one.message}" for one in error.problems[:_SHOWN_PROBLEMS]]
    more = "……" if len(error.problems) > _SHOWN_PROBLEMS else ""
    return f"有 {len(error.problems)} 处读不懂：{'；'.join(shown)}{more}"


def _entry(
    file: Path, layouts: Sequence[Path], bounds: SettingValues | None, limits: Limits
) -> Entry:
    suffix = file.suffix.lower()
    if suffix not in (".pdf", ".docx"):
        request = Request(layouts=tuple(layouts), bounds=bounds, limits=limits)
        loaded = build(file, request).loaded
        return entry_of(
            loaded.report, loaded.figures, loaded.layout, loaded.checked,
            file=str(file), source=WORKBOOK,
        )  # fmt: skip
    data = read_json(data_of_document(file), file.name)
    source = PDF if suffix == ".pdf" else WORD
    layout = _layout(data, layouts)
    if layout is None:
        note = f"这里没有版式“{data['layout']['id']}”，只列出数据，没有合计，没有检查"
        return entry_of_data(data, file=str(file), source=source, note=note)
    return _recomputed(data, layout, bounds, file, source)


def _layout(data: dict[str, Any], folders: Sequence[Path]) -> Layout | None:
    folder = available_layouts(folders).get(data["layout"]["id"])
    layout = load_layout(folder) if folder else None
    return layout if layout and layout.schema >= data["layout"]["schema"] else None


def _recomputed(
    data: dict[str, Any],
    layout: Layout,
    bounds: SettingValues | None,
    file: Path,
    source: str,
) -> Entry:
    try:
        report = report_of_data(data, layout, file.name)
    except DocumentError as error:
        note = f"{error.message}；只列出数据，没有合计，没有检查"
        return entry_of_data(data, file=str(file), source=source, note=note)
    report = with_formulas(report, layout)
    figures = compute(report, layout.rules)
    checked = run_checks(report, figures, layout, settings=bounds)
    note = FROM_DATA
    if report.as_of:
        note = f"截至 {report.as_of.isoformat()} 的数据；{note}"
    return entry_of(report, figures, layout, checked, file=str(file), source=source, note=note)
