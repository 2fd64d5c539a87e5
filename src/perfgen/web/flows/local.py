"""Files on this machine (本机的文件): opened by name, and followed from save to save.

A browser tells a page what a dropped file holds, but never where it lies; so only a file that was
named can be watched.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import PerfgenError, WorkbookError
from perfgen.web.flows import checking
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.shown import not_found, page
from perfgen.web.works import Meta, Work
from perfgen.workbook.opening import look_at, read_file

MOST_LISTED = 200
_SUFFIXES = (".xlsx", ".xlsm")
_SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用"
AWAY = "文件不在原处了：移动、改名或删除了；放回原处就接着守"
_NOTHING_NEW = 204
_STOP_POLLING = 286
"""What htmx takes for the end of asking again and again."""


def listed(visit: Visit) -> Response:
    """Return the workbooks of the folder in which `serve` was started."""
    office = office_of(visit)
    files = sorted(
        (file for file in office.folder.glob("*.xls[xm]") if file.name[0] not in "~."),
        key=lambda file: file.name,
    )
    return page("local.html", folder=office.folder, names=[f.name for f in files[:MOST_LISTED]],
                typed="", error=None)  # fmt: skip


async def opened(visit: Visit) -> Response:
    """Open the file that was named: from the list, or by its whole path."""
    async with visit.form(max_files=0, max_fields=5) as form:
        typed = str(form.get("path", "")).strip().strip('"“”')
    return await run_in_threadpool(_opened, office_of(visit), typed)


def _opened(office: Office, typed: str) -> Response:
    try:
        path = office.folder / Path(typed).expanduser()  # a whole path stands for itself
        if path.is_file() and path.suffix.lower() not in _SUFFIXES:
            raise WorkbookError(f"{path.name} 不是 .xlsx、.xlsm 工作簿", hint=_SAVE_AS)
        file = read_file(path)
    except (PerfgenError, ValueError, RuntimeError) as error:  # no such user; a character of none
        message = error if isinstance(error, PerfgenError) else PerfgenError("写的不是文件名")
        return page("local.html", 404, folder=office.folder, names=[], typed=typed, error=message)
    known = (work for work in office.works.all() if work.meta.path == str(path))
    stamp = _stamp(path)
    work = next(known, None)
    if work is None:
        meta = Meta(name=path.name, path=str(path), stamp=stamp, watched=True)
        work = office.works.add(meta, file.content)
    elif work.meta.stamp != stamp:
        work = office.works.add_version(work, file.content, stamp=stamp)
    checking.begin_all(office, work)
    return RedirectResponse(f"/works/{work.id}", status_code=303)


def watch(visit: Visit) -> Response:
    """Look whether a watched file was saved; the page asks every two seconds.

    A save counts when the file looks the same twice and can be read. A file that is away or cannot
    be read is told, once: the page says in `told` what stands there already.
    """
    work = work_of(visit)
    if work is None:
        return Response(status_code=_STOP_POLLING, headers={"hx-reswap": "none"})
    if not work.meta.watched:  # left in another tab
        return page("part/watch.html", _STOP_POLLING, work=work, trouble="")
    path = Path(work.meta.path)
    stamp = _stamp(path)
    told = visit.query_params.get("told", "")
    if not stamp:
        return _told(work, AWAY, told)
    if stamp == work.meta.stamp:
        return _told(work, "", told)
    office = office_of(visit)
    if not work.meta.stamp.endswith(f"?{stamp}"):  # seen once: it may still be written
        office.works.note(work, stamp=f"{work.meta.stamp.partition('?')[0]}?{stamp}")
        return Response(status_code=_NOTHING_NEW)
    try:
        file = read_file(path)
        look_at(file)
    except PerfgenError as error:
        return _told(work, error.message, told)
    newer = office.works.add_version(work, file.content, stamp=stamp)
    checking.begin_all(office, newer)
    answer = _told(work, "", told)
    answer.headers["hx-trigger"] = "workbook-saved"
    return answer


def _told(work: Work, trouble: str, told: str) -> Response:
    """The button with what is wrong with the file; nothing where the page says so already."""
    if trouble == told:
        return Response(status_code=_NOTHING_NEW)
    return page("part/watch.html", work=work, trouble=trouble)


def switch(visit: Visit) -> Response:
    """Begin to watch a file, or leave it."""
    work = work_of(visit)
    if work is None or not work.meta.path:
        return not_found()
    meta = replace(work.meta, watched=not work.meta.watched)
    work = office_of(visit).works.note(work, watched=meta.watched)
    return page("part/watch.html", work=work, trouble="")


def _stamp(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_size}-{state.st_mtime_ns}"


routes = [
    Route("/local", listed, methods=["GET"]),
    Route("/local", opened, methods=["POST"]),
    Route("/works/{work}/watch", watch, methods=["GET"]),
    Route("/works/{work}/watch", switch, methods=["POST"]),
]
