"""The first page (首页): where workbooks are dropped, and recent work."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import WorkbookError
from perfgen.web.flows import checking, many, starting
from perfgen.web.flows.uploads import dropped
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.shown import page
from perfgen.web.works import Meta, Work
from perfgen.workbook.opening import WorkbookFile

MOST_LISTED = 12


def home(visit: Visit) -> Response:
    """Return the first page; the children start when it is answered."""
    office = office_of(visit)
    works = [work for work in office.works.all() if not work.meta.among]
    answer = page("home.html", works=works[:MOST_LISTED], at=_at)
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
    if not files:
        return RedirectResponse("/", status_code=303)
    work = await run_in_threadpool(_taken, office_of(visit), files)
    return RedirectResponse(_at(work), status_code=303)


def _taken(office: Office, files: Sequence[WorkbookFile]) -> Work:
    if len(files) > 1:
        return many.take(office, files)
    work = office.works.add(Meta(name=files[0].name), files[0].content)
    checking.begin_all(office, work)
    return work


def _at(work: Work) -> str:
    """The address of a work's page."""
    if work.meta.kind == many.MANY:
        return f"/many/{work.id}"
    unfilled = work.meta.kind == starting.FORM and work.meta.version == 1
    return f"/start/{work.id}" if unfilled else f"/works/{work.id}"


def forget(visit: Visit) -> Response:
    """Take one work away."""
    work = work_of(visit)
    if work is not None:
        for member in many.members(office_of(visit), work):
            office_of(visit).works.forget(member)
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
