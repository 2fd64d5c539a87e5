"""What is dropped (拖进来) goes on where it belongs; recent work is cleared."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import PerfgenError, WorkbookError
from perfgen.web.flows import checking, many, pulling
from perfgen.web.flows.uploads import dropped
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.shown import not_found, page
from perfgen.web.works import Meta, Work
from perfgen.workbook.opening import WorkbookFile, look_at


async def drop(visit: Visit) -> Response:
    """Take workbooks that were dropped: one has its page at once."""
    try:
        files = await dropped(visit)
    except WorkbookError as error:
        return page("message.html", 413, title=error.message, text=error.hint or "")
    if not files:
        return RedirectResponse("/", status_code=303)
    try:
        where = await run_in_threadpool(_taken, office_of(visit), files)
    except PerfgenError as error:
        return page("message.html", 422, title=error.message, text=error.hint or "")
    return RedirectResponse(where, status_code=303)


def _is_word(file: WorkbookFile) -> bool:
    return file.name.lower().endswith(".docx")


def _taken(office: Office, files: Sequence[WorkbookFile]) -> str:
    """The address of the page on which it goes on. Raises PerfgenError."""
    if len(files) > 1:
        books = [file for file in files if not _is_word(file)]
        words = [file.name for file in files if _is_word(file)]
        if not books:
            raise WorkbookError("这些都是 Word 文件，一次只能写回一个", hint="请返回，一个一个拖")
        return many.take(office, books, words).address
    if _is_word(files[0]):
        return pulling.take_document(office, files[0])
    work = office.works.add(Meta(name=files[0].name), files[0].content)
    checking.begin_all(office, work)
    return work.address


async def drop_again(visit: Visit) -> Response:
    """Take a work's workbook anew, and compare it with what it was; or its edited Word file."""
    work = work_of(visit)
    if work is None:
        return not_found()
    where = f"/works/{work.id}"
    try:
        files = await dropped(visit)
    except WorkbookError as error:
        return page("message.html", 413, title=error.message, text=error.hint or "", back=where)
    if not files:
        return RedirectResponse(where, status_code=303)
    if _is_word(files[0]):
        await run_in_threadpool(pulling.keep, office_of(visit), work, files[0].content)
        return RedirectResponse(f"{where}/word", status_code=303)
    try:
        await run_in_threadpool(_renew, office_of(visit), work, files[0])
    except WorkbookError as error:
        text = f"{error.hint or ''}。没有换上这个文件，原来的还在。".lstrip("。")
        return page("message.html", 422, title=error.message, text=text, back=where)
    then = "/changes" if visit.query_params.get("then") == "changes" else ""
    return RedirectResponse(f"{where}{then}", status_code=303)


def _renew(office: Office, work: Work, file: WorkbookFile) -> None:
    """Take the file in the workbook's place. Raises WorkbookError where it is no workbook."""
    look_at(file)
    newer = office.works.add_version(work, file.content, name=file.name)
    checking.begin_all(office, newer)


def forget(visit: Visit) -> Response:
    """Take one work away."""
    work = work_of(visit)
    if work is not None:
        for member in many.members(office_of(visit), work):
            office_of(visit).forget(member)
        office_of(visit).forget(work)
    return RedirectResponse("/", status_code=303)


def forget_all(visit: Visit) -> Response:
    """Take all recent work away."""
    office_of(visit).forget_all()
    return RedirectResponse("/", status_code=303)


routes = [
    Route("/works", drop, methods=["POST"]),
    Route("/works/{work}/workbook", drop_again, methods=["POST"]),
    Route("/works/{work}/forget", forget, methods=["POST"]),
    Route("/forget", forget_all, methods=["POST"]),
]
