"""What was done to words without changing them: struck out, hidden, underlined … (删除线)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from perfgen.pulling.styles import Styles, switched_on, value_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none", "nil", "auto", "clear", "000000", "ffffff",
                  "baseline"})  # fmt: skip

HIDES = "vanish"

MARKS = {
    "strike": "删除线", "dstrike": "删除线", HIDES: "隐藏文字", "b": "加粗", "i": "倾斜",
    "u": "下划线", "highlight": "突出显示", "shd": "底纹", "color": "变了颜色的文字",
    "em": "着重号", "vertAlign": "上下标",
}  # fmt: skip
"""What an officer puts on words by hand, by the element that says it."""


def marked_words(root: etree._Element, styles: Styles) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield each mark, the words that have it, and their paragraph; words that stand together
    are one.
    """
    for paragraph in root.iter(f"{_W}p"):
        if any(str(one.tag).endswith("}Fallback") for one in paragraph.iterancestors()):
            continue  # what is said once more for older programs
        hides = styles.hides(value_of(paragraph.find(f"{_W}pPr"), "pStyle"))
        runs = [(_marks(run, styles, hides), _said(run)) for run in _own_runs(paragraph)]
        said = [(marks, words) for marks, words in runs if words.strip()]
        for mark in dict.fromkeys(MARKS.values()):
            together = groupby(said, key=lambda run, mark=mark: mark in run[0])  # type: ignore[misc]
            yield from ((mark, "".join(words for _, words in group), paragraph)
                        for has, group in together if has)  # fmt: skip


def _own_runs(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph; those of a text box in it are its own paragraphs' runs."""
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif isinstance(child.tag, str) and child.tag != f"{_W}p":
            yield from _own_runs(child)


def _marks(run: etree._Element, styles: Styles, hidden: bool) -> frozenset[str]:
    about = run.find(f"{_W}rPr")
    found = set()
    if switched_on(about, HIDES) is None and (hidden or styles.hides(value_of(about, "rStyle"))):
        found.add(MARKS[HIDES])
    if about is None:
        return frozenset(found)
    for element, mark in MARKS.items():
        switch = about.find(f"{_W}{element}")
        if switch is not None and _is_on(switch, element):
            found.add(mark)
    return frozenset(found)


def _is_on(switch: etree._Element, element: str) -> bool:
    said = switch.get(f"{_W}fill" if element == "shd" else f"{_W}val", "1")
    return said.lower() not in _OFF


def _said(run: etree._Element) -> str:
    return "".join(text.text or "" for text in run.findall(f"{_W}t"))
