"""What was put into a Word file besides words: comments, footnotes, pictures … (批注、脚注、图片).

None of it has a place in the workbook. It is counted and named, with its place, so that an officer
knows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from perfgen.errors import DocumentError
from perfgen.pulling.opening import MAIN, parse_part, read_parts
from perfgen.pulling.reading_words import is_in_symbols
from perfgen.pulling.run_marks import marked_words
from perfgen.pulling.standing import Places
from perfgen.pulling.styles import STYLES, Styles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"

NOTES = {f"{_W}comment": "条批注", f"{_W}footnote": "个脚注", f"{_W}endnote": "个尾注"}
"""What stands in parts of its own, by element."""

_NOTE_MARKS = {
    f"{_W}comment": f"{_W}commentReference",
    f"{_W}footnote": f"{_W}footnoteReference",
    f"{_W}endnote": f"{_W}endnoteReference",
}

THINGS = {
    f"{_W}txbxContent": "个文本框",
    f"{_M}oMath": "个公式",
    f"{_W}sym": "个符号",
    f"{_V}imagedata": "张图片",
    f"{_V}shape": "个图形",
    f"{_V}rect": "个图形",
    f"{_V}oval": "个图形",
    f"{_V}line": "个图形",
    f"{_W}object": "个嵌入的文件",
    f"{_W}hyperlink": "个超链接",
    f"{_W}sdt": "个内容控件",
    f"{_W}ruby": "处拼音",
    f"{_W}fldSimple": "个域",
    f"{_W}subDoc": "个嵌入的文件",
    f"{_W}control": "个控件",
    f"{_W}movie": "个嵌入的文件",
}
"""What stands in the text, by element."""

DRAWN = {
    "blip": "张图片",
    "chart": "个图表",
    "relIds": "个智能图形",
    "contentPart": "处手写墨迹",
    "altChunk": "个嵌入的文件",
    "wsp": "个图形",
}
"""What is drawn, by the element's name in whichever namespace Word has for it."""

_DRAWINGS = (f"{_W}drawing", f"{_W}pict")

HEADERS = {f"{_W}hdr": "处页眉", f"{_W}ftr": "处页脚"}
_MACROS = "word/vbaProject.bin"
TABS, FIELDS, NESTED, EMBEDDED = "个制表符", "个域", "张套在格里的表", "个嵌入的文件"

COMPARED_ONLY = frozenset({"个超链接", "个内容控件", TABS, FIELDS, *HEADERS.values()})
"""What a build may print, too: it is told of only where what was printed is known."""

ORDER = (
    "条批注", "个脚注", "个尾注", "个文本框", "张图片", "个图表", "个智能图形", "个图形",
    "处手写墨迹", "个公式", "个符号", EMBEDDED, "个控件", NESTED, "处拼音", FIELDS, TABS,
    "个超链接", "个内容控件", "处页眉", "处页脚",
)  # fmt: skip

_COUNTED_IN_ALL = {*DRAWN.values(), *THINGS.values(), NESTED, TABS}
"""What is counted whatever is said in it: programs rename it and write it anew."""


_ONLY_IN_TEXT = frozenset({FIELDS, TABS})
"""What headers and footers have anyway, and programs write in several ways: page numbers."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a document: its kind, what can be said of it, and where it stands."""

    kind: str
    said: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class OtherEdit:
    """Things of one kind that were put in, or taken out (`fewer`): how many, and where."""

    kind: str
    count: int
    where: tuple[str, ...] = ()
    fewer: bool = False

    def __str__(self) -> str:
        """Return what an officer is told: 3条批注."""
        return f"{'少了' if self.fewer else ''}{self.count}{self.kind}"


Found = Mapping[str, Sequence[Thing]]
"""What is in a document: of each kind the things, in their order."""

Marks = Mapping[tuple[str, str | None], etree._Element]
"""Where the text refers to a note, by the kind of mark and the note's id."""


def other_edits(docx: bytes, written: bytes | None) -> list[str]:
    """Return what is in a Word file and not in the one that was written: 3条批注、1个脚注.

    `written` is None where that one is not known. A file that cannot be read has nothing.
    """
    return [str(edit) for edit in found_besides_words(docx, written)]


def found_besides_words(docx: bytes, written: bytes | None) -> list[OtherEdit]:
    """Return the same with the places of what was put in."""
    try:
        now = _found(docx)
        before = _found(written) if written is not None else None
    except DocumentError:
        return []
    kinds = [*ORDER, *sorted(set(now) - set(ORDER))]
    known = before or {}
    lost = [kind for kind in kinds if kind in known and kind not in HEADERS.values()]
    return [
        *(OtherEdit(kind, count, _places(now, known, kind, count)) for kind in kinds
          if (before is not None or kind not in COMPARED_ONLY)
          and (count := _more(now, known, kind))),
        *(OtherEdit(kind, count, fewer=True) for kind in lost
          if (count := _fewer(now, known, kind))),
    ]  # fmt: skip


def _said(found: Found, kind: str) -> Counter[str]:
    return Counter(thing.said for thing in found.get(kind, ()))


def _more(now: Found, before: Found, kind: str) -> int:
    """How many there are that were not there; headers are compared by their words, both ways."""
    one, other = _said(now, kind), _said(before, kind)
    if kind in HEADERS.values():
        return max(len(set(one) - set(other)), len(set(other) - set(one)))
    if kind in _COUNTED_IN_ALL:
        return max(0, one.total() - other.total())
    return (one - other).total()


def _fewer(now: Found, before: Found, kind: str) -> int:
    return max(0, _said(before, kind).total() - _said(now, kind).total())


def _places(now: Found, before: Found, kind: str, count: int) -> tuple[str, ...]:
    """Where those stand that were put in: what was there before, in the same place, is not new."""
    old = Counter((thing.said, thing.where) for thing in before.get(kind, ()))
    places: list[str] = []
    for thing in now.get(kind, ()):
        if old[thing.said, thing.where] > 0:
            old[thing.said, thing.where] -= 1
        elif thing.where:
            places.append(thing.where)
    return tuple(dict.fromkeys(places[:count] if kind not in HEADERS.values() else places))


def _found(docx: bytes) -> Found:
    """Everything in a Word file that is told of."""
    parts = read_parts(docx, "这个文件", _may_hold_something)
    roots = {name: parse_part(content, name) for name, content in sorted(parts.items())
             if name.endswith(".xml")}  # fmt: skip
    found: dict[str, list[Thing]] = {}
    places, styles = Places(), Styles(roots.get(STYLES))
    marks = {(str(mark.tag), mark.get(f"{_W}id")): mark
             for mark in roots[MAIN].iter(*_NOTE_MARKS.values())}  # fmt: skip
    for name, root in roots.items():
        for thing in _in_part(root, marks, places, styles, is_main=name == MAIN):
            found.setdefault(thing.kind, []).append(thing)
    if _MACROS in parts:
        found.setdefault("处宏", []).append(Thing("处宏", ""))
    objects = len(found.get(EMBEDDED, ()))
    loose = [name for name in parts if name.startswith("word/embeddings/")][objects:]
    if loose:
        found.setdefault(EMBEDDED, []).extend(Thing(EMBEDDED, "") for _ in loose)
    return found


def _may_hold_something(part: str) -> bool:
    own = part.startswith("word/") and part.endswith(".xml") and part.count("/") == 1
    return own or part.startswith("word/embeddings/") or part == _MACROS


def _in_part(
    root: etree._Element, marks: Marks, places: Places, styles: Styles, *, is_main: bool
) -> Iterator[Thing]:
    tag = str(root.tag)
    if tag in HEADERS:
        words = "".join(char for char in _words(root) if not char.isdigit())
        if words.strip(" —-－·"):
            yield Thing(HEADERS[tag], words)
    yield from _notes(root, marks, places)
    if is_main or tag in HEADERS or tag in (f"{_W}footnotes", f"{_W}endnotes"):
        where = "" if is_main else HEADERS.get(tag, "脚注或尾注").removeprefix("处")
        yield from _things(root, where, places)
        for mark, words, paragraph in marked_words(root, styles):
            yield Thing(f"处{mark}", words, where or places.of(paragraph))


def _notes(root: etree._Element, marks: Marks, places: Places) -> Iterator[Thing]:
    """The notes of a part that holds notes; the lines above footnotes are none."""
    for note in root:
        tag = str(note.tag)
        if tag in NOTES and note.get(f"{_W}type", "normal") == "normal":
            mark = marks.get((_NOTE_MARKS[tag], note.get(f"{_W}id")))
            where = places.of(mark) if mark is not None else ""
            yield Thing(NOTES[tag], _words(note), where)


def _things(
    element: etree._Element, where: str, places: Places, inside: Sequence[str] = ()
) -> Iterator[Thing]:
    """What stands in the text; what is said twice for older programs counts once."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag.endswith("}Fallback"):
            continue
        kind = _kind(child, inside)
        if kind and not (where and kind in _ONLY_IN_TEXT):
            yield Thing(kind, _words(child), where or places.of(child))
        yield from _things(child, where, places, (*inside, kind) if kind else inside)


def _kind(element: etree._Element, inside: Sequence[str]) -> str:
    """What an element is; a picture of an embedded file, and a formula's part, are no other one."""
    tag = str(element.tag)
    kind = _by_its_name(tag) or _by_its_place(element)
    if kind in inside or EMBEDDED in inside:
        return ""
    if kind == "个图形" and any(str(one.tag) in (f"{_W}txbxContent", f"{_V}imagedata")
                            for one in element.iter()):  # fmt: skip
        return ""
    return kind


def _by_its_name(tag: str) -> str:
    return THINGS.get(tag) or DRAWN.get(tag.rpartition("}")[2], "")


def _by_its_place(element: etree._Element) -> str:
    """A table in a cell, a tab among words, the beginning of a field, an unknown drawing."""
    tag, parent = element.tag, element.getparent()
    if tag in _DRAWINGS:
        known = any(isinstance(one.tag, str) and _by_its_name(one.tag) for one in element.iter())
        return "" if known else "个图形"
    if tag == f"{_W}tbl":
        around = element.iterancestors(f"{_W}tc")
        return NESTED if next(around, None) is not None else ""
    if tag in (f"{_W}tab", f"{_W}ptab") and parent is not None and parent.tag == f"{_W}r":
        return TABS
    if tag == f"{_W}r" and is_in_symbols(element.find(f"{_W}rPr")) and _words(element).strip():
        return "个符号"
    begins = tag == f"{_W}fldChar" and element.get(f"{_W}fldCharType") == "begin"
    return FIELDS if begins else ""


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t", f"{_M}t"))
