"""Pictures (图片): PNG, JPEG and SVG of the layout's folder, or given as data: URIs."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from perfgen.errors import PageError
from perfgen.render.looks import Width
from perfgen.render.page.elements import fault
from perfgen.render.printers.typst.language import fact, literal, points

_POINTS_PER_PIXEL = 0.75
_STARTS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


class Pictures:
    """Reads the pictures of a page and puts them where the compiler finds them."""

    def __init__(self, base: Path) -> None:
        """Take pictures from the folder `base` and from nowhere else."""
        self._base = base.resolve()
        self._names: dict[bytes, str] = {}
        self.cmyk = False

    @property
    def files(self) -> dict[str, bytes]:
        """Return the pictures by the names by which the source calls them."""
        return {name: content for content, name in self._names.items()}

    def picture(self, element: etree._Element, width: Width | None, room: float) -> str:
        """Return the picture of an <img>; `room` is the width there is, in points.

        Without a width of its own a picture has one pixel of CSS for each of its pixels; none is
        wider than the room. Raises PageError for what is no picture, or stands elsewhere.
        """
        content = self._read(element)
        kind = _kind(content)
        self.cmyk = self.cmyk or (kind == "jpg" and _jpeg_frame(content)[1] == 4)
        if kind is None:
            raise fault(element, "图片应当是 PNG、JPEG 或 SVG 文件")
        name = self._names.setdefault(content, f"图{len(self._names) + 1}.{kind}")
        shown = f"image({literal(name)}, format: {literal(kind)}, alt: {fact(_alt(element))}"
        if width is not None:
            asked = width.value * room / 100 if width.percent else width.value
            return f"box({shown}, width: {points(min(asked, room))}))"
        if kind == "svg":
            return f"natural({shown}), {points(room)})"
        return f"natural({shown}), {points(room)}, pixels: {_pixels(content, kind)})"

    def _read(self, element: etree._Element) -> bytes:
        source = element.get("src", "")
        if source.startswith("data:"):
            return _data(element, source)
        path = (self._base / unquote(source)).resolve()
        if "://" in source or not path.is_relative_to(self._base):
            raise fault(element, f"图片 {source} 不在版式文件夹里，没有读取")
        try:
            return path.read_bytes()
        except OSError as error:
            raise PageError(
                f"页面第 {element.sourceline} 行 <img>：读不到图片 {source}",
                hint=f"把图片放进 {self._base.name} 文件夹，写相对路径",
            ) from error


def _alt(element: etree._Element) -> str:
    return " ".join(element.get("alt", "").split())


def _kind(content: bytes) -> str | None:
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    head = content[:2000].lstrip()
    return "svg" if head.startswith((b"<svg", b"<?xml", b"<!--", b"\xef\xbb\xbf<")) else None


def _pixels(content: bytes, kind: str) -> int:
    """Return how many pixels wide a picture is."""
    return int.from_bytes(content[16:20], "big") if kind == "png" else _jpeg_frame(content)[0]


def _jpeg_frame(content: bytes) -> tuple[int, int]:
    """Return how many pixels wide a JPEG is, and how many colours it has; 0 if it is damaged."""
    place = 2
    while place + 10 <= len(content):
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(content[place + 7 : place + 9], "big"), content[place + 9]
        place += 2 + max(length, 1)
    return 0, 0


def _data(element: etree._Element, source: str) -> bytes:
    head, comma, body = source.removeprefix("data:").partition(",")
    if not comma:
        raise fault(element, "src 里的 data: URI 写得不对")
    raw = unquote_to_bytes(body)
    if not head.endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except binascii.Error as error:
        raise fault(element, "src 里的 data: URI 写得不对") from error
