"""The press (印刷机): Typst behind a small door.

It is given a source, the fonts and a folder of its own with pictures and attachments in it; it can
read nothing else. What it complains of is an error here, with the element of the page that it is
about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from perfgen.errors import PrintFault
from perfgen.foreign_words import typst_words
from perfgen.render.page.text import collapsed
from perfgen.render.printers.typst.fonts import Faces
from perfgen.render.printers.typst.source import Source
from perfgen.scratch import scratch_folder

_PLACE = re.compile(r"─ [^\n]*?:(\d+):\d+")
_SHOWN = 20
_MAIN = "main.typ"
SPOTS = "所在"
"""The label under which a document tells where the things marked `<处>` came to stand."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something came to stand: what it is, its page from 1, and points from the corner."""

    kind: str
    numbers: tuple[int, ...]
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed PDF, and where the marked things in it stand."""

    data: bytes
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """What prints a source: fonts, and files by the names by which the source calls them."""

    faces: Faces
    files: Mapping[str, bytes]
    moment: datetime

    def pdf(self, source: Source, standards: Sequence[str]) -> Printed:
        """Return the PDF. Raises PageError for what Typst cannot print, or warns of."""
        made, spots = self._printed(source, "pdf", pdf_standards=list(standards))
        return Printed(made[0], spots)

    def pictures(
        self, source: Source, kind: Literal["png", "svg"], resolution: float
    ) -> list[bytes]:
        """Return the pages as pictures, `kind` being png or svg."""
        return self._printed(source, kind, ppi=resolution)[0]

    def _printed(
        self, source: Source, kind: Literal["pdf", "png", "svg"], **settings: Any
    ) -> tuple[list[bytes], tuple[Spot, ...]]:
        from typst import Compiler, TypstError  # noqa: PLC0415 - only those who print wait for it

        with scratch_folder("print") as folder:
            for name, content in self.files.items():
                Path(folder, name).write_bytes(content)
            Path(folder, _MAIN).write_text(source.text, encoding="utf-8", newline="\n")
            compiler = Compiler(
                str(Path(folder, _MAIN)),
                root=str(folder),
                font_paths=self.faces.library,
                ignore_system_fonts=True,
            )
            try:
                made, warnings = compiler.compile_with_warnings(
                    format=kind,
                    timestamp=self.moment,
                    **settings,
                )
            except TypstError as error:
                raise _fault(source, error) from error
            spots = tuple(_spots(compiler.query(f"<{SPOTS}>", field="value")))
        for warning in warnings:
            raise _fault(source, warning)
        return [made] if isinstance(made, bytes) else list(made or ()), spots


def _spots(answer: str) -> Iterator[Spot]:
    """Yield the spots of which the document tells."""
    for told in json.loads(answer):
        for (kind, *numbers), place in told:
            yield Spot(
                kind,
                tuple(numbers),
                place["page"],
                float(place["x"].removesuffix("pt")),
                float(place["y"].removesuffix("pt")),
            )


def _fault(source: Source, error: Any) -> PrintFault:
    """Return what the officer is told: the element that it is about, and Typst's own words."""
    lines = [int(line) for line in _PLACE.findall(error.diagnostic or "")]
    found = (source.element_at(line) for line in lines)
    element = next((each for each in found if each is not None), None)
    words = typst_words(error.message)
    if element is None:
        return PrintFault(f"PDF 没有印成：{words}")
    text = "".join("".join(map(str, element.itertext())).split())[:_SHOWN]
    where = f"页面第 {element.sourceline} 行 <{element.tag!s}>“{text}”"
    return PrintFault(f"PDF 没有印成：{where}：{words}", _texts(element))


def _texts(element: etree._Element) -> list[str]:
    """The words of an element: of each of its cells, if it has any."""
    cells = list(element.iter("td", "th")) or [element]
    texts = (collapsed("".join(map(str, cell.itertext()))) for cell in cells)
    return [text for text in texts if text]
