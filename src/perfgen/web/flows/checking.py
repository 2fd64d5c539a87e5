"""The check (检查): the work's own page and its findings."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import PerfgenError
from perfgen.web.flows import seeing
from perfgen.web.flows.waiting import Awaited
from perfgen.web.office import Office, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import attached_file, not_found, page
from perfgen.web.tasks import checking as tasks
from perfgen.web.works import Work

SNAPSHOT, ANNOTATED = "snapshot.json", "annotated.xlsx"


def begin(office: Office, work: Work) -> Ticket:
    """Have a work's version checked. Raises SettingsError."""
    request = office.request(work)

    def finish(answer: tuple[dict[str, Any], bytes]) -> Any:
        data, snapshot = answer
        office.works.note(work, title=f"{data['year']}年度{data['unit']}{data['document']}")
        return data, {SNAPSHOT: snapshot}

    return office.ask(
        work, "findings", tasks.check, (work.workbook, request, _snapshot_before(work)), finish
    )


def _snapshot_before(work: Work) -> bytes | None:
    """The snapshot of the last version that could be read."""
    for number in range(work.meta.version - 1, 0, -1):
        file = work.version(number) / SNAPSHOT
        if file.is_file():
            return file.read_bytes()
    return None


def begin_all(office: Office, work: Work) -> None:
    """Begin all that the work's page will ask for, findings first.

    What is in the way is told when the page asks.
    """
    with suppress(PerfgenError):
        findings.begin(office, work)
        seeing.pages.begin(office, work)


def _show(work: Work, data: dict[str, Any]) -> Response:
    if not data["ok"]:
        return page("part/unchecked.html", work=work, data=data)
    return page("part/findings.html", work=work, data=data)


findings = Awaited("findings", begin, _show, "检查")


def work_page(visit: Visit) -> Response:
    """Return the page of a work: its findings beside its pages."""
    work = work_of(visit)
    return page("work.html", work=work, trouble="") if work else not_found()


def annotated(visit: Visit) -> Response:
    """Return the annotated copy; the page asks again until it is made."""
    work = work_of(visit)
    if work is None:
        return not_found()
    file = work.place / ANNOTATED
    if not file.is_file():
        return RedirectResponse(f"/works/{work.id}", status_code=303)
    return attached_file(file, f"{work.stem}-批注{work.suffix}")


def _begin_annotated(office: Office, work: Work) -> Ticket:
    def finish(answer: tuple[bytes, tuple[str, ...]]) -> Any:
        content, notices = answer
        return {"ok": True, "notices": list(notices)}, {ANNOTATED: content}

    request = office.request(work)
    return office.ask(work, "annotation", tasks.annotate, (work.workbook, request), finish)


def _show_annotated(work: Work, data: dict[str, Any]) -> Response:
    return page("part/annotation.html", work=work, data=data)


annotation = Awaited("annotation", _begin_annotated, _show_annotated, "批注副本")

routes = [
    Route("/works/{work}", work_page),
    Route("/works/{work}/annotated.xlsx", annotated),
    *findings.routes(),
    *annotation.routes(),
]
