"""After an adjustment (变化): what changed since another time, and the builds of before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import Response
from starlette.routing import Route

from perfgen.comparing import compare
from perfgen.comparing.showing import count_words
from perfgen.keeping import Store
from perfgen.web.addresses import number
from perfgen.web.flows.checking import SNAPSHOT
from perfgen.web.flows.fetching import DOCUMENTS
from perfgen.web.flows.waiting import Awaited
from perfgen.web.office import Office, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import attached_file, attachment, not_found, page
from perfgen.web.tasks import changing as tasks
from perfgen.web.works import Work


@dataclass(frozen=True, slots=True)
class Built:
    """An earlier build, as the page lists it."""

    number: int
    time: str
    pages: int | None
    changes: str
    kinds: tuple[str, ...]


def changes_page(visit: Visit) -> Response:
    """Return the page of a work's changes, against the time before unless another is chosen."""
    work = work_of(visit)
    if work is None:
        return not_found()
    earlier = [number for number in range(work.meta.version - 1, 0, -1) if _has(work, number)]
    asked = visit.query_params.get("with", "")
    chosen = next((n for n in earlier if str(n) == asked), earlier[0] if earlier else None)
    builds = list(_builds(work))[::-1]
    return page("changes.html", work=work, earlier=earlier, chosen=chosen, builds=builds)


def _has(work: Work, number: int) -> bool:
    return (work.version(number) / SNAPSHOT).is_file()


def _awaited(number: int) -> Awaited:
    """What differs from a version: a result of its own for each."""

    def begin(office: Office, work: Work) -> Ticket:
        before = (work.version(number) / SNAPSHOT).read_bytes()
        arguments = work.workbook, before, office.request(work)
        return office.ask(work, f"changes-{number}", tasks.changes, arguments, finish)

    def finish(answer: tuple[dict[str, Any], dict[str, bytes]]) -> Any:
        data, files = answer
        data["kinds"] = list(files)
        return data, {f"changes-{number}.{kind}": content for kind, content in files.items()}

    def show(work: Work, data: dict[str, Any]) -> Response:
        name = "part/changes.html" if data["ok"] else "part/unread.html"
        return page(name, work=work, data=data, number=number)

    return Awaited(f"changes-{number}", begin, show, "对照")


def changes(visit: Visit) -> Response:
    """Return what differs from a version."""
    work, number = work_of(visit), visit.path_params["number"]
    if work is None or not _has(work, number):
        return not_found("那一次")
    return _awaited(number).answer(visit)


def stop(visit: Visit) -> Response:
    """Stop the comparison."""
    return _awaited(visit.path_params["number"]).stop(visit)


def again(visit: Visit) -> Response:
    """Compare once more."""
    return _awaited(visit.path_params["number"]).again(visit)


def table(visit: Visit) -> Response:
    """Return the 调整对照表."""
    work, number, kind = work_of(visit), visit.path_params["number"], visit.path_params["kind"]
    file = work.place / f"changes-{number}.{kind}" if work and kind in tasks.FORMATS else None
    if work is None or file is None or not file.is_file():
        return not_found("对照表")
    return attached_file(file, f"{work.stem}-调整对照表.{kind}")


def _builds(work: Work) -> Iterator[Built]:
    """The builds that are kept, each with what changed since the one before."""
    store = Store(work.folder / DOCUMENTS)
    before = None
    for build in store.record().builds:
        after = store.snapshot(build)
        words = count_words(compare(before, after)) if before and after else ""
        kinds = tuple(name.rpartition(".")[2] for name in build.outputs)
        yield Built(build.number, build.time[:16].replace("T", " "), build.pages, words, kinds)
        before = after or before


def earlier_document(visit: Visit) -> Response:
    """Return a document of an earlier build."""
    work, number, kind = work_of(visit), visit.path_params["number"], visit.path_params["kind"]
    if work is None:
        return not_found()
    store = Store(work.folder / DOCUMENTS)
    build = store.record().find(number)
    content = (store.copies(build) or {}).get(f"{DOCUMENTS}.{kind}") if build else None
    if content is None:
        return not_found("那一次的文件")
    return attachment(content, f"{work.stem}-第{number}次.{kind}")


_CHANGES = f"/works/{{work}}/changes-{number('number')}"

routes = [
    Route("/works/{work}/changes", changes_page),
    Route(_CHANGES, changes),
    Route(f"{_CHANGES}/stop", stop, methods=["POST"]),
    Route(f"{_CHANGES}/again", again, methods=["POST"]),
    Route(f"{_CHANGES}/table.{{kind}}", table),
    Route(f"/works/{{work}}/builds/{number('number')}/{{kind}}", earlier_document),
]
