"""Pictures (图片): PNG and JPEG, in the line, with their alternative text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from lxml import etree

from perfgen.errors import PageError
from perfgen.layouts.files import find_file, read_bytes
from perfgen.render.looks import Width
from perfgen.render.page.elements import fault
from perfgen.render.printers.word.package import Package
from perfgen.render.printers.word.units import EMU_PER_POINT
from perfgen.render.printers.word.xml import PIC, PICTURE_URI, WP, A, quoteattr

ImageReader = Callable[[str], bytes]
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg"}
_POINTS_PER_PIXEL = 0.75


def pictures_in(folder: Path) -> ImageReader:
    """Return what reads the pictures of a layout's folder, and nothing outside it."""

    def read(source: str) -> bytes:
        path = find_file(folder, source)
        if path is None:
            raise PageError(
                f"图片 {source} 不在版式文件夹里",
                hint=f"把图片放进 {folder.name} 文件夹，写相对路径",
            )
        return read_bytes(path)

    return read


class Pictures:
    """Puts pictures into the package and into the text."""

    def __init__(self, package: Package, images: ImageReader | None) -> None:
        """Keep where pictures go, and `images`, which reads those that are not data: URIs."""
        self._package = package
        self._images = images
        self._count = 0

    def drawing(self, element: etree._Element, width: Width | None, room: float) -> str:
        """Return the drawing of an <img>; `room` is the width there is, in points.

        Without a width of its own a picture has one pixel of CSS for each of its pixels; none is
        wider than the room. Raises PageError for what is no PNG and no JPEG.
        """
        # python-docx takes as long to import as a whole report takes to print.
        from docx.image.exceptions import (  # noqa: PLC0415
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.image.image import Image  # noqa: PLC0415

        blob = self._read(element)
        try:
            image = Image.from_blob(blob)
            extension = _EXTENSIONS[image.content_type]
        except (
            InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, KeyError,
        ) as error:  # fmt: skip
            raise fault(element, "图片应当是 PNG 或 JPEG 文件") from error
        if not (image.px_width and image.px_height):
            raise fault(element, "图片的宽或高是 0")
        natural = image.px_width * _POINTS_PER_PIXEL
        wanted = natural if width is None else width.value * (room / 100 if width.percent else 1)
        shown = min(wanted, room)
        height = shown * image.px_height / image.px_width
        relation = self._package.add_picture(blob, extension, image.content_type)
        return self._inline(relation, element.get("alt", ""), shown, height)

    def _read(self, element: etree._Element) -> bytes:
        source = element.get("src", "")
        if source.startswith("data:"):
            return _data(element, source)
        if self._images is None or "://" in source:
            raise fault(
                element, f"图片 {source} 读不到：图片应当放在版式文件夹里，或写成 data: URI"
            )
        return self._images(source)

    def _inline(self, relation: str, alt: str, width: float, height: float) -> str:
        self._count += 1
        number, text = self._count, quoteattr(alt)
        size = f'cx="{round(width * EMU_PER_POINT)}" cy="{round(height * EMU_PER_POINT)}"'
        return (
            f'<w:drawing><wp:inline {WP} distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="图片 {number}" descr={text}/>'
            f'<a:graphic {A}><a:graphicData uri="{PICTURE_URI}"><pic:pic {PIC}>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图片 {number}" descr={text}/>'
            "<pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )


def _data(element: etree._Element, source: str) -> bytes:
    head, comma, body = source.removeprefix("data:").partition(",")
    raw = unquote_to_bytes(body)
    if not comma:
        raise _data_fault(element)
    if not head.endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except binascii.Error as error:
        raise _data_fault(element) from error


def _data_fault(element: etree._Element) -> PageError:
    return fault(element, "src 里的 data: URI 写得不对")
