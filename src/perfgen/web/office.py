"""What all flows stand on (工作台): recent work, the children that do it, and this machine's files.

A server for a whole office would give each visitor an office of his own, without files by name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request as Visit

from perfgen.errors import PerfgenError
from perfgen.web.pool import Pool, Task, Ticket
from perfgen.web.tasks.telling import error_data
from perfgen.web.works import Work, Works, private, write_results

PATIENCE = 120.0
"""Seconds for which a short task is waited for."""

if TYPE_CHECKING:
    from perfgen.build import Request

Finish = Callable[[Any], tuple[Mapping[str, Any], Mapping[str, bytes]]]
"""Makes of a child's answer the data of its result, and the files beside it."""


@dataclass(frozen=True, slots=True)
class Office:
    """One officer's works and children. `folder` is where `serve` was started."""

    works: Works
    pool: Pool
    folder: Path

    def forget(self, work: Work) -> None:
        """Take a work away, and stop what is being done for it."""
        self.pool.forget_all(work.id)
        self.works.forget(work)

    def forget_all(self) -> None:
        """Take all recent work away."""
        self.pool.forget_all()
        self.works.forget_all()

    def request(self, work: Work) -> Request:
        """Return what is asked of a work's workbook: by the perfgen.toml beside it, if any.

        Raises SettingsError.
        """
        from perfgen.asking import request_for  # noqa: PLC0415  (the first page waits for none)

        beside = Path(work.meta.path) if work.meta.path else self.folder / work.meta.name
        return request_for(beside, layout_id=None, layouts=())[0]

    def ask(
        self, work: Work, name: str, function: Callable[..., Any], arguments: tuple[Any, ...],
        finish: Finish, *, behind: bool = False,
    ) -> Ticket:  # fmt: skip
        """Have a task done whose result is kept beside the work's version, under `name`.

        `arguments` go before the file in which the child tells its progress; what waits `behind`
        lets others pass.
        """
        progress = work.place / f"{name}.stage"

        def done(answer: Any) -> None:
            data, files = finish(answer)
            self._keep(work, name, data, files)

        def failed(error: PerfgenError) -> None:
            self._keep(work, name, error_data(error), {})

        task = Task(function, (*arguments, progress), done, failed, behind)
        return self.pool.ask(self.key(work, name), progress, task)

    def answer(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Have a short task done whose answer is waited for, and return it.

        `arguments` go before the file for progress. Raises the PerfgenError that it raises, or one
        that says what was in the way.
        """
        told: dict[str, Any] = {}
        number = secrets.token_hex(8)
        private(self.works.home)
        progress = self.works.home / f"{number}.stage"
        task = Task(
            function,
            (*arguments, progress),
            lambda answer: told.update(answer=answer),
            lambda error: told.update(error=error),
        )
        ticket = self.pool.ask(("short", number), progress, task)
        ticket.wait(PATIENCE)
        ticket.stop()
        self.pool.forget(("short", number))
        progress.unlink(missing_ok=True)
        if "answer" in told:
            return told["answer"]
        raise told.get("error") or PerfgenError(ticket.trouble or "等得太久，没有做完")

    def key(self, work: Work, name: str) -> tuple[str, ...]:
        """Return the key of a task of a work's version."""
        return work.id, f"{work.meta.version}", name

    def ticket(self, work: Work, name: str) -> Ticket | None:
        """Return the ticket of a task that did not come to its end."""
        return self.pool.ticket(self.key(work, name))

    def _keep(
        self, work: Work, name: str, data: Mapping[str, Any], files: Mapping[str, bytes]
    ) -> None:
        if work.folder.is_dir():  # else it was forgotten meanwhile
            write_results(work.place, {name: data}, files)


def office_of(visit: Visit) -> Office:
    """Return the office that a request is for."""
    office: Office = visit.app.state.office
    return office


def work_of(visit: Visit) -> Work | None:
    """Return the work that a request's path names; None where it is no longer there."""
    return office_of(visit).works.find(visit.path_params["work"])
