"""What happens to a workbook on the side of the one who asked (收发): is there anything to do, and
what came back written down whole. Workers never write.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from perfgen.batch.finding import ANNOTATED
from perfgen.batch.jobs import Aim, Do, Ended, Job, Lost, Made, Row, stumble, trouble_of
from perfgen.batch.outcomes import Outcome, Verdict, failed
from perfgen.batch.remembering import Remembered, recall, remember, still_there
from perfgen.batch.surroundings import Surroundings
from perfgen.build import Request
from perfgen.errors import OutputError, PerfgenError, WorkbookError
from perfgen.files import write_whole
from perfgen.keeping import Store
from perfgen.keeping.inputs import content_hash
from perfgen.model.finding import Severity
from perfgen.rebuild import KEPT, new_build
from perfgen.workbook.opening import read_file


@dataclass(frozen=True, slots=True)
class Task:
    """A workbook, what is asked of it, and the path of its documents without their suffix."""

    workbook: Path
    request: Request
    destination: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of all workbooks alike.

    `shared` says that workers see the same folders, so that a workbook's path is enough. Findings
    from `fail_on` on refuse a workbook that is only checked.
    """

    aim: Aim = Aim.BUILD
    strict: bool = False
    annotate: bool = False
    force: bool = False
    keep: int = KEPT
    fail_on: Severity = Severity.ERROR
    shared: bool = False

    def prints_pdf(self, request: Request) -> bool:
        """Return whether a PDF comes of such a workbook."""
        return self.aim is Aim.DISCLOSE or (self.aim is Aim.BUILD and "pdf" in request.formats)


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes tasks one after the other, from several threads at once.

    `finished` are the workbooks with which it is done, in that order.
    """

    plan: Plan
    finished: list[Path] = field(default_factory=list)
    _around: Surroundings = field(default_factory=Surroundings)
    _claimed: dict[Path, Path] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def handle(self, task: Task, do: Do) -> Outcome:
        """Return what became of a workbook; `do` is asked only where there is something to do.

        Raises Lost where the worker ended before it answered, or Ended.
        """
        started = time.monotonic()
        try:
            outcome = self._handle(task, do)
        except PerfgenError as error:
            outcome = failed(task.workbook, trouble_of(error))
        except (Lost, Ended):
            raise
        except Exception as error:  # one workbook that perfgen stumbles over stops no others
            outcome = failed(task.workbook, stumble(error))
        self.finished.append(task.workbook)
        return replace(outcome, seconds=time.monotonic() - started)

    def _handle(self, task: Task, do: Do) -> Outcome:
        file = read_file(task.workbook)
        digest = content_hash(file.content)
        store = Store(task.destination)
        current = ""
        if not self.plan.force:
            known = self._known(task, store, digest)
            if known is not None:
                return known
            current = self._current(task, store, digest)
        made = do(
            Job(
                workbook=task.workbook.absolute() if self.plan.shared else file,
                request=task.request,
                aim=self.plan.aim,
                strict=self.plan.strict,
                annotate=self.plan.annotate,
                current=current,
            )
        )
        if made.trouble or made.row is None:
            return Outcome(workbook=task.workbook, verdict=Verdict.FAILED, trouble=made.trouble)
        if made.workbook_hash != digest:
            raise WorkbookError(f"{file.name} 在处理时被改动了", hint="再运行一次")
        return self._written(task, store, digest, made, made.row)

    # --- is there anything to do -----------------------------------------------------------------

    def _known(self, task: Task, store: Store, digest: str) -> Outcome | None:
        """The outcome where nothing has changed since it was remembered."""
        last = recall(store.folder)
        layout = self._around.layout(last.row.layout, task.request) if last else None
        if last is None or layout is None:
            return None
        build_key = self._around.build_key(digest, layout, task.request)
        if last.key != self._outcome_key(build_key, task.request):
            return None
        names = tuple(last.files)
        if self.plan.aim is Aim.BUILD and not last.refused:
            if not store.is_current(build_key):
                return None
            names = (*self._outputs(store), *names)
        if not still_there(store.destination.parent, last.files):
            return None
        self._claim(task, names)
        return Outcome(
            workbook=task.workbook,
            verdict=self._verdict(last.row, refused=last.refused, unchanged=True),
            row=last.row,
            files=tuple(store.destination.parent / name for name in names),
            pages=last.pages,
        )

    def _current(self, task: Task, store: Store, digest: str) -> str:
        """The layout for which a build's documents are as they should; a killed one is finished."""
        if self.plan.aim is not Aim.BUILD:
            return ""
        last = store.record().last
        if last is not None and not last.done:
            store.repair()
            last = store.record().last
        layout = self._around.layout(last.layout, task.request) if last else None
        if last is None or layout is None or last.workbook_hash != digest:
            return ""
        key = self._around.build_key(digest, layout, task.request)
        return layout.id if store.is_current(key) else ""

    def _outcome_key(self, build_key: str, request: Request) -> str:
        plan = self.plan
        return self._around.outcome_key(
            build_key, request, plan.aim, strict=plan.strict, annotate=plan.annotate
        )

    # --- what came back --------------------------------------------------------------------------

    def _written(self, task: Task, store: Store, digest: str, made: Made, row: Row) -> Outcome:
        self._check_names(task, made)
        layout = self._around.layout(row.layout, task.request)
        if layout is None:
            raise PerfgenError(f"版式 {row.layout} 在处理时不见了", hint="再运行一次")
        build_key = self._around.build_key(digest, layout, task.request)
        copies = self._copies(task, made)
        if self.plan.aim is Aim.DISCLOSE:
            copies |= made.documents
        self._claim(task, tuple(copies))
        home = store.destination.parent
        aside: tuple[Path, ...] = ()
        pages = made.pages
        if made.snapshot is not None:
            kept = store.keep(
                made.documents,
                new_build(
                    task.workbook.name, digest, build_key,
                    layout=row.layout, pages=made.pages, as_of=str(task.request.as_of or ""),
                ),
                made.snapshot,
                count=self.plan.keep,
            )  # fmt: skip
            aside = tuple(kept.aside.values())
        elif made.current:
            last = store.record().last
            pages = last.pages if last else None
        write_whole({home / name: content for name, content in copies.items()})
        remember(
            store.folder,
            Remembered(
                key=self._outcome_key(build_key, task.request),
                row=row,
                refused=made.refused,
                pages=pages,
                files={name: content_hash(content) for name, content in copies.items()},
            ),
        )
        built = self.plan.aim is Aim.BUILD and not made.refused
        names = (*(self._outputs(store) if built else ()), *copies)
        return Outcome(
            workbook=task.workbook,
            verdict=self._verdict(row, refused=made.refused, unchanged=made.current),
            row=row,
            files=tuple(home / name for name in names),
            aside=aside,
            pages=pages,
            notices=made.notices,
        )

    def _check_names(self, task: Task, made: Made) -> None:
        """Refuse documents that were not asked for: a worker has no say in where is written."""
        for name in made.documents:
            if self.plan.aim is Aim.DISCLOSE:
                right = re.fullmatch(r"[^/\\:\x00-\x1f]+\.(pdf|sha256)", name) is not None
            else:
                right = name in task.request.formats
            if not right:
                raise OutputError(
                    f"收到了没有要的文件“{name}”，没有写", hint="检查那台机器上的 perfgen"
                )

    def _copies(self, task: Task, made: Made) -> dict[str, bytes]:
        """The annotated copy by its name, where one is wanted."""
        from perfgen.workbook.annotating import is_annotated  # noqa: PLC0415  (not for all)

        if made.annotated is None:
            return {}
        name = f"{task.destination.name}{ANNOTATED}{task.workbook.suffix}"
        there = task.destination.parent / name
        if there.is_file() and not is_annotated(there.read_bytes()):
            raise OutputError(
                f"{there} 已经存在，又不是批注副本，没有覆盖", hint="换一个文件名，或先移走它"
            )
        return {name: made.annotated}

    def _claim(self, task: Task, names: tuple[str, ...]) -> None:
        """Note whose these files are. Two workbooks may well disclose one standard name."""
        with self._lock:
            for name in names:
                path = task.destination.parent / name
                owner = self._claimed.setdefault(path, task.workbook)
                if owner != task.workbook:
                    raise OutputError(
                        f"{name} 已由 {owner} 生成，没有覆盖",
                        hint="单位、年度和版式都相同，只留一份，或分开放到两个文件夹",
                    )

    def _outputs(self, store: Store) -> Mapping[str, str]:
        last = store.record().last
        return last.outputs if last else {}

    def _verdict(self, row: Row, *, refused: bool, unchanged: bool) -> Verdict:
        if self.plan.aim is Aim.CHECK:
            severities = list(Severity)
            grave = severities[: severities.index(self.plan.fail_on) + 1]
            bad = any(row.findings.get(severity.value) for severity in grave)
            return Verdict.REFUSED if bad else Verdict.CHECKED
        if refused:
            return Verdict.REFUSED
        return Verdict.UNCHANGED if unchanged else Verdict.BUILT
