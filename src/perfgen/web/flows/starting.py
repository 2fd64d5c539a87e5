"""Starting (新建): a layout is chosen by its pages, and the fill-in workbook is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Visit
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from perfgen.errors import PerfgenError
from perfgen.layouts import available_layouts, load_layout
from perfgen.layouts.files import page_pictures
from perfgen.model.layout import Layout
from perfgen.model.years import YEAR_HINT, as_year
from perfgen.settings import find_settings
from perfgen.web.addresses import number
from perfgen.web.office import Office, office_of, work_of
from perfgen.web.shown import attachment, not_found, page
from perfgen.web.tasks import starting as tasks
from perfgen.web.works import FORM, WORKBOOK, Meta


@dataclass(frozen=True, slots=True)
class Choice:
    """A layout that may be chosen, with the pictures of its pages."""

    layout: Layout
    pictures: int


def choose(visit: Visit) -> Response:
    """Return the page on which a layout is chosen."""
    return _page(office_of(visit), {})


def _page(office: Office, typed: Mapping[str, str], error: PerfgenError | None = None) -> Response:
    choices = _choices(_folders(office))
    chosen = typed.get("layout", "")
    values = {"unit": typed.get("unit", ""), "year": typed.get("year", ""), "layout": chosen}
    return page("start.html", 422 if error else 200, choices=choices, typed=values, error=error)


def _folders(office: Office) -> tuple[Path, ...]:
    try:
        return find_settings(office.folder).layouts
    except PerfgenError:  # told where a workbook is checked
        return ()


def _choices(folders: tuple[Path, ...]) -> list[Choice]:
    found: list[Choice] = []
    for folder in available_layouts(folders).values():
        try:
            found.append(Choice(load_layout(folder), len(page_pictures(folder))))
        except PerfgenError:  # `perfgen layouts` tells a technician what is wrong with it
            continue
    return found


def picture(visit: Visit) -> Response:
    """Return the picture of a layout's page."""
    folder = available_layouts(_folders(office_of(visit))).get(visit.path_params["layout"])
    try:
        pictures = page_pictures(folder) if folder else ()
    except PerfgenError:
        pictures = ()
    place = visit.path_params["number"] - 1
    if not 0 <= place < len(pictures):
        return not_found("这一页")
    return FileResponse(pictures[place], media_type="image/png")


async def start(visit: Visit) -> Response:
    """Make the fill-in workbook; it has a page of its own."""
    async with visit.form(max_files=0, max_fields=10) as form:
        typed = {name: str(form.get(name, "")).strip() for name in ("layout", "unit", "year")}
    return await run_in_threadpool(_started, office_of(visit), typed)


def _started(office: Office, typed: Mapping[str, str]) -> Response:
    year = as_year(typed["year"]) if typed["year"] else None
    if typed["year"] and year is None:
        return _page(office, typed, PerfgenError(f"读不懂年度“{typed['year']}”", hint=YEAR_HINT))
    if not typed["layout"]:
        return _page(office, typed, PerfgenError("还没有选做哪一种", hint="在下面选一种报告"))
    arguments = typed["layout"], _folders(office), typed["unit"], year
    try:
        name, content, note = office.answer(tasks.start, arguments)
    except PerfgenError as error:
        return _page(office, typed, error)
    work = office.works.add(Meta(name=name, kind=FORM, note=note), content)
    return RedirectResponse(f"/start/{work.id}", status_code=303)


def started(visit: Visit) -> Response:
    """Return the page of a workbook that is to be filled in."""
    work = work_of(visit)
    return page("started.html", work=work) if work else not_found()


def form_workbook(visit: Visit) -> Response:
    """Return the fill-in workbook."""
    work = work_of(visit)
    if work is None or work.meta.kind != FORM:
        return not_found()
    content = (work.version(1) / WORKBOOK).read_bytes()
    return attachment(content, work.meta.name)


routes = [
    Route("/start", choose, methods=["GET"]),
    Route("/start", start, methods=["POST"]),
    Route("/start/{work}", started),
    Route("/start/{work}/workbook.xlsx", form_workbook),
    Route(f"/layouts/{{layout}}/{number('number')}.png", picture),
]
