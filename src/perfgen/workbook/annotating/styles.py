"""The style sheet of a workbook: looks are added, those that are there stay as they are."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from perfgen.workbook.annotating.package import add, child, insert_in_order, main

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip


class Styles:
    """The looks of a workbook's cells, by their index in `cellXfs`."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._filled: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}
        if not len(self._group("fonts")):
            add(add(self._group("fonts"), "font"), "sz", val="11")
        if not len(self._group("fills")):
            for pattern in ("none", "gray125"):
                add(add(self._group("fills"), "fill"), "patternFill", patternType=pattern)
        if not len(self._group("borders")):
            add(self._group("borders"), "border")
        if not len(self._group("cellXfs")):
            add(self._group("cellXfs"), "xf", numFmtId="0", fontId="0", fillId="0", borderId="0")

    def filled(self, style: int, colour: str) -> int:
        """Return a look like `style` in everything but its fill."""
        if (style, colour) not in self._filled:
            looks = self._group("cellXfs")
            look = deepcopy(looks[style if style < len(looks) else 0])
            look.set("fillId", str(self._fill(colour)))
            look.set("applyFill", "1")
            self._filled[style, colour] = self._append("cellXfs", look)
        return self._filled[style, colour]

    def look(
        self,
        *,
        bold: bool = False,
        size: str = "",
        colour: str = "",
        underline: bool = False,
        fill: str = "",
        border: bool = False,
        centred: bool = False,
    ) -> int:
        """Return a look made from the workbook's usual font, its text wrapped where bordered."""
        look = etree.Element(main("xf"))
        font = self._font(bold=bold, size=size, colour=colour, underline=underline)
        for name, value in (
            ("numFmtId", 0), ("fontId", font), ("fillId", self._fill(fill) if fill else 0),
            ("borderId", self._border() if border else 0), ("xfId", 0), ("applyFont", 1),
            ("applyFill", 1), ("applyBorder", 1), ("applyAlignment", 1),
        ):  # fmt: skip
            look.set(name, str(value))
        alignment = add(look, "alignment", vertical="center" if centred else "top")
        if centred:
            alignment.set("horizontal", "center")
        if border:
            alignment.set("wrapText", "1")
        return self._append("cellXfs", look)

    def highlight(self, colour: str) -> int:
        """Return a fill for conditional formats, by its index in `dxfs`."""
        look = etree.Element(main("dxf"))
        pattern = add(add(look, "fill"), "patternFill", patternType="solid")
        add(pattern, "fgColor", rgb=colour)
        add(pattern, "bgColor", rgb=colour)
        return self._append("dxfs", look)

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fill = etree.Element(main("fill"))
            pattern = add(fill, "patternFill", patternType="solid")
            add(pattern, "fgColor", rgb=colour)
            add(pattern, "bgColor", indexed="64")
            self._fills[colour] = self._append("fills", fill)
        return self._fills[colour]

    def _font(self, *, bold: bool, size: str, colour: str, underline: bool) -> int:
        font = deepcopy(self._group("fonts")[0])
        changes = {"b": bold, "u": underline, "sz": size, "color": colour}
        for name in [name for name, wanted in changes.items() if wanted]:
            for known in font.findall(main(name)):
                font.remove(known)
        if size:
            font.insert(0, etree.Element(main("sz"), val=size))
        if colour:
            place = next((n for n, part in enumerate(font, 1) if part.tag == main("sz")), 0)
            font.insert(place, etree.Element(main("color"), rgb=colour))
        if underline:
            font.insert(0, etree.Element(main("u")))
        if bold:
            font.insert(0, etree.Element(main("b")))
        return self._append("fonts", font)

    def _border(self) -> int:
        border = etree.Element(main("border"))
        for side in ("left", "right", "top", "bottom"):
            add(add(border, side, style="thin"), "color", rgb="FFBFBFBF")
        add(border, "diagonal")
        return self._append("borders", border)

    def _group(self, name: str) -> etree._Element:
        group = child(self._root, name)
        if group is None:
            group = etree.Element(main(name))
            before = frozenset(_ORDER[: _ORDER.index(name)])
            insert_in_order(self._root, group, before)
        return group

    def _append(self, name: str, element: etree._Element) -> int:
        group = self._group(name)
        group.append(element)
        group.set("count", str(len(group)))
        return len(group) - 1
