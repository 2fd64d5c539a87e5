"""Lists: real numbering (编号), one definition for each kind of list, one count for each list."""

from __future__ import annotations

from dataclasses import dataclass

from perfgen.render.printers.word.units import twips
from perfgen.render.printers.word.xml import XML_HEAD, W

_LEVELS = 9
_FORMATS = {
    "decimal": ("decimal", "%{}."),
    "lower-alpha": ("lowerLetter", "%{}."),
    "upper-alpha": ("upperLetter", "%{}."),
    "lower-roman": ("lowerRoman", "%{}."),
    "upper-roman": ("upperRoman", "%{}."),
    "cjk-decimal": ("chineseCounting", "%{}、"),
    "disc": ("bullet", "●"),
    "circle": ("bullet", "○"),
    "square": ("bullet", "■"),
    "none": ("none", ""),
}


@dataclass(frozen=True, slots=True)
class ListKind:
    """How a list numbers its items: marker, depth from 0, indent and hanging in points."""

    marker: str
    level: int
    indent: float
    hanging: float


class Numbering:
    """Collects the lists of a document."""

    def __init__(self) -> None:
        """Begin without lists."""
        self._kinds: dict[ListKind, int] = {}
        self._lists: list[ListKind] = []

    def __bool__(self) -> bool:
        """Return whether there are any lists."""
        return bool(self._lists)

    def new_list(self, kind: ListKind) -> int:
        """Return the number of a new list, which counts from one."""
        self._kinds.setdefault(kind, len(self._kinds))
        self._lists.append(kind)
        return len(self._lists)

    def to_xml(self) -> str:
        """Return word/numbering.xml."""
        kinds = "".join(_definition(kind, number) for kind, number in self._kinds.items())
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self._kinds[kind]}"/>'
            f'<w:lvlOverride w:ilvl="{kind.level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            "</w:num>"
            for number, kind in enumerate(self._lists, 1)
        )
        return f"{XML_HEAD}<w:numbering {W}>{kinds}{lists}</w:numbering>"


def _definition(kind: ListKind, number: int) -> str:
    levels = "".join(_level(kind, level) for level in range(_LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{number + 1:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{number + 1:08X}"/>{levels}'
        "</w:abstractNum>"
    )


def _level(kind: ListKind, level: int) -> str:
    shape, text = _FORMATS[kind.marker]
    indent = f'w:left="{twips(kind.indent)}" w:hanging="{twips(kind.hanging)}"'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr><w:ind {indent}/></w:pPr>"
        '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
    )
