"""The pages (看页面): each as a picture, with spots to point at."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from perfgen.web.addresses import number
from perfgen.web.flows.waiting import Awaited
from perfgen.web.office import Office, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import not_found, page
from perfgen.web.tasks import seeing as tasks
from perfgen.web.works import Work


def begin(office: Office, work: Work) -> Ticket:
    """Have the pages of a work's version printed. Raises SettingsError."""

    def finish(answer: tuple[dict[str, Any], tuple[bytes, ...]]) -> Any:
        data, pictures = answer
        return data, {_name(number): one for number, one in enumerate(pictures, 1)}

    request = office.request(work)
    return office.ask(work, "pages", tasks.pages, (work.workbook, request), finish)


def _show(work: Work, data: dict[str, Any]) -> Response:
    if not data["ok"]:
        return page("part/no_pages.html", work=work, data=data)
    return page("part/pages.html", work=work, data=data)


pages = Awaited("pages", begin, _show, "页面")


def picture(visit: Visit) -> Response:
    """Return the picture of one page."""
    work = work_of(visit)
    file = work.place / _name(visit.path_params["number"]) if work else None
    if file is None or not file.is_file():
        return not_found("这一页")
    return FileResponse(file, media_type="image/svg+xml")


def origin(visit: Visit) -> Response:
    """Return where what stands on a spot came from."""
    work = work_of(visit)
    data = work.result("pages") if work else None
    if work is None or data is None or not data["ok"]:
        return not_found("这一页")
    wanted = visit.path_params["spot"]
    spots = (spot for one in data["pages"] for spot in one["spots"])
    spot = next((spot for spot in spots if spot["id"] == wanted), None)
    if spot is None:
        return not_found("这一处")
    origins = [data["origins"][number] for number in spot["origins"]]
    return page("part/origin.html", origins=origins)


def _name(number: int) -> str:
    return f"page-{number}.svg"


routes = [
    *pages.routes(),
    Route(f"/works/{{work}}/pictures/{number('version')}/{number('number')}.svg", picture),
    Route(f"/works/{{work}}/origins/{number('spot')}", origin),
]
