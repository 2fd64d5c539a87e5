"""The application (应用): all flows behind one safety."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as Visit
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from perfgen.web.front import Flows, home
from perfgen.web.office import Office
from perfgen.web.safety import MOST_BYTES, Safety, TooLarge, too_large
from perfgen.web.shown import FOLDER, not_found, page


def create_app(office: Office, secret: str, *, most: int = MOST_BYTES) -> ASGIApp:
    """Return the application; `secret` opens it. The office's children end with it."""

    flows = Flows()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        office.pool.close()

    app = Starlette(
        routes=[
            Route("/", home),
            Route("/fonts/hei", _font),
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
            Mount("/", flows),
        ],
        lifespan=lifespan,
        exception_handlers={
            HTTPException: _http_error,
            TooLarge: _too_large,
            Exception: _stumbled,
        },
    )
    app.state.office, app.state.flows = office, flows
    return Safety(app, secret, most)


def _font(_: Visit) -> Response:
    """A font for machines that have none of Chinese; browsers ask for it only there."""
    from perfgen.render.fonts import find_fonts  # noqa: PLC0415  (seldom needed)

    file = find_fonts().role("heiti").file.path
    return FileResponse(file, headers={"cache-control": "private, max-age=86400"})


def _http_error(visit: Visit, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return not_found("这一页")
    if status == 405 and visit.method == "GET":  # the address of what was pressed, opened anew
        return RedirectResponse(_above(visit.url.path), status_code=303)
    return page("message.html", status, title="没有执行", text="请返回再试一次。")


def _above(path: str) -> str:
    """The page on which what an address does is pressed."""
    parts = path.split("/")
    return "/".join(parts[:3]) if len(parts) > 3 else "/"


def _too_large(_: Visit, error: Exception) -> Response:
    return too_large(error.most if isinstance(error, TooLarge) else 0)


def _stumbled(_: Visit, error: Exception) -> Response:
    text = f"{type(error).__name__}: {error}。已有的内容没有丢，返回再试；还不行，交给技术人员。"
    return page("message.html", 500, title="perfgen 自身出了错", text=text)
