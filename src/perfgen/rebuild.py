"""Building again: what changed since last time, what was edited in Word, and what may be left.

The last build's record tells whether anything that goes into the documents has changed; the last
snapshot tells what; and documents that somebody altered are put aside before new ones come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from perfgen import __version__
from perfgen.build import Loaded, Request, Say, load, print_report, silent
from perfgen.comparing import Changes, compare, take_snapshot
from perfgen.keeping import Altered, Kept, Store
from perfgen.keeping.inputs import build_key, content_hash
from perfgen.keeping.record import Build
from perfgen.model.finding import Severity
from perfgen.workbook.opening import WorkbookFile

KEPT = 5
"""Builds whose documents are kept, the last one among them."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A document that was altered: where it is now, and what of it is understood.

    `paragraphs` are those whose words differ (old, new); `others` what else was put into a Word
    file (3条批注). Both may be empty: it was kept because it is not as it was written.
    """

    file: Path
    paragraphs: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a build wrote, and what it came upon.

    `files` is empty where an error `refused`. `unchanged` is True where nothing had changed and the
    documents were left as they are. `changes` are those since the last build; None where there was
    none. `edited` are documents that were put aside, `repaired` whether a killed build was finished
    first.
    """

    loaded: Loaded
    files: tuple[Path, ...] = ()
    pages: int | None = None
    notices: tuple[str, ...] = ()
    refused: bool = False
    unchanged: bool = False
    changes: Changes | None = None
    edited: tuple[Edited, ...] = ()
    repaired: bool = False


def rebuild(
    workbook: Path | WorkbookFile,
    request: Request,
    *,
    destination: Path,
    strict: bool = False,
    force: bool = False,
    keep: int = KEPT,
    say: Say = silent,
) -> Rebuilt:
    """Write the documents of a workbook, unless nothing has changed since they were.

    With `strict`, an error among the findings refuses. Raises what `load` and `print_report` raise,
    or OutputError; then the last documents stay.
    """
    loaded = load(workbook, request, say=say)
    store = Store(destination)
    repaired = store.repair()
    after = take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)
    last = store.record().last
    as_of = str(loaded.report.as_of or "")
    before = store.snapshot(last) if last and last.as_of == as_of else None
    changes = compare(before, after) if before else None
    if strict and loaded.checked.count(Severity.ERROR):
        return Rebuilt(loaded=loaded, refused=True, changes=changes)
    workbook_hash = content_hash(loaded.workbook.content)
    key = build_key(workbook_hash, loaded.layout, request.fonts, key_options(request))
    if last and not force and store.is_current(key):
        files = tuple(destination.parent / name for name in last.outputs)
        return Rebuilt(
            loaded=loaded, files=files, pages=last.pages, unchanged=True, changes=changes,
            edited=_edited(repaired, ()), repaired=repaired is not None,
        )  # fmt: skip
    printed = print_report(loaded, request, say=say)
    altered = store.altered([f"{destination.name}.{kind}" for kind in request.formats])
    say("写入文件")
    kept = store.keep(
        {kind: printed.contents[kind] for kind in request.formats},
        new_build(
            loaded.workbook.name,
            workbook_hash,
            key,
            layout=loaded.layout.id,
            pages=printed.pages,
            as_of=as_of,
        ),
        after,
        count=keep,
    )
    return Rebuilt(
        loaded=loaded, files=kept.files, pages=printed.pages, notices=printed.notices,
        changes=changes, edited=(*_edited(repaired, ()), *_edited(kept, altered)),
        repaired=repaired is not None,
    )  # fmt: skip


def key_options(request: Request) -> dict[str, str]:
    """Return what a request adds to the hash of a build."""
    return {
        "formats": ",".join(request.formats),
        "annexes": ",".join(request.annexes),
        "as_of": str(request.as_of or ""),
        "printer": request.printer or "",  # a layout's own choice stands in its files
    }


def new_build(
    workbook: str, workbook_hash: str, key: str, *, layout: str, pages: int | None, as_of: str
) -> Build:
    """Return a build of this moment; the store gives it its number."""
    return Build(
        number=1,
        time=datetime.now().astimezone().isoformat(timespec="seconds"),
        workbook=workbook,
        workbook_hash=workbook_hash,
        key=key,
        layout=layout,
        perfgen=__version__,
        pages=pages,
        as_of=as_of,
    )


def restore_build(destination: Path, number: int) -> Kept:
    """Put the documents of an earlier build back; those that were altered are put aside.

    Raises OutputError where there is no such build.
    """
    return Store(destination).restore(number)


def _edited(kept: Kept | None, altered: Sequence[Altered]) -> tuple[Edited, ...]:
    """What was put aside, and what differs in it."""
    aside = kept.aside if kept else {}
    known = {one.name: one for one in altered}
    return tuple(_described(path, known.get(name)) for name, path in aside.items())


def _described(path: Path, altered: Altered | None) -> Edited:
    if altered is None or altered.content is None or path.suffix != ".docx":
        return Edited(path)
    from perfgen.pulling import edited_paragraphs, other_edits  # noqa: PLC0415

    return Edited(
        path,
        tuple(edited_paragraphs(altered.content)),
        tuple(other_edits(altered.content, altered.written)),
    )
