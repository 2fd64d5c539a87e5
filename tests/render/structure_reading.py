"""Reads the structure of a finished PDF as a screen reader would, with nothing of perfgen's own.

`read_structure` follows the structure tree to the marked contents of the pages and decodes their
text by the fonts' own tables. What is wrong on the way is an AssertionError.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

Place = tuple[int, int]  # page from 0, marked-content number


@dataclass(eq=False)
class Element:
    """An element of the tree: its type, its attributes, its text with that of all below.

    `contents` are what its links say of themselves.
    """

    type: str
    attributes: dict[str, object] = field(default_factory=dict)
    kids: list[Element] = field(default_factory=list)
    text: str = ""
    contents: list[str] = field(default_factory=list)

    def all(self, *types: str) -> Iterator[Element]:
        if self.type in types:
            yield self
        for kid in self.kids:
            yield from kid.all(*types)


@dataclass
class Structure:
    """The tree of a document; per page, the text that is there for the eye alone."""

    document: Element
    artifacts: list[list[str]]


def read_structure(data: bytes) -> Structure:
    """Return the structure of a PDF; every marked content must be reached, once, both ways."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _Reader(pdf).read()


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root.StructTreeRoot
        self._pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._texts: dict[Place, str] = {}
        self._artifacts = [self._paint(page, number) for number, page in enumerate(pdf.pages)]
        self._reached: dict[Place, pikepdf.Object] = {}
        self._objects: dict[tuple[int, int], pikepdf.Object] = {}
        self._annotations = [each for page in pdf.pages for each in page.get("/Annots", [])]
        self._starts = [int(page.StructParents) for page in pdf.pages]

    def read(self) -> Structure:
        (top,) = self._root.K
        document = self._element(top, self._root)
        assert set(self._reached) == set(self._texts)
        self._check_parents()
        return Structure(document, self._artifacts)

    def _element(self, source: pikepdf.Object, parent: pikepdf.Object) -> Element:
        assert source.P.objgen == parent.objgen
        element = Element(str(source.S)[1:], _attributes(source))
        for kid in source.get("/K", []):
            if isinstance(kid, int):
                self._reach(element, source, source.Pg, kid)
            elif kid.get("/Type") == "/MCR":
                self._reach(element, source, kid.Pg, int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                self._objects[kid.Obj.objgen] = source
                element.contents.append(str(kid.Obj.Contents))
            else:
                element.kids.append(self._element(kid, source))
                element.text += element.kids[-1].text
        return element

    def _reach(
        self, element: Element, source: pikepdf.Object, page: pikepdf.Object, mcid: int
    ) -> None:
        place = (self._pages[page.objgen], mcid)
        assert place not in self._reached, "two elements claim the same text"
        self._reached[place] = source
        element.text += self._texts[place]

    def _check_parents(self) -> None:
        numbers = self._root.ParentTree.Nums
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert list(parents) == sorted(parents)
        for page, start in enumerate(self._starts):
            owners = {number: owner for number, owner in enumerate(parents.pop(start)) if owner}
            here = {mcid: owner for (on, mcid), owner in self._reached.items() if on == page}
            assert {number: owner.objgen for number, owner in owners.items()} == {
                number: owner.objgen for number, owner in here.items()
            }
        for annotation in self._annotations:
            owner = parents.pop(int(annotation.StructParent))
            assert owner.objgen == self._objects[annotation.objgen].objgen
        assert not parents

    def _paint(self, page: pikepdf.Page, number: int) -> list[str]:
        """Gather the texts of a page by marked content; return those for the eye alone."""
        fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
        artifacts, stack, font, spelled = [], [], {}, 0
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BMC" | "BDC":
                    properties = operands[1] if len(operands) > 1 else {}
                    mcid = properties.get("/MCID")
                    if stack and operands[0] == "/Span" and "/ActualText" in properties:
                        # Glyphs whose characters are spelled out: what they look like is left out.
                        self._say(stack[0], str(properties["/ActualText"]), artifacts)
                        stack.append(stack[0])
                        spelled += 1
                        continue
                    assert not stack, "marked contents do not stand in each other"
                    assert (mcid is None) == (operands[0] == "/Artifact")
                    stack.append(None if mcid is None else (number, int(mcid)))
                    artifacts.append("")
                    if mcid is not None:
                        assert stack[-1] not in self._texts, "a number is used once on a page"
                        self._texts[stack[-1]] = ""
                case "EMC":
                    stack.pop()
                    spelled = len(stack) - 1 if stack else 0
                case "Tf":
                    font = fonts[str(operands[0])]
                case "Tj" | "TJ":
                    (shown,) = operands
                    parts = [shown] if isinstance(shown, pikepdf.String) else list(shown)
                    codes = b"".join(bytes(part) for part in parts if not _is_number(part))
                    text = _decode(codes, font)
                    assert stack, f"text that is not marked at all: {text}"
                    if not spelled:
                        self._say(stack[0], text, artifacts)
                case "Do" | "S" | "f" | "f*" | "B" | "sh":
                    assert stack, f"a drawing that is not marked: {operator}"
        return [text for text in artifacts if text]

    def _say(self, place: Place | None, text: str, artifacts: list[str]) -> None:
        if place is None:
            artifacts[-1] += text
        else:
            self._texts[place] += text


def _attributes(source: pikepdf.Object) -> dict[str, object]:
    """Return the attributes of an element, with its alternative text and its language."""
    listed = source.get("/A", {})
    groups = listed if isinstance(listed, pikepdf.Array) else [listed]
    given = {name: value for group in groups for name, value in group.items()}
    both = {**given, **{name: source.get(name) for name in ("/Alt", "/Lang")}}
    return {name: _plain(value) for name, value in both.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, pikepdf.Array):
        return [str(each) if isinstance(each, pikepdf.Name) else float(each) for each in value]
    return int(value) if isinstance(value, int) else str(value)


def _is_number(part: object) -> bool:
    return not isinstance(part, pikepdf.String)


def _characters(font: pikepdf.Object) -> dict[int, str]:
    """Return the characters of a font's codes, from its own table."""
    table = font.ToUnicode.read_bytes().decode()
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    assert "beginbfrange" not in table
    return found


def _decode(codes: bytes, characters: dict[int, str]) -> str:
    return "".join(
        characters[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2)
    )


Grid = list[list[Element]]


def grid(part: Element) -> Grid:
    """Return which cell covers each place of a THead or TBody; the grid must have no holes.

    A table may do without them and hold its rows itself.
    """
    places: dict[Place, Element] = {}
    assert {row.type for row in part.kids} == {"TR"}
    for number, row in enumerate(part.kids):
        column = 0
        for cell in row.kids:
            while (number, column) in places:
                column += 1
            for down in range(int(cell.attributes.get("/RowSpan", 1))):
                for right in range(int(cell.attributes.get("/ColSpan", 1))):
                    assert (number + down, column + right) not in places
                    places[number + down, column + right] = cell
    width = 1 + max(column for _, column in places)
    assert Counter(row for row, _ in places) == dict.fromkeys(range(len(part.kids)), width)
    return [[places[row, column] for column in range(width)] for row in range(len(part.kids))]


def headings_of_cells(table: Element) -> list[tuple[str, set[str], set[str]]]:
    """Return each data cell's text with its row headings (to the left) and column headings (above).

    Which cell is the heading of what is told by Scope.
    """
    parts = list(table.all("THead", "TBody")) or [table]
    rows = [row for part in parts for row in grid(part)]
    found = []
    for cell in table.all("TD"):
        places = [
            (y, x) for y, row in enumerate(rows) for x, each in enumerate(row) if each is cell
        ]
        left = {each for y, x in places for each in rows[y][:x]}
        above = {row[x] for y, x in places for row in rows[:y]}
        found.append((cell.text, _scoped(left, "/Row"), _scoped(above, "/Column")))
    return found


def _scoped(cells: set[Element], scope: str) -> set[str]:
    return {each.text for each in cells if each.type == "TH" and each.attributes["/Scope"] == scope}
