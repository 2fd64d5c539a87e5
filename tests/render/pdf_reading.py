"""Ways to look into a finished PDF: its words and where they stand, its lines, its pixels."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from lxml import etree
from PIL import Image

MM = 72 / 25.4
_NAMESPACE = {"x": "http://www.w3.org/1999/xhtml"}


def needs(tool: str) -> pytest.MarkDecorator:
    """Skip a test where one of poppler's tools is not installed."""
    return pytest.mark.skipif(
        shutil.which(tool) is None, reason=f"没有安装 {tool}（poppler-utils）"
    )


def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def page_texts(data: bytes) -> list[str]:
    """The text of each page, without white space."""
    return ["".join(page.extract_text().split()) for page in reader(data).pages]


@dataclass(frozen=True)
class Line:
    """A line of text on a page, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def lines(data: bytes, folder: Path) -> list[list[Line]]:
    """The lines of each page."""
    pdf, html = folder / "lines.pdf", folder / "lines.html"
    pdf.write_bytes(data)
    subprocess.run(["pdftotext", "-bbox-layout", str(pdf), str(html)], check=True)
    pages = etree.parse(html, etree.XMLParser(recover=True)).iterfind(".//x:page", _NAMESPACE)
    return [[_line(line) for line in page.iterfind(".//x:line", _NAMESPACE)] for page in pages]


def _line(element: etree._Element) -> Line:
    words = " ".join(word.text or "" for word in element.iterfind("x:word", _NAMESPACE))
    return Line(words, *(float(element.get(name)) for name in ("xMin", "yMin", "xMax", "yMax")))


def picture(data: bytes, page: int, folder: Path, dpi: int = 144) -> Image.Image:
    """A page (from 1) as a grey picture."""
    pdf = folder / "picture.pdf"
    pdf.write_bytes(data)
    number = str(page)
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", "-f", number, "-l", number]
    subprocess.run([*command, "-singlefile", str(pdf), str(folder / "picture")], check=True)
    return Image.open(folder / "picture.png").convert("L")
