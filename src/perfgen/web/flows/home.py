"""The first page (首页): where workbooks are dropped, and recent work."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import WorkbookError
from perfgen.web.flows import checking
from perfgen.web.flows.uploads import dropped
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.shown import page
from perfgen.web.works import Meta, Work
from perfgen.workbook.opening import WorkbookFile


def home(visit: Visit) -> Response:
    """Return the first page; the children start when it is answered."""
    office = office_of(visit)
    answer = page("home.html", works=office.works.all()[:12], folder=office.folder)
    answer.background = BackgroundTask(_settle, office)
    return answer


def _settle(office: Office) -> None:
    office.pool.warm()
    office.works.clean()


async def drop(visit: Visit) -> Response:
    """Take workbooks that were dropped: one has its page at once."""
    try:
        files = await dropped(visit)
    except WorkbookError as error:
        return page("message.html", 413, title=error.message, text=error.hint or "")
    works = await run_in_threadpool(_taken, office_of(visit), files)
    where = f"/works/{works[0].id}" if len(works) == 1 else "/"
    return RedirectResponse(where, status_code=303)


def _taken(office: Office, files: Sequence[WorkbookFile]) -> list[Work]:
    works = [office.works.add(Meta(name=file.name), file.content) for file in files]
    for work in works[:1] if len(works) == 1 else ():
        checking.begin_all(office, work)
    return works


def forget(visit: Visit) -> Response:
    """Take one work away."""
    work = work_of(visit)
    if work is not None:
        office_of(visit).works.forget(work)
    return RedirectResponse("/", status_code=303)


def forget_all(visit: Visit) -> Response:
    """Take all recent work away."""
    office_of(visit).works.forget_all()
    return RedirectResponse("/", status_code=303)


routes = [
    Route("/", home),
    Route("/works", drop, methods=["POST"]),
    Route("/works/{work}/forget", forget, methods=["POST"]),
    Route("/forget", forget_all, methods=["POST"]),
]
