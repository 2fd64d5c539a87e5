"""Texts as a workbook stores them (共享字符串): runs in fonts of their own, some struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perfgen.workbook.parts import MAIN, Parts

_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text without what is struck out in it (删除线), and that."""

    kept: str
    struck: str = ""


def read_shared_texts(parts: Parts, part: str) -> Sequence[StoredText]:
    """Return the texts that cells refer to by number. Raises BadPart."""
    return [text_of(item) for item in parts.elements(part, f"{MAIN}si", root=f"{MAIN}sst")]


def text_of(item: Any) -> StoredText:
    """Return the text of a string item; phonetic guides (拼音) above it are no part of it."""
    kept, struck = "", ""
    for child in item:
        if child.tag == f"{MAIN}t":
            kept += child.text or ""
        elif child.tag == f"{MAIN}r":
            text = child.findtext(f"{MAIN}t") or ""
            if is_struck(child.find(f"{MAIN}rPr")):
                struck += text
            else:
                kept += text
    return StoredText(kept, struck)


def is_struck(font: Any) -> bool:
    """Return whether a font, or a run's properties, strikes its text out."""
    strike = None if font is None else font.find(f"{MAIN}strike")
    return strike is not None and strike.get("val", "1") not in _OFF
