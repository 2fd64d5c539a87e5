"""What was put into a Word file besides words: comments, footnotes, pictures … (批注、脚注、图片).

None of it has a place in the workbook. It is counted and named, so that an officer knows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from perfgen.errors import DocumentError
from perfgen.pulling.opening import MAIN, parse_part, read_parts
from perfgen.pulling.run_marks import marked_words

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"

NOTES = {f"{_W}comment": "条批注", f"{_W}footnote": "个脚注", f"{_W}endnote": "个尾注"}
"""What stands in parts of its own, by element."""

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

HEADERS = {f"{_W}hdr": "处页眉", f"{_W}ftr": "处页脚"}

COMPARED_ONLY = frozenset({"个超链接", "个内容控件", *HEADERS.values()})
"""What a build may print, too: it is told of only where what was printed is known."""

ORDER = (
    "条批注", "个脚注", "个尾注", "个文本框", "张图片", "个图表", "个智能图形", "个图形",
    "处手写墨迹", "个公式", "个符号", "个嵌入的文件", "个超链接", "个内容控件", "处页眉", "处页脚",
)  # fmt: skip

Found = dict[str, Counter[str]]
"""What is in a document: of each kind the things, by what can be said of them."""


def other_edits(docx: bytes, written: bytes | None) -> list[str]:
    """Return what is in a Word file and not in the one that was written: 3条批注、1个脚注.

    `written` is None where that one is not known. A file that cannot be read has nothing.
    """
    try:
        now = _found(docx)
        before = _found(written) if written is not None else None
    except DocumentError:
        return []
    kinds = [*ORDER, *sorted(set(now) - set(ORDER))]
    known = before or {}
    lost = [kind for kind in kinds if kind in known and kind not in HEADERS.values()]
    return [
        *(f"{count}{kind}" for kind in kinds
          if (before is not None or kind not in COMPARED_ONLY)
          and (count := _more(now, known, kind))),
        *(f"少了{count}{kind}" for kind in lost if (count := _fewer(now, known, kind))),
    ]  # fmt: skip


def _more(now: Found, before: Found, kind: str) -> int:
    """How many there are that were not there; headers are compared by their words, both ways."""
    one, other = now.get(kind, Counter()), before.get(kind, Counter())
    if kind in HEADERS.values():
        return max(len(set(one) - set(other)), len(set(other) - set(one)))
    if kind in DRAWN.values() or kind in THINGS.values():  # what programs rename, they do not count
        return max(0, sum(one.values()) - sum(other.values()))
    return sum((one - other).values())


def _fewer(now: Found, before: Found, kind: str) -> int:
    return max(0, sum(before[kind].values()) - sum(now.get(kind, Counter()).values()))


def _found(docx: bytes) -> Found:
    """Everything in a Word file that is told of."""
    parts = read_parts(docx, "这个文件", _may_hold_something)
    found: Found = {}
    for name, content in sorted(parts.items()):
        root = parse_part(content, name)
        for kind, said in _in_part(root, is_main=name == MAIN):
            found.setdefault(kind, Counter())[said] += 1
    return found


def _may_hold_something(part: str) -> bool:
    return part.startswith("word/") and part.endswith(".xml") and part.count("/") == 1


def _in_part(root: etree._Element, *, is_main: bool) -> Iterator[tuple[str, str]]:
    tag = str(root.tag)
    if tag in HEADERS:
        words = "".join(char for char in _words(root) if not char.isdigit())
        if words.strip(" —-－·"):
            yield HEADERS[tag], words
    yield from _notes(root)
    if is_main or tag in HEADERS or tag in (f"{_W}footnotes", f"{_W}endnotes"):
        yield from _things(root)
        for mark, words in marked_words(root):
            yield f"处{mark}", words


def _notes(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The notes of a part that holds notes; the lines above footnotes are none."""
    for note in root:
        if str(note.tag) in NOTES and note.get(f"{_W}type", "normal") == "normal":
            yield NOTES[str(note.tag)], _words(note)


def _things(element: etree._Element, inside: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """What stands in the text; what is said twice for older programs counts once."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag.endswith("}Fallback"):
            continue
        kind = _kind(child, inside)
        if kind:
            yield kind, _words(child)
        yield from _things(child, (*inside, kind) if kind else inside)


def _kind(element: etree._Element, inside: Sequence[str]) -> str:
    """What an element is; a picture of an embedded file, and a formula's part, are no other one."""
    tag = str(element.tag)
    kind = THINGS.get(tag) or DRAWN.get(tag.rpartition("}")[2], "")
    if kind in inside or "个嵌入的文件" in inside:
        return ""
    if kind == "个图形" and any(str(one.tag) in (f"{_W}txbxContent", f"{_V}imagedata")
                            for one in element.iter()):  # fmt: skip
        return ""
    return kind


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t", f"{_M}t"))
