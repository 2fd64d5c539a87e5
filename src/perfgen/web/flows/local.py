"""Files on this machine (本机的文件): opened by name, and followed from save to save.

A browser tells a page what a dropped file holds, but never where it lies; so only a file that was
named can be watched.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import PerfgenError, WorkbookError
from perfgen.web.flows import checking
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.shown import not_found, page
from perfgen.web.works import Meta
from perfgen.workbook.opening import read_file

MOST_LISTED = 200
_SUFFIXES = (".xlsx", ".xlsm")
_SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再用"
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

    A save counts when the file looks the same twice and can be read.
    """
    work = work_of(visit)
    if work is None or not work.meta.watched:
        return HTMLResponse("", status_code=_STOP_POLLING)
    path = Path(work.meta.path)
    stamp = _stamp(path)
    if stamp in ("", work.meta.stamp):
        return Response(status_code=_NOTHING_NEW)
    office = office_of(visit)
    if not work.meta.stamp.endswith(f"?{stamp}"):  # seen once: it may still be written
        office.works.note(work, stamp=f"{work.meta.stamp.partition('?')[0]}?{stamp}")
        return Response(status_code=_NOTHING_NEW)
    try:
        content = read_file(path).content
    except PerfgenError:
        return Response(status_code=_NOTHING_NEW)
    newer = office.works.add_version(work, content, stamp=stamp)
    checking.begin_all(office, newer)
    return Response(status_code=_NOTHING_NEW, headers={"hx-trigger": "workbook-saved"})


def switch(visit: Visit) -> Response:
    """Begin to watch a file, or leave it."""
    work = work_of(visit)
    if work is None or not work.meta.path:
        return not_found()
    meta = replace(work.meta, watched=not work.meta.watched)
    work = office_of(visit).works.note(work, watched=meta.watched)
    return page("part/watch.html", work=work)


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
