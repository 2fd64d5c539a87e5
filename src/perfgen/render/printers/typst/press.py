"""The press (印刷机): Typst behind a small door.

It is given a source, the fonts and a folder of its own with pictures and attachments in it; it can
read nothing else. What it complains of is an error here, with the element of the page that it is
about.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from perfgen.errors import PageError
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.source import Source

_PLACE = re.compile(r"─ [^\n]*?:(\d+):\d+")
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Press:
    """What prints a source: fonts, and files by the names by which the source calls them."""

    faces: Faces
    files: Mapping[str, bytes]
    moment: datetime | None

    def pdf(self, source: Source, standards: Sequence[str]) -> bytes:
        """Return the PDF. Raises PageError for what Typst cannot print, or warns of."""
        (data,) = self._printed(source, "pdf", pdf_standards=list(standards))
        return data

    def pictures(
        self, source: Source, kind: Literal["png", "svg"], resolution: float
    ) -> list[bytes]:
        """Return the pages as pictures, `kind` being png or svg."""
        return self._printed(source, kind, ppi=resolution)

    def _printed(
        self, source: Source, kind: Literal["pdf", "png", "svg"], **settings: Any
    ) -> list[bytes]:
        from typst import Compiler, TypstError  # noqa: PLC0415 - only those who print wait for it

        with tempfile.TemporaryDirectory(prefix="perfgen-print-") as folder:
            for name, content in self.files.items():
                Path(folder, name).write_bytes(content)
            compiler = Compiler(
                root=folder, font_paths=self.faces.library, ignore_system_fonts=True
            )
            try:
                made, warnings = compiler.compile_with_warnings(
                    source.text.encode(),
                    format=kind,
                    timestamp=self.moment or _EPOCH,
                    **settings,
                )
            except TypstError as error:
                raise _fault(source, error) from error
        for warning in warnings:
            raise _fault(source, warning)
        return [made] if isinstance(made, bytes) else list(made or ())


def _fault(source: Source, error: Any) -> PageError:
    """Return what the officer is told: the element that it is about, and Typst's own words."""
    lines = [int(line) for line in _PLACE.findall(error.diagnostic or "")]
    found = (source.element_at(line) for line in lines)
    element = next((each for each in found if each is not None), None)
    words = "；".join([error.message, *(error.hints or ())])
    if element is None:
        return PageError(f"PDF 没有印成：{words}")
    text = "".join("".join(map(str, element.itertext())).split())[:20]
    return PageError(
        f"PDF 没有印成：页面第 {element.sourceline} 行 <{element.tag!s}>“{text}”：{words}"
    )
