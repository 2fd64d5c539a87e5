"""One placeholder (占位符) in a sentence → the figure it stands for, as it prints.

`【预算：项目支出：实际支出数：亿元】` names a table, a row and a column in the officer's own words,
then a unit and decimals if wanted. Names may hold any character, colons and brackets too: they
are matched against the names that are there, the longest first.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.figures.deviation import Deviation
from perfgen.figures.rates import Rate
from perfgen.figures.sources import Amount, Quotable, Row, Source
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import YUAN, fixed, half_up, plain

OPEN, CLOSE = "【", "】"
COLONS = "：:"
BLANKS = " \u3000\xa0"
UNIT_DECIMALS = {"元": 2, "万元": 6, "亿元": 2}
"""Decimals at which an amount in this unit is rounded when nothing else is said: 12.05亿元."""

_LONGEST_SHOWN, _LONGEST_COMPARED = 40, 200
"""Characters of a name that advice shows, and of those that are compared: it takes the square."""

_DECIMALS = re.compile(r"(?:保留)?([0-6零一两二三四五六])位?(?:小数)?")
_NUMERALS = {"零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


class Unquotable(Exception):
    """A placeholder that stands for nothing: what is wrong, and what may have been meant."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both sentences."""
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Quote:
    """A placeholder that was understood: how it prints, and where the text goes on after it."""

    text: str
    end: int


@dataclass(frozen=True, slots=True)
class Quoter:
    """Reads placeholders against the tables of one report."""

    sources: Mapping[str, Source]
    rules: Rules
    amount_unit: str

    def read(self, text: str, start: int) -> Quote | None:
        """Return the placeholder that opens at `start`; None for brackets that are just text.

        Raises Unquotable where it names something that is not there.
        """
        content = text[start + 1 : _closing(text, start)]
        head, colon, _ = _partition(content)
        source = self.sources.get(_fold(head).strip())
        if source is None:
            if colon and _looks_meant(content):
                raise Unquotable(f"“{OPEN}{content}{CLOSE}”里的“{head}”不是可以引用的表",
                                 _guess(head, list(self.sources)))  # fmt: skip
            return None
        if not colon:
            return None
        if CLOSE not in text[start:]:
            raise Unquotable(f"“{text[start : start + 20]}”少了“{CLOSE}”", "补上右括号")
        return self._read_row(source, text, start, start + 1 + len(head) + 1)

    def _read_row(self, source: Source, text: str, start: int, place: int) -> Quote:
        shown = text[start : _closing(text, start) + 1]
        place = _past_spaces(text, place)
        name = _longest(source.rows, text, place, ends=COLONS + CLOSE + BLANKS)
        if name is None:
            typed, _, _ = _partition(text[place : _closing(text, start)])
            raise Unquotable(
                f"“{shown}”：“{source.name}”里没有“{typed}”", _guess(typed, list(source.rows))
            )
        rows = source.rows[name]
        if len(rows) > 1:
            raise Unquotable(
                f"“{shown}”：“{source.name}”里有 {len(rows)} 行都叫“{name}”，不知道引用哪一行",
                "给同名的行起不同的名称",
            )
        place = _past_spaces(text, place + len(name))
        if "" in rows[0]:  # an item of a form has one content
            return self._finish(rows[0][""], text, start, place)
        return self._read_column(name, rows[0], text, start, place)

    def _read_column(self, name: str, row: Row, text: str, start: int, place: int) -> Quote:
        close = _closing(text, start)
        columns = "、".join(row)
        if text[place] in CLOSE:
            raise Unquotable(f"“{text[start : close + 1]}”没有写是“{name}”的哪一列",
                             f"可以写：{columns}")  # fmt: skip
        place = _past_spaces(text, place + 1)
        header = _longest(row, text, place, ends=COLONS + CLOSE + BLANKS)
        if header is None:
            typed, _, _ = _partition(text[place:close])
            raise Unquotable(
                f"“{text[start : close + 1]}”：没有“{typed}”这一列",
                f"{_guess(typed, list(row), otherwise='')}可以写：{columns}",
            )
        if _is_blank(row[header]):
            raise Unquotable(
                f"“{text[start : close + 1]}”引用的“{name}”的“{header}”是空的",
                "先填好表里的数；由下级合计的，先填好每一个下级",
            )
        return self._finish(row[header], text, start, place + len(header))

    def _finish(self, value: Quotable, text: str, start: int, place: int) -> Quote:
        close = text.find(CLOSE, place)
        if OPEN in text[place:close]:
            raise Unquotable(f"“{text[start:place]}”少了“{CLOSE}”", "补上右括号")
        options = [_fold(part).strip() for part in re.split(f"[{COLONS}]", text[place:close])[1:]]
        unit, decimals = _options([part for part in options if part], text[start : close + 1])
        if isinstance(value, Amount) and not unit:
            unit = self._unit_behind(text, close + 1)
        shown = self._shown(value, unit, decimals, text[start : close + 1])
        if unit and text.startswith(unit, close + 1):  # the officer wrote the unit once more
            shown = shown.removesuffix(unit)
        return Quote(shown, close + 1)

    def _unit_behind(self, text: str, place: int) -> str:
        """The unit that was written behind the brackets, where it is another than the tables'.

        The amount is then converted: 34000000 in 元 is not 34000000万元.
        """
        behind = next((unit for unit in YUAN if text.startswith(unit, place)), "")
        return "" if behind == self.amount_unit else behind

    def _shown(self, value: Quotable, unit: str, decimals: int | None, placeholder: str) -> str:
        if isinstance(value, Amount):
            return self._amount(value.value or Decimal(0), unit, decimals)
        if unit and unit != "%":
            raise Unquotable(f"“{placeholder}”引用的不是金额，不能换算成{unit}", "去掉单位")
        if isinstance(value, Deviation) and value.kept and decimals is None:
            return value.kept
        if isinstance(value, Rate | Deviation):
            places = self.rules.rate_decimals if decimals is None else decimals
            assert value.ratio is not None  # a blank rate was refused before
            return fixed(value.ratio * 100, places) + "%"
        if isinstance(value, Decimal):
            return plain(value) if decimals is None else fixed(value, decimals)
        if isinstance(value, Measure | Target):
            return value.text
        return value or ""

    def _amount(self, value: Decimal, unit: str, decimals: int | None) -> str:
        if not unit:
            return plain(value) if decimals is None else fixed(value, decimals)
        converted = value * YUAN[self.amount_unit] / YUAN[unit]
        if decimals is not None:
            return fixed(converted, decimals) + unit
        return plain(half_up(converted, UNIT_DECIMALS[unit])) + unit


def _is_blank(value: Quotable) -> bool:
    """Whether there is nothing to quote; a rate that prints blank or — says nothing, too."""
    if isinstance(value, Rate):
        return value.ratio is None
    return value in (None, "", Amount(None))


def _options(parts: Sequence[str], placeholder: str) -> tuple[str, int | None]:
    unit, decimals = "", None
    for part in parts:
        if part in YUAN or part == "%":
            unit = part
        elif matched := _DECIMALS.fullmatch(part):
            digit = matched.group(1)
            decimals = _NUMERALS[digit] if digit in _NUMERALS else int(digit)
        else:
            raise Unquotable(
                f"“{placeholder}”最后的“{part}”看不懂",
                "可以写单位（元、万元、亿元）和小数位数（如 1位）",
            )
    return unit, decimals


def _past_spaces(text: str, place: int) -> int:
    while text[place : place + 1] and text[place] in BLANKS:
        place += 1
    return place


def _longest(names: Iterable[str], text: str, place: int, *, ends: str) -> str | None:
    """The longest name that stands at `place` with a colon or the closing bracket behind it."""
    folded = _fold(text[place:])
    found: str | None = None
    for name in names:
        wanted = _fold(name)
        behind = folded[len(wanted) : len(wanted) + 1]
        fits = folded.startswith(wanted) and behind and behind in _fold(ends)
        if fits and (found is None or len(name) > len(found)):
            found = name
    return found


def _fold(text: str) -> str:
    """The text as it is compared, character for character: full-width signs, quotation marks."""
    return "".join(_SAME.get(char) or _narrow(char) for char in text)


_SAME = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def _narrow(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char


def _closing(text: str, start: int) -> int:
    close = text.find(CLOSE, start)
    return len(text) if close < 0 else close


def _partition(text: str) -> tuple[str, str, str]:
    matched = re.search(f"[{COLONS}]", text)
    if matched is None:
        return text, "", ""
    return text[: matched.start()], matched.group(), text[matched.end() :]


def _looks_meant(content: str) -> bool:
    """Whether brackets that name no table were meant as a placeholder: two colons or more."""
    return len(re.findall(f"[{COLONS}]", content)) >= 2


def _guess(typed: str, names: Sequence[str], *, otherwise: str | None = None) -> str:
    known = [name for name in names if len(name) <= _LONGEST_COMPARED]
    near = difflib.get_close_matches(typed[:_LONGEST_COMPARED], known, n=1, cutoff=0.4)
    if near:
        return f"是不是“{near[0]}”？"
    return f"可以写：{'、'.join(map(_short, names[:12]))}" if otherwise is None else otherwise


def _short(name: str) -> str:
    """A name as advice shows it: a cell may hold thousands of characters."""
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
