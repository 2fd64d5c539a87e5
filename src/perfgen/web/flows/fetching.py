"""The documents (取文件): Word, PDF, the package for disclosure, and all in one zip."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from starlette.requests import Request as Visit
from starlette.responses import Response
from starlette.routing import Route

from perfgen.web.addresses import number
from perfgen.web.flows.waiting import Awaited
from perfgen.web.office import Office, work_of
from perfgen.web.pool import Ticket
from perfgen.web.shown import attached_file, attachment, not_found, page
from perfgen.web.tasks import fetching as tasks
from perfgen.web.works import Work

DOCUMENTS = "报告"
"""The documents' name in the work's own folder; they are fetched under the workbook's name."""

_DATE = (1980, 1, 1, 0, 0, 0)


def begin(office: Office, work: Work) -> Ticket:
    """Have the documents built. Raises SettingsError."""
    return ask_documents(office, work)


def ask_documents(office: Office, work: Work, *, behind: bool = False) -> Ticket:
    """Have the documents built; those of many workbooks wait behind. Raises SettingsError."""

    def finish(data: dict[str, Any]) -> Any:
        office.works.note(work, title=data["title"])
        return data, {}

    arguments = work.workbook, office.request(work), work.folder / DOCUMENTS
    return office.ask(work, "documents", tasks.make, arguments, finish, behind=behind)


def _show(work: Work, data: dict[str, Any]) -> Response:
    name = "part/documents.html" if data["ok"] else "part/unread.html"
    return page(name, work=work, data=data)


documents = Awaited("documents", begin, _show, "Word 和 PDF")


def begin_disclosed(office: Office, work: Work) -> Ticket:
    """Have the package for disclosure made, if the gate lets it. Raises SettingsError."""

    def finish(answer: tuple[dict[str, Any], dict[str, bytes]]) -> Any:
        data, files = answer
        return data, {f"disclosed-{place}": one for place, one in enumerate(files.values())}

    request = office.request(work)
    return office.ask(work, "disclosed", tasks.disclose, (work.workbook, request), finish)


def _show_disclosed(work: Work, data: dict[str, Any]) -> Response:
    name = "part/disclosed.html" if data["ok"] else "part/unread.html"
    return page(name, work=work, data=data)


disclosed = Awaited("disclosed", begin_disclosed, _show_disclosed, "公开材料")


def fetch_page(visit: Visit) -> Response:
    """Return the page with all that can be fetched; the documents are made when it is opened."""
    work = work_of(visit)
    return page("fetch.html", work=work) if work else not_found()


def document(visit: Visit) -> Response:
    """Return one document under the workbook's name."""
    work, kind = work_of(visit), visit.path_params["kind"]
    data = work.result("documents") if work else None
    if work is None or data is None or kind not in tasks.FORMATS:
        return not_found("这个文件")
    file = work.folder / f"{DOCUMENTS}.{kind}"
    return attached_file(file, f"{work.stem}.{kind}") if file.is_file() else not_found("这个文件")


def disclosed_file(visit: Visit) -> Response:
    """Return one file of the package under its standard name."""
    work = work_of(visit)
    files = _disclosed_files(work) if work else {}
    names = list(files)
    place = visit.path_params["place"]
    if place >= len(names):
        return not_found("这个文件")
    return attachment(files[names[place]], names[place])


def zipped(visit: Visit) -> Response:
    """Return all that was made, in one zip."""
    work = work_of(visit)
    files = _all_files(work) if work else {}
    if work is None or not files:
        return not_found("这些文件")
    return attachment(zip_of(files), f"{work.stem}.zip")


def _all_files(work: Work) -> dict[str, bytes]:
    files = {work.meta.name: work.workbook.content} | documents_of(work)
    files |= {f"公开/{name}": content for name, content in _disclosed_files(work).items()}
    return files


def documents_of(work: Work) -> dict[str, bytes]:
    """Return the documents that were built of a work's version, by the names they are saved under.

    What an earlier version left is not among them.
    """
    if not (work.result("documents") or {}).get("ok"):
        return {}
    files = {f"{work.stem}.{kind}": work.folder / f"{DOCUMENTS}.{kind}" for kind in tasks.FORMATS}
    return {name: file.read_bytes() for name, file in files.items() if file.is_file()}


def _disclosed_files(work: Work) -> dict[str, bytes]:
    data = work.result("disclosed") or {}
    files = {name: work.place / f"disclosed-{place}"
             for place, name in enumerate(data.get("names", ()))}  # fmt: skip
    return {name: file.read_bytes() for name, file in files.items() if file.is_file()}


def zip_of(files: dict[str, bytes]) -> bytes:
    """Return a zip of files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


routes = [
    Route("/works/{work}/fetch", fetch_page),
    *documents.routes(),
    *disclosed.routes(),
    Route("/works/{work}/files/{kind}", document),
    Route(f"/works/{{work}}/disclosed/{number('place')}", disclosed_file),
    Route("/works/{work}/all.zip", zipped),
]
