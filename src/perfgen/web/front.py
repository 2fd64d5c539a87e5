"""The first page (首页), and what may be loaded only when it is answered.

An officer who opens the page should not wait for all that a check or a print needs: that is loaded
while the page is looked at.
"""

from __future__ import annotations

from importlib import import_module
from threading import Lock, Thread

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from perfgen.web.office import Office, office_of
from perfgen.web.shown import page

MOST_LISTED = 12


class Flows:
    """All flows, loaded when the first of them is asked for, or the first page was answered."""

    def __init__(self) -> None:
        """Load nothing yet."""
        self._router: Router | None = None
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request by the flow that it is for."""
        router = await run_in_threadpool(self.load)
        await router(scope, receive, send)

    def load(self) -> Router:
        """Return the router of all flows."""
        with self._lock:
            if self._router is None:
                self._router = Router(import_module("perfgen.web.flows").ROUTES)
            return self._router


def home(visit: Visit) -> Response:
    """Return the first page; the children start when it is answered."""
    office = office_of(visit)
    works = [work for work in office.works.all() if not work.meta.among]
    answer = page("home.html", works=works[:MOST_LISTED])
    settling = Thread(target=_settle, args=(office, visit.app.state.flows), daemon=True)
    answer.background = BackgroundTask(settling.start)
    return answer


def _settle(office: Office, flows: Flows) -> None:
    office.pool.warm()
    flows.load()
    office.works.clean()
