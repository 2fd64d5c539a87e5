"""The press (印刷机): WeasyPrint behind a small door.

It lays out HTML, says where things came to stand, and writes the PDF. It reads nothing but data:
URIs, the fonts it was given and the layout's own folder, and keeps a list of what it was told.
"""

from __future__ import annotations

import logging
import mimetypes
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from perfgen.render.attachments import Attachment
from perfgen.render.fonts import font_content
from perfgen.render.page.elements import Page
from perfgen.render.printers.weasyprint.accessible.finish import Finished, write_finished
from perfgen.render.printers.weasyprint.justifying import characters, straighten
from perfgen.render.printers.weasyprint.page_breaks import LABEL_MARK, Spot, Spots
from perfgen.render.printers.weasyprint.table_ends import raise_feet


class Press:
    """WeasyPrint with its fonts and its stylesheets loaded once, for any number of layouts."""

    def __init__(
        self, stylesheets: Sequence[str], *, allowed_files: Collection[Path], base: Path
    ) -> None:
        """Load the stylesheets; `base` is the folder that their and the page's addresses mean."""
        self._fetcher = _Fetcher(allowed_files, base)
        self._base = base.resolve().as_uri() + "/"
        self._fonts = FontConfiguration()
        self._sheets = [
            weasyprint.CSS(
                string=text,
                font_config=self._fonts,
                url_fetcher=self._fetcher,
                base_url=self._base,
            )
            for text in stylesheets
        ]

    @property
    def refused(self) -> tuple[str, ...]:
        """Return the addresses that were asked for and refused, in order."""
        return tuple(self._fetcher.refused)

    def lay_out(self, html: str) -> Sheets:
        """Return the pages that an HTML text fills."""
        source = weasyprint.HTML(string=html, base_url=self._base, url_fetcher=self._fetcher)
        return Sheets(source.render(font_config=self._fonts, stylesheets=self._sheets))


class Sheets:
    """A text laid out on pages, not yet written."""

    def __init__(self, document: Any) -> None:
        """Keep WeasyPrint's document."""
        self._document = document

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._document.pages)

    def spots(self) -> Spots:
        """Return where each element with an id came to stand; several spots if it was split."""
        spots: dict[str, list[Spot]] = {}
        for number, page in enumerate(self._document.pages):
            for name, (_, top, _, bottom) in page.anchors.items():
                spots.setdefault(name, []).append(Spot(number, top, bottom))
        for name, pieces in spots.items():
            if name.startswith(LABEL_MARK) and len(pieces) > 1:
                first = pieces[0]
                count = characters(self._document.pages[first.page], name)
                pieces[0] = replace(first, characters=count)
        return spots

    def write(
        self, source: Page, identifier: bytes, attachments: Sequence[Attachment] = ()
    ) -> Finished:
        """Return the PDF: structured as its numbered `source`, fonts embedded as subsets.

        `attachments` are files that it carries. The same input gives the same bytes every time.
        """
        straighten(self._document)
        raise_feet(self._document)
        return write_finished(
            self._document, source.body, identifier=identifier, attachments=attachments
        )


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves data: URIs and allowed files; refuses everything else and remembers it."""

    def __init__(self, files: Collection[Path], base: Path) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self._files = frozenset(file.resolve() for file in files)
        self._base = base.resolve()
        self.refused: dict[str, None] = {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = _local_path(url)
        if path is None or not (path in self._files or path.is_relative_to(self._base)):
            self.refused[url] = None
            raise PermissionError(f"refused: {url}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        body = font_content(path) if path in self._files else path.read_bytes()
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def _local_path(url: str) -> Path | None:
    """Return the file that a file: address means, symbolic links resolved; None for any other."""
    try:
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
            return None
        return Path(url2pathname(parts.path)).resolve()
    except (ValueError, OSError):
        return None


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
