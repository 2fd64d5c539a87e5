"""A result that is there, is being made, or could not be made (等结果): the same for every flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import Response
from starlette.routing import Route

from perfgen.errors import PerfgenError
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import not_found, page
from perfgen.web.tasks.telling import error_data
from perfgen.web.works import Work

PATIENCE = 0.6
"""Seconds for which an answer waits for the result, so that most pages need ask only once."""

Begin = Callable[[Office, Work], Ticket]
Show = Callable[[Work, dict[str, Any]], Response]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A result of a work's version: its name, how it is begun, and the part of the page for it.

    The part is found below the work's address, by the result's name.
    """

    name: str
    begin: Begin
    show: Show
    what: str

    def answer(self, visit: Visit) -> Response:
        """Return the part of the page: the result, its progress, or what was in the way."""
        work = work_of(visit)
        if work is None:
            return not_found()
        data = work.result(self.name)
        if data is not None:
            return self.show(work, data)
        office = office_of(visit)
        ticket = office.ticket(work, self.name)
        if ticket is None:
            try:
                ticket = self.begin(office, work)
            except PerfgenError as error:
                return self.show(work, error_data(error))
        if ticket.wait(PATIENCE):
            work = work_of(visit) or work  # more is known of it now
            data = work.result(self.name)
            if data is not None:
                return self.show(work, data)
        trouble = ticket.trouble if ticket.done else ""
        return page(
            "part/waiting.html", work=work, name=self.name, what=self.what,
            stage=ticket.stage(), trouble=trouble,
        )  # fmt: skip

    def stop(self, visit: Visit) -> Response:
        """Stop the making of it."""
        work = work_of(visit)
        if work is None:
            return not_found()
        ticket = office_of(visit).ticket(work, self.name)
        if ticket is not None:
            ticket.stop()
        return self.answer(visit)

    def again(self, visit: Visit) -> Response:
        """Begin it anew."""
        work = work_of(visit)
        if work is None:
            return not_found()
        office = office_of(visit)
        office.pool.forget(office.key(work, self.name))
        (work.place / f"{self.name}.json").unlink(missing_ok=True)
        return self.answer(visit)

    def routes(self) -> list[Route]:
        """Return the addresses of the part, of its stop, and of another try."""
        path = f"/works/{{work}}/{self.name}"
        return [
            Route(path, self.answer, methods=["GET"]),
            Route(f"{path}/stop", self.stop, methods=["POST"]),
            Route(f"{path}/again", self.again, methods=["POST"]),
        ]
