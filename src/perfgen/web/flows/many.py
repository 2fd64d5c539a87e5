"""Many workbooks (多份): a table with progress, then a summary and a zip.

Each workbook is a work of its own, with a page of its own; the many are a work that names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import Response
from starlette.routing import Route

from perfgen.errors import PerfgenError
from perfgen.web.flows.fetching import ask_documents, documents_of, zip_of
from perfgen.web.flows.waiting import Awaited
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import attached_file, attachment, not_found, page
from perfgen.web.tasks import gathering as tasks
from perfgen.web.tasks.telling import error_data
from perfgen.web.works import MANY, WORKBOOK, Meta, Work, write_results
from perfgen.workbook.opening import WorkbookFile

SUMMARY = "summary.xlsx"


@dataclass(frozen=True, slots=True)
class Row:
    """One workbook in the table: its work, its result if there is one, and how far it is."""

    work: Work
    data: dict[str, Any] | None
    stage: str = ""
    trouble: str = ""


def take(office: Office, files: Sequence[WorkbookFile], others: Sequence[str] = ()) -> Work:
    """Keep many workbooks, and begin with them. `others` names what was dropped besides."""
    note = f"{'、'.join(others)} 没有检查：改过的 Word 文件请一个一个拖到首页" if others else ""
    work = office.works.add(Meta(name=f"{len(files)} 个工作簿", kind=MANY, note=note), b"")
    names = _apart([file.name for file in files])
    kept = [
        office.works.add(Meta(name=name, among=work.id), file.content)
        for name, file in zip(names, files, strict=True)
    ]
    write_results(work.place, {"members": {"numbers": [one.id for one in kept]}}, {})
    for member in kept:
        _row(office, member)
    return work


def _apart(names: Sequence[str]) -> list[str]:
    """Names of which no two are the same: files of two folders may be called alike."""
    found: list[str] = []
    known: set[str] = set()
    for name in names:
        path, number, other = Path(name), 2, name
        while other.lower() in known:
            other, number = f"{path.stem}（{number}）{path.suffix}", number + 1
        known.add(other.lower())
        found.append(other)
    return found


def members(office: Office, work: Work) -> list[Work]:
    """Return the works that a work names; none for any other."""
    numbers = (work.result("members") or {}).get("numbers", ()) if work.meta.kind == MANY else ()
    found = (office.works.find(number) for number in numbers)
    return [one for one in found if one is not None]


def _row(office: Office, work: Work) -> Row:
    """A workbook's row; what has no result and is not being done is begun."""
    data = work.result("documents")
    if data is not None:
        return Row(work, data)
    ticket = office.ticket(work, "documents")
    if ticket is None:
        try:
            ticket = ask_documents(office, work, behind=True)
        except PerfgenError as error:
            return Row(work, error_data(error))
    return Row(work, None, ticket.stage(), ticket.trouble if ticket.done else "")


def many_page(visit: Visit) -> Response:
    """Return the page of many workbooks."""
    work = work_of(visit)
    return page("many.html", work=work) if work and work.meta.kind == MANY else not_found()


def table(visit: Visit) -> Response:
    """Return the table as it stands; the page asks again until all are done."""
    work = work_of(visit)
    if work is None:
        return not_found()
    office = office_of(visit)
    rows = [_row(office, member) for member in members(office, work)]
    done = sum(row.data is not None or bool(row.trouble) for row in rows)
    bad = sum(row.data is not None and not row.data["ok"] for row in rows)
    stopped = sum(bool(row.trouble) for row in rows)
    return page("part/table.html", work=work, rows=rows, done=done, bad=bad, stopped=stopped)


def stop(visit: Visit) -> Response:
    """Stop all that is not done."""
    work = work_of(visit)
    office = office_of(visit)
    for member in members(office, work) if work else ():
        ticket = office.ticket(member, "documents")
        if ticket is not None:
            ticket.stop()
    return table(visit)


def again(visit: Visit) -> Response:
    """Begin again with what was stopped or came to nothing."""
    work = work_of(visit)
    office = office_of(visit)
    for member in members(office, work) if work else ():
        ticket = office.ticket(member, "documents")
        if ticket is not None and ticket.done:
            office.pool.forget(office.key(member, "documents"))
    return table(visit)


def _begin(office: Office, work: Work) -> Ticket:
    files = [(one.meta.name, one.place / WORKBOOK) for one in members(office, work)]

    def finish(answer: tuple[dict[str, Any], bytes]) -> Any:
        data, content = answer
        return data, {SUMMARY: content}

    return office.ask(work, "summary", tasks.gather, (files, office.request(work)), finish)


def _show(work: Work, data: dict[str, Any]) -> Response:
    return page("part/summary.html" if data["ok"] else "part/unread.html", work=work, data=data)


summary = Awaited("summary", _begin, _show, "汇总")


def summary_workbook(visit: Visit) -> Response:
    """Return the summary workbook."""
    work = work_of(visit)
    file = work.place / SUMMARY if work else None
    if file is None or not file.is_file():
        return not_found("汇总表")
    return attached_file(file, "汇总表.xlsx")


def zipped(visit: Visit) -> Response:
    """Return the documents of all workbooks, and the summary if there is one, in one zip."""
    work = work_of(visit)
    if work is None:
        return not_found()
    files: dict[str, bytes] = {}
    for member in members(office_of(visit), work):
        files |= documents_of(member)
    file = work.place / SUMMARY
    if file.is_file():
        files["汇总表.xlsx"] = file.read_bytes()
    if not files:
        text = "还没有一份报告做好。等做好了再取。"
        return page("message.html", 404, title="还没有报告", text=text, back=work.address)
    return attachment(zip_of(files), "报告.zip")


routes = [
    Route("/many/{work}", many_page),
    Route("/many/{work}/table", table),
    Route("/many/{work}/stop", stop, methods=["POST"]),
    Route("/many/{work}/again", again, methods=["POST"]),
    Route("/many/{work}/summary.xlsx", summary_workbook),
    Route("/many/{work}/all.zip", zipped),
    *summary.routes(),
]
