"""From an edited Word file and the officer's workbook to the changes of its cells (回填)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perfgen.build import Loaded, Request, Say, load, print_report
from perfgen.errors import DocumentError, PerfgenError, WorkbookError
from perfgen.figures.quoting import Quoter
from perfgen.figures.sources import sources
from perfgen.keeping import kept_word_documents
from perfgen.model.cells import Problem
from perfgen.original.carried import Original, content_hash
from perfgen.pulling.aligning import align
from perfgen.pulling.cells import Cells
from perfgen.pulling.changes import UNREADABLE, Change, Left, Placed
from perfgen.pulling.numbered import with_numbers
from perfgen.pulling.opening import open_document
from perfgen.pulling.other_edits import OtherEdit, found_besides_words
from perfgen.pulling.placing import place
from perfgen.pulling.reading import Edited, read_document
from perfgen.pulling.writing import rewritten
from perfgen.workbook.limits import USUAL, Limits
from perfgen.workbook.opening import WorkbookFile, open_workbook

TRACKED = "文件里有没有接受的修订，按全部接受处理"
OTHER_INPUT = "工作簿在生成这个 Word 文件之后改过；按文件里存的原文对照，改过的格不写回"
UNCOMPARED = (
    "没有当时生成的 Word 文件可以对照，看不出页眉、页脚、超链接、内容控件、域、制表符有没有改"
)
REPRINTED = "文件里的原文丢了（多半转过格式），按工作簿重新排出的原文对照"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What was found: changes to write, what is left, and what the officer should know.

    `others` is what is in the Word file besides words: 3条批注.
    """

    workbook: Path
    placed: Placed
    loaded: Loaded
    notices: tuple[str, ...] = ()
    others: tuple[OtherEdit, ...] = ()


def pull(
    document: Path, workbook: Path | None, *, layout_id: str | None, layouts: Sequence[Path],
    say: Say, limits: Limits = USUAL,
) -> Pulled:  # fmt: skip
    """Return which cells of the workbook an edited Word file changes; nothing is written.

    Raises DocumentError where the file is not perfgen's or of another layout, WorkbookError where
    the workbook cannot be read.
    """
    say(f"读取 {document.name}")
    content = open_document(document)
    edited = read_document(content, document.name)
    if edited.original is None and "input" not in edited.properties:
        raise DocumentError(
            f"{document.name} 不是 perfgen 生成的 Word 文件（里面没有原文）",
            hint="用 perfgen build 生成、在 Word 里改过的文件才能写回",
        )
    path = workbook or _workbook_of(document, edited)
    request = Request(
        layout_id=layout_id, layouts=tuple(layouts), as_of=_as_of(edited), limits=limits
    )
    loaded = load(path, request, say=say)
    notices = [TRACKED] if edited.tracked else []
    original = edited.original
    printed = _as_printed(document, edited, loaded, say)
    if original is None:
        original = _found_again(document, printed)
        notices.append(REPRINTED)
    if printed is None:
        notices.append(UNCOMPARED)
    _check_layout(document, original, loaded)
    same_input = content_hash(loaded.report) == original.origin.input
    if not same_input:
        notices.append(OTHER_INPUT)
    say("对照原文")
    report, layout = loaded.report, loaded.layout
    tables = sources(report, loaded.figures, layout)
    quoter = Quoter(tables, layout.rules, report.amount_unit)
    cells = Cells(open_workbook(path, limits), layout, quoter)
    blocks = with_numbers(edited.blocks, original.blocks)
    aligned = align(original.blocks, blocks)
    placed = place(original, aligned, cells, report, same_input=same_input)
    others = tuple(found_besides_words(content, printed))
    return Pulled(
        workbook=path, placed=placed, loaded=loaded, notices=tuple(notices), others=others
    )


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


def _as_printed(document: Path, edited: Edited, loaded: Loaded, say: Say) -> bytes | None:
    """A document as it was before it was edited: a kept build's, or printed again.

    None where no record has it, and the workbook or the layout is another by now.
    """
    origin = edited.original.origin if edited.original is not None else None
    wanted = origin.input if origin else edited.properties["input"]
    for kept in kept_word_documents(document):
        try:
            earlier = read_document(kept).original
        except DocumentError:
            continue
        if earlier is not None and earlier.origin.input == wanted:
            return kept
    layout = loaded.layout
    same_layout = origin is None or (origin.layout, origin.schema) == (layout.id, layout.schema)
    if same_layout and content_hash(loaded.report) == wanted:
        try:
            return print_report(loaded, Request(formats=("docx",)), say=say).contents["docx"]
        except PerfgenError:  # the words are compared all the same
            return None
    return None


def _found_again(document: Path, printed: bytes | None) -> Original:
    """The original of a document that lost it."""
    original = read_document(printed).original if printed is not None else None
    if original is None:
        raise DocumentError(
            f"{document.name} 里的原文丢了，工作簿也改过，没法对照",
            hint="用生成它时的工作簿（--workbook），或由 perfgen 重新生成后再改",
        )
    return original


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


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the workbook: its bytes, the changes in it, and those that it cannot take.

    `problems` is what perfgen cannot read in it all the same.
    """

    content: bytes
    changes: tuple[Change, ...]
    refused: tuple[Left, ...] = ()
    problems: tuple[Problem, ...] = ()


def readable_copy(
    pulled: Pulled, changes: Sequence[Change], layouts: Sequence[Path], say: Say
) -> Copy:
    """Return a copy that can be built again: rows that could not be read then stay as they are."""
    content = copied(pulled.workbook, changes)
    problems = _problems_of(content, pulled.loaded, layouts, say)
    if not problems:
        return Copy(content, tuple(changes))
    rows = {(p.ref.sheet, p.ref.row): p.message for p in problems if p.ref is not None}
    bad = [change for change in changes if any((r.sheet, r.row) in rows for r in change.refs)]
    groups = {change.group for change in bad if change.group}
    bad = [change for change in changes if change in bad or change.group in groups]
    if not bad:
        return Copy(content, tuple(changes), problems=tuple(problems))
    kept = tuple(change for change in changes if change not in bad)
    refused = tuple(_refused(change, rows) for change in bad)
    content = copied(pulled.workbook, kept)
    left = _problems_of(content, pulled.loaded, layouts, say) if kept else []
    return Copy(content, kept, refused, tuple(left))


def _refused(change: Change, rows: Mapping[tuple[str, int], str]) -> Left:
    said = next((rows[r.sheet, r.row] for r in change.refs if (r.sheet, r.row) in rows), "")
    why = f"{UNREADABLE}：{said}" if said else UNREADABLE
    return Left(where="", old=change.old, new=change.new, why=why, ref=change.ref)


def _problems_of(
    content: bytes, loaded: Loaded, layouts: Sequence[Path], say: Say
) -> list[Problem]:
    """What perfgen cannot read in a copy: names that other rows name, for instance."""
    request = Request(
        layout_id=loaded.layout.id, layouts=tuple(layouts), as_of=loaded.report.as_of,
        limits=loaded.limits,
    )  # fmt: skip
    try:
        load(WorkbookFile(loaded.workbook.name, content), request, say=say)
    except WorkbookError as error:
        return list(error.problems) or [Problem(error.message, error.hint or "")]
    except PerfgenError as error:
        return [Problem(error.message, error.hint or "")]
    return []
