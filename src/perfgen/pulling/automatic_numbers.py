"""Numbers that Word puts before paragraphs by itself (自动编号): what is read, not what is typed.

Word makes them of a typed `1.` without being asked. They stand in no paragraph's words, but an
officer sees them there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from perfgen.pulling.styles import Styles, W, value_of

UNKNOWN = "\ufffc"
"""Stands for a number whose kind is not known."""

_LEVELS = 9
_OURS = 0x1000
"""Lists that perfgen prints have an nsid below; Word draws one of 32 bits by lot."""

_DIGITS = "零一二三四五六七八九"
_SEXAGENARY = ("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 9_999


@dataclass(frozen=True, slots=True)
class Number:
    """The number before a paragraph: its words, and the list that it counts in."""

    text: str
    list: str
    bullet: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    shape: str
    text: str
    start: int


class AutomaticNumbers:
    """Counts the paragraphs of a document as Word does; ask in their order."""

    def __init__(self, numbering: etree._Element | None, styles: Styles) -> None:
        """Know the definitions of lists; nothing is counted yet."""
        self._styles = styles
        self._kinds: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._ours: set[str] = set()
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        for element in numbering if numbering is not None else ():
            if element.tag == f"{W}abstractNum":
                self._kind(element)
            elif element.tag == f"{W}num":
                self._list(element)

    def before(self, paragraph: etree._Element) -> Number | None:
        """Return the number that stands before a paragraph; None where there is none."""
        about = paragraph.find(f"{W}pPr")
        own = None if about is None else about.find(f"{W}numPr")
        style = value_of(about, "pStyle")
        of_style = self._styles.numbering(style)
        number = value_of(own, "numId") or value_of(of_style, "numId")
        level = value_of(own, "ilvl") or value_of(of_style, "ilvl") or "0"
        kind = self._lists.get(number)
        if number in ("", "0") or kind is None or not level.isdecimal():
            return None
        return self._counted(number, kind, min(int(level), _LEVELS - 1))

    def _counted(self, number: str, kind: str, level: int) -> Number:
        levels = self._kinds.get(kind, {})
        counts = self._counts[kind]
        start = self._starts.get(number, {}).get(level)
        if start is not None and (number, level) not in self._begun:
            counts[level] = start
        else:
            first = levels[level].start if level in levels else 1
            counts[level] = counts[level] + 1 if level in counts else first
        self._begun.add((number, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        shown = levels.get(level)
        ours = kind in self._ours
        if shown is None:
            return Number(UNKNOWN, number, ours=ours)
        if shown.shape == "bullet":
            return Number("", number, bullet=True, ours=ours)
        return Number(_filled(shown.text, levels, counts), number, ours=ours)

    def _kind(self, element: etree._Element) -> None:
        name = element.get(f"{W}abstractNumId", "")
        nsid = value_of(element, "nsid")
        if _is_hex(nsid) and int(nsid, 16) < _OURS:
            self._ours.add(name)
        levels = self._kinds[name] = {}
        for level in element.iterfind(f"{W}lvl"):
            place = level.get(f"{W}ilvl", "")
            if place.isdecimal():
                start = value_of(level, "start")
                levels[int(place)] = _Level(
                    value_of(level, "numFmt") or "decimal",
                    value_of(level, "lvlText"),
                    int(start) if start.isdecimal() and len(start) < 6 else 1,
                )

    def _list(self, element: etree._Element) -> None:
        name = element.get(f"{W}numId", "")
        self._lists[name] = value_of(element, "abstractNumId")
        starts = self._starts.setdefault(name, {})
        for override in element.iterfind(f"{W}lvlOverride"):
            place, start = override.get(f"{W}ilvl", ""), value_of(override, "startOverride")
            if place.isdecimal() and start.isdecimal() and len(start) < 6:
                starts[int(place)] = int(start)


def _is_hex(text: str) -> bool:
    return 0 < len(text) <= 8 and all(char in "0123456789abcdefABCDEF" for char in text)


def _filled(text: str, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> str:
    """The words of a number: %1 stands for the count of the first level."""
    for place in range(_LEVELS):
        mark = f"%{place + 1}"
        if mark in text:
            level = levels.get(place)
            count = counts.get(place, level.start if level else 1)
            text = text.replace(mark, _shown(count, level.shape if level else "decimal"))
    return text


def _shown(count: int, shape: str) -> str:
    write = _SHAPES.get(shape)
    return write(count) if write is not None and 0 < count <= _MOST else UNKNOWN


def _chinese(count: int) -> str:
    """Counted in Chinese: 十一, 二十, 一百零三."""
    words, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        if digit:
            words += ("零" if pending and words else "") + _DIGITS[digit] + name
            pending = False
        else:
            pending = True
    return words.removeprefix("一") if words.startswith("一十") else words


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    words = ""
    for value, name in _ROMAN:
        while count >= value:
            words, count = words + name, count - value
    return words


def _from_list(names: str) -> Callable[[int], str]:
    return lambda count: names[count - 1] if count <= len(names) else UNKNOWN


_SHAPES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: str(count).translate(
        {ord("0") + n: ord("０") + n for n in range(10)}
    ),
    "decimalEnclosedCircle": _from_list("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from_list("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _from_list("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _from_list("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographTraditional": _from_list(_SEXAGENARY[0]),
    "ideographZodiac": _from_list(_SEXAGENARY[1]),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "none": lambda count: "",
}
