"""Pages as HTML: the templates, in which every text is escaped, and answers made of them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import FileResponse, HTMLResponse, Response

from perfgen import __version__
from perfgen.characters import visible
from perfgen.web.safety import MOST_BYTES, MOST_FILES
from perfgen.web.works import KEPT_DAYS

FOLDER = Path(__file__).parent
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "sha256": "text/plain; charset=utf-8",
}


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        version=__version__, kept_days=KEPT_DAYS, most_bytes=MOST_BYTES, most_files=MOST_FILES
    )
    made.filters["size"] = size_words
    made.filters["moment"] = moment_words
    return made


def _seen(value: Any) -> Any:
    """A text with what would turn its reading direction, or is none, made visible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def page(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Return a page, or a part of one, made of a template."""
    return HTMLResponse(_environment().get_template(template).render(values), status_code=status)


def not_found(what: str = "这份工作") -> HTMLResponse:
    """Return the page for what is no longer there."""
    text = f"{what}已经不在了：可能清除过，或者超过 {KEPT_DAYS} 天没有用。"
    return page("message.html", 404, title="找不到", text=text)


def attachment(content: bytes, name: str) -> Response:
    """Return a file to be saved under a name; the browser is never to show it as a page."""
    return Response(content, media_type=_type(name), headers=_as_file(name))


def attached_file(path: Path, name: str) -> Response:
    """Return a file of the disk to be saved under a name."""
    return FileResponse(path, media_type=_type(name), headers=_as_file(name))


def _type(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _as_file(name: str) -> dict[str, str]:
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def moment_words(seconds: float) -> str:
    """Return a moment as an officer says it: 11月30日 14:05."""
    at = datetime.fromtimestamp(seconds)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def size_words(size: int) -> str:
    """Return a file's size in words: 58 KB, 1.2 MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
