"""From an edited Word file and the officer's workbook to the changes of its cells (回填)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perfgen.build import Loaded, Request, Say, load, print_report
from perfgen.errors import DocumentError, PerfgenError, WorkbookError
from perfgen.figures.quoting import Quoter
from perfgen.figures.sources import sources
from perfgen.keeping.store import FOLDER
from perfgen.model.cells import Problem
from perfgen.original.carried import Original, content_hash
from perfgen.pulling.aligning import align
from perfgen.pulling.cells import Cells
from perfgen.pulling.placing import Change, Placed, place
from perfgen.pulling.reading import Edited, open_document, read_document
from perfgen.pulling.writing import rewritten
from perfgen.workbook.opening import open_workbook

TRACKED = "文件里有没有接受的修订，按全部接受处理"
OTHER_INPUT = "工作簿在生成这个 Word 文件之后改过；按文件里存的原文对照，改过的格不写回"
REPRINTED = "文件里的原文丢了（多半转过格式），按工作簿重新排出的原文对照"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What was found: changes to write, what is left, and what the officer should know."""

    workbook: Path
    placed: Placed
    loaded: Loaded
    notices: tuple[str, ...] = ()


def pull(
    document: Path, workbook: Path | None, *, layout_id: str | None, layouts: Sequence[Path],
    say: Say,
) -> Pulled:  # fmt: skip
    """Return which cells of the workbook an edited Word file changes; nothing is written.

    Raises DocumentError where the file is not perfgen's or of another layout, WorkbookError where
    the workbook cannot be read.
    """
    say(f"读取 {document.name}")
    edited = read_document(open_document(document), document.name)
    if edited.original is None and "input" not in edited.properties:
        raise DocumentError(
            f"{document.name} 不是 perfgen 生成的 Word 文件（里面没有原文）",
            hint="用 perfgen build 生成、在 Word 里改过的文件才能写回",
        )
    path = workbook or _workbook_of(document, edited)
    request = Request(layout_id=layout_id, layouts=tuple(layouts), as_of=_as_of(edited))
    loaded = load(path, request, say=say)
    notices = [TRACKED] if edited.tracked else []
    original = edited.original
    if original is None:
        original = _found_again(document, edited, loaded, say)
        notices.append(REPRINTED)
    _check_layout(document, original, loaded)
    same_input = content_hash(loaded.report) == original.origin.input
    if not same_input:
        notices.append(OTHER_INPUT)
    say("对照原文")
    report, layout = loaded.report, loaded.layout
    tables = sources(report, loaded.figures, layout)
    quoter = Quoter(tables, layout.rules, report.amount_unit)
    cells = Cells(open_workbook(path), layout, quoter)
    aligned = align(original.blocks, edited.blocks)
    placed = place(original, aligned, cells, report, same_input=same_input)
    return Pulled(workbook=path, placed=placed, loaded=loaded, notices=tuple(notices))


def _as_of(edited: Edited) -> date | None:
    if edited.original is not None:
        return edited.original.origin.as_of
    day = edited.properties.get("as-of", "")
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _workbook_of(document: Path, edited: Edited) -> Path:
    """The workbook that a document was printed from: by its name, near the document."""
    said = (
        edited.original.origin.workbook
        if edited.original is not None
        else edited.properties.get("workbook", "")
    )
    names = dict.fromkeys(filter(None, (Path(said).name, f"{document.stem}.xlsx")))
    above = document.absolute().parent.parent
    homes = dict.fromkeys((document.parent, document.parent.parent, above, Path()))
    for name in names:
        for home in homes:
            if (home / name).is_file():
                return home / name
    raise WorkbookError(
        f"找不到生成 {document.name} 的工作簿（{'、'.join(names)}）",
        hint="用 --workbook 写明工作簿",
    )


def _found_again(document: Path, edited: Edited, loaded: Loaded, say: Say) -> Original:
    """The original of a document that lost it: a kept build's, or printed again."""
    wanted = edited.properties["input"]
    for kept in _kept_documents(document):
        try:
            earlier = read_document(kept.read_bytes(), kept.name)
        except (DocumentError, OSError):
            continue
        if earlier.original is not None and earlier.original.origin.input == wanted:
            return earlier.original
    if content_hash(loaded.report) == wanted:
        printed = print_report(loaded, Request(formats=("docx",)), say=say)
        original = read_document(printed.contents["docx"]).original
        if original is not None:
            return original
    raise DocumentError(
        f"{document.name} 里的原文丢了，工作簿也改过，没法对照",
        hint="用生成它时的工作簿（--workbook），或由 perfgen 重新生成后再改",
    )


def _kept_documents(document: Path) -> Iterator[Path]:
    yield from sorted(document.parent.glob(f"{FOLDER}/*/[0-9]*/*.docx"), reverse=True)


def _check_layout(document: Path, original: Original, loaded: Loaded) -> None:
    origin, layout = original.origin, loaded.layout
    if origin.layout != layout.id:
        raise DocumentError(
            f"{document.name} 用的版式是 {origin.layout}，"
            f"{loaded.workbook.name} 用的是 {layout.id}",
            hint="换成同一种版式的工作簿（--workbook）",
        )
    if origin.schema != layout.schema:
        raise DocumentError(
            f"{document.name} 是用版式 {layout.id} 第 {origin.schema} 版生成的，"
            f"现在是第 {layout.schema} 版",
            hint="重新生成后，在新的 Word 文件里改",
        )


def copied(workbook: Path, changes: Sequence[Change]) -> bytes:
    """Return a copy of the workbook with these changes in it."""
    texts = {ref: change.new for change in changes for ref in change.refs}
    return rewritten(workbook.read_bytes(), texts)


def problems_of(copy: Path, loaded: Loaded, layouts: Sequence[Path], say: Say) -> list[Problem]:
    """Return what perfgen cannot read in a copy: names that other rows name, for instance."""
    request = Request(layout_id=loaded.layout.id, layouts=tuple(layouts), as_of=loaded.report.as_of)
    try:
        load(copy, request, say=say)
    except WorkbookError as error:
        return list(error.problems) or [Problem(error.message, error.hint or "")]
    except PerfgenError as error:
        return [Problem(error.message, error.hint or "")]
    return []
