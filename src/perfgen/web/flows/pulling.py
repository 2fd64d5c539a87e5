"""Back from Word (写回): the edited file is dropped, each edit taken or left, a copy fetched."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import DocumentError, WorkbookError
from perfgen.files import write_whole
from perfgen.web.flows.checking import begin_all
from perfgen.web.flows.uploads import dropped
from perfgen.web.flows.waiting import Awaited
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import attached_file, not_found, page
from perfgen.web.tasks import pulling as tasks
from perfgen.web.works import WORKBOOK, Work, read_json, write_results
from perfgen.workbook.opening import WorkbookFile

EDITED = "改过的报告.docx"
COPY = "copy.xlsx"


def word_page(visit: Visit) -> Response:
    """Return the page on which an edited Word file is dropped, and its edits are shown."""
    work = work_of(visit)
    if work is None:
        return not_found()
    return page("word.html", work=work, dropped=(work.place / EDITED).is_file())


async def drop(visit: Visit) -> Response:
    """Take an edited Word file; what was found in another one is forgotten."""
    work = work_of(visit)
    if work is None:
        return not_found()
    try:
        files = await dropped(visit)
    except WorkbookError as error:
        where = f"/works/{work.id}/word"
        return page("message.html", 413, title=error.message, text=error.hint or "", back=where)
    if files:
        await run_in_threadpool(keep, office_of(visit), work, files[0].content)
    return RedirectResponse(f"/works/{work.id}/word", status_code=303)


def take_document(office: Office, file: WorkbookFile) -> str:
    """Take a Word file that was dropped anywhere to the work that it was printed from.

    Returns the address of the page with its edits. Raises DocumentError where there is none.
    """
    wanted = office.answer(tasks.origin, (file.content, file.name))
    for work in office.works.all():
        versions = range(work.meta.version, 0, -1)
        found = (read_json(work.version(number) / "findings.json") for number in versions)
        if any(data is not None and data.get("input") == wanted for data in found):
            keep(office, work, file.content)
            return f"/works/{work.id}/word"
    raise DocumentError(
        f"最近的工作里没有生成 {file.name} 的工作簿",
        hint="先把那个工作簿拖进来，再在它的“从 Word 写回”里拖 Word 文件",
    )


def keep(office: Office, work: Work, content: bytes) -> None:
    """Keep an edited Word file; what was found in another one is forgotten."""
    for name in ("edits", "copy"):
        office.pool.forget(office.key(work, name))
        (work.place / f"{name}.json").unlink(missing_ok=True)
    write_whole({work.place / EDITED: content})


def _begin(office: Office, work: Work) -> Ticket:
    arguments = work.place / EDITED, work.place / WORKBOOK, office.request(work).layouts
    return office.ask(work, "edits", tasks.edits, arguments, lambda data: (data, {}))


def _show(work: Work, data: dict[str, Any]) -> Response:
    name = "part/edits.html" if data["ok"] else "part/unread.html"
    return page(name, work=work, data=data)


edits = Awaited("edits", _begin, _show, "对照")


async def take(visit: Visit) -> Response:
    """Note which edits are to be taken, and have the copy made."""
    work = work_of(visit)
    if work is None:
        return not_found()
    async with visit.form(max_files=0, max_fields=5000) as form:
        numbers = [str(item) for item in form.getlist("take")]
    return await run_in_threadpool(_take, visit, work, numbers)


def _take(visit: Visit, work: Work, numbers: list[str]) -> Response:
    office = office_of(visit)
    office.pool.forget(office.key(work, "copy"))
    (work.place / "copy.json").unlink(missing_ok=True)
    taken = {"taken": [int(one) for one in numbers if one.isascii() and one.isdigit()]}
    write_results(work.place, {"taken": _with_groups(work, taken)}, {})
    return copy.answer(visit)


def _with_groups(work: Work, taken: dict[str, list[int]]) -> dict[str, list[int]]:
    """What was taken, and all that is only made together with it."""
    changes = (work.result("edits") or {}).get("changes", ())
    groups = {one["group"] for one in changes if one["number"] in taken["taken"] and one["group"]}
    return {
        "taken": [
            one["number"]
            for one in changes
            if one["number"] in taken["taken"] or one["group"] in groups
        ]
    }


def _begin_copy(office: Office, work: Work) -> Ticket:
    taken = frozenset((work.result("taken") or {}).get("taken", ()))
    layouts = office.request(work).layouts
    arguments = work.place / EDITED, work.place / WORKBOOK, layouts, taken

    def finish(answer: tuple[dict[str, Any], bytes]) -> Any:
        data, content = answer
        return data, {COPY: content}

    return office.ask(work, "copy", tasks.take, arguments, finish)


def _show_copy(work: Work, data: dict[str, Any]) -> Response:
    name = "part/copy.html" if data["ok"] else "part/unread.html"
    return page(name, work=work, data=data)


copy = Awaited("copy", _begin_copy, _show_copy, "写回")


def copied(visit: Visit) -> Response:
    """Return the copy of the workbook."""
    work = work_of(visit)
    file = work.place / COPY if work else None
    if work is None or file is None or not file.is_file():
        return not_found("副本")
    return attached_file(file, f"{work.stem}-写回{work.suffix}")


def go_on(visit: Visit) -> Response:
    """Go on with the copy: it becomes the work's next version, and is checked."""
    work = work_of(visit)
    file = work.place / COPY if work else None
    if work is None or file is None or not file.is_file():
        return not_found("副本")
    office = office_of(visit)
    name = f"{work.stem.removesuffix('-写回')}-写回{work.suffix}"
    newer = office.works.add_version(
        work, file.read_bytes(), name=name, path="", stamp="", watched=False
    )
    begin_all(office, newer)
    return RedirectResponse(f"/works/{work.id}", status_code=303)


routes = [
    Route("/works/{work}/word", word_page, methods=["GET"]),
    Route("/works/{work}/word", drop, methods=["POST"]),
    Route("/works/{work}/take", take, methods=["POST"]),
    Route("/works/{work}/copied", copied, methods=["GET"]),
    Route("/works/{work}/copied", go_on, methods=["POST"]),
    *edits.routes(),
    *copy.routes(),
]
