"""What WeasyPrint may read, and what it has to say: nothing is fetched, nothing goes unheard."""

from __future__ import annotations

import logging
import mimetypes
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from perfgen.errors import LayoutError
from perfgen.layouts.files import find_file, read_bytes
from perfgen.render.fonts import font_content


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves data: URIs, the fonts and the layout's files; refuses and remembers all others."""

    def __init__(self, fonts: Collection[Path], base: Path) -> None:
        """Keep the files of the `fonts`, and `base`, the layout's folder."""
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self._fonts = {font.as_uri(): font for font in fonts}
        self._base = base.resolve()
        self.refused: dict[str, None] = {}

    @property
    def address(self) -> str:
        """Return the address of the layout's folder, which relative addresses are below."""
        return self._base.as_uri() + "/"

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return what an address means; raises for what may not be read or is not there."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if font := self._fonts.get(url):
            return URLFetcherResponse(url, font_content(font))
        try:
            name = _local_path(url).relative_to(self._base)
            path = find_file(self._base, str(name))
        except (ValueError, LayoutError) as error:
            self.refused[url] = None
            raise PermissionError(f"refused: {url}") from error
        if path is None:
            raise FileNotFoundError(f"not there: {name}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, read_bytes(path), {"Content-Type": kind})


def _local_path(url: str) -> Path:
    """Return the path that a file: address means. Raises ValueError for any other."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        raise ValueError(url)
    return Path(url2pathname(parts.path))


@contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what WeasyPrint warns of in this thread, each message once."""
    handler = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.thread == self._thread and message not in self.messages:
            self.messages.append(message)
