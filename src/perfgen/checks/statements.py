"""Sentences that state a figure of a table: 预算总金额年初安排100万元，执行率99.04%.

Read for certainty, not for completeness: the row's name and the column's word open a clause and
the number follows at once; a row named goes on to the clauses behind it, until another amount, an
其中 or a full stop. Everything else is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.passages import plain_text

RATE = "execution_rate"

WORDS: Mapping[str, tuple[str, ...]] = {
    "initial": (
        "年初预算安排", "年初预算数", "年初预算金额", "年初预算", "年初安排预算", "年初安排",
        "年初批复预算", "年初批复", "年初",
    ),
    "adjustment": (
        "上年度结转及当年预算追加追减", "上年度结转及当年追加追减", "上年结转及当年追加追减",
        "追加追减", "年中追加", "追加预算", "追加",
    ),
    "adjusted": ("调整预算", "调整后预算", "调整后", "年度预算", "全年预算"),
    "actual": (
        "实际支出", "实际执行", "全年支出", "全年执行", "累计支出", "执行数", "支出数", "决算数",
    ),
    RATE: ("预算执行率", "执行率", "预算支出率", "支出率", "预算完成率", "支出完成率"),
    "half_plan": ("半年计划执行数", "半年计划"),
}  # fmt: skip
"""The words for each column of a budget table, besides the column's own header."""

UNITS = {
    "亿元": Decimal(10) ** 8, "千万元": Decimal(10) ** 7, "百万元": Decimal(10) ** 6,
    "万元": Decimal(10) ** 4, "千元": Decimal(1000), "元": Decimal(1), "%": Decimal("0.01"),
}  # fmt: skip

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VAGUE = r"(?!\d*[余多]|左右|以上|以下|以内|点|上下)"
"""Behind a number: it is not meant exactly."""

_LINK = r"(?:的?(?:合计|总计|共计|总数|总额|金额|共|为|是|达到?|已达|计|数额?|额|了|:))*"
_BEFORE = (
    r"其中:?|全年|年度|本年度?|当年|(?:19|20)\d\d年度?|截至[^,;]{0,8}?[底末日],?|年末|本?部门|本?单位|"
    r"我[局委办院厅中心]|全[局委]|整体|总体|[一二三四五六七八九十]是|\([一二三四五六七八九十\d]{1,3}\)|"
    r"\d{1,2}[.、]|和|及|以及|与|共|合计|市级|另|截至目前,?"
)
_OTHER_TIME = re.compile(
    r"上一?年(?!度?结转)|去年|往年|同期|明年|下一?年|预计|力争|计划(?!执行)|目标|同比|原(?=预算|安排)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_AMOUNT = re.compile(rf"(?:{NUMBER})(?:{'|'.join(UNITS)})")
_NUMBERED = re.compile(r"^\([一二三四五六七八九十\d]{1,3}\)")
_STARTS = re.compile(r"[,、:(]")


@dataclass(frozen=True, slots=True)
class Named:
    """A row of a table: its name, and what each column holds: amounts in 元, rates as ratios."""

    name: str
    values: Mapping[str, tuple[Decimal, ...]]

    def amounts(self) -> tuple[Decimal, ...]:
        """Return every amount of the row."""
        return tuple(v for column, values in self.values.items() if column != RATE for v in values)


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that states a number. `row` is None where only the column is named.

    `alone` is True where the clause is the first of its sentence that tells of money.
    """

    row: Named | None
    column: str
    word: str
    number: Decimal
    decimals: int
    unit: str
    alone: bool

    @property
    def typed(self) -> str:
        """Return the number as it stands, with its unit."""
        return f"{self.number:f}{self.unit}"


class Reader:
    """Reads the statements about the rows of one report."""

    def __init__(
        self, rows: Sequence[Named], headers: Sequence[tuple[str, str]], year: int, unit: str
    ) -> None:
        """Take the rows that may be named, columns with their headers, the year and the unit."""
        self._year = year
        self._rows: dict[str, Named] = {}
        for row in rows:
            self._add(row)
        self._columns: dict[str, str] = {
            word: column for column, words in WORDS.items() for word in words
        }
        for column, header in headers:
            self._columns[plain_text(re.sub(r"[（(].*?[)）]", "", header))] = column
        names = _longest_first(self._rows) or "(?!)"
        words = _longest_first(self._columns)
        before = f"(?P<before>(?:{_BEFORE}{'|' + re.escape(plain_text(unit)) if unit else ''})*)"
        ending = rf"{_LINK}(?P<number>{NUMBER}){_VAGUE}(?P<unit>{'|'.join(UNITS)}){_VAGUE}"
        self._forms = (
            re.compile(rf"{before}(?:(?P<row>{names})(?:的)?)?(?P<column>{words})?{ending}"),
            re.compile(rf"{before}(?P<column>{words})(?:的)?(?P<row>{names}){ending}"),
        )
        self._opening = re.compile(rf"{before}(?P<row>{names})")
        self._named = re.compile(names)

    def _add(self, row: Named) -> None:
        name = plain_text(row.name)
        known = self._rows.get(name)
        if known is not None:
            columns = {**known.values, **row.values}
            merged = {
                column: (*known.values.get(column, ()), *row.values.get(column, ()))
                for column in columns
            }
            row = Named(known.name, merged)
        if name:
            self._rows[name] = row

    def read(self, paragraph: str) -> Iterator[Statement]:
        """Yield the statements of a paragraph, sentence by sentence."""
        for sentence in re.split(r"[。;!?！？；]", plain_text(paragraph)):
            if re.search(r"\d", sentence):
                yield from self._sentence(_NUMBERED.sub("", sentence))

    def _sentence(self, sentence: str) -> Iterator[Statement]:
        current: Named | None = None
        alone = True
        place = 0
        while place < len(sentence):
            found = self._match(sentence, place)
            if found is None:
                current, alone = self._unread(sentence, place, current, alone)
                end = place
            else:
                end = found.end()
                row = self._rows[found["row"]] if found["row"] else None
                if row is not None or "其中" in found["before"]:
                    current = row
                if not self._other_time(sentence[:end]):
                    statement = self._statement(found, current, alone)
                    if statement is not None:
                        yield statement
                alone = False
            following = _STARTS.search(sentence, end)
            if following is None:
                return
            place = following.end()

    def _match(self, sentence: str, place: int) -> re.Match[str] | None:
        for form in self._forms:
            found = form.match(sentence, place)
            if found and (found["row"] or found["column"]):
                return found
        return None

    def _unread(
        self, sentence: str, place: int, current: Named | None, alone: bool
    ) -> tuple[Named | None, bool]:
        """What is spoken of after a clause that states no figure of the tables."""
        following = _STARTS.search(sentence, place)
        clause = sentence[place : following.start() if following else len(sentence)]
        if _AMOUNT.search(clause):
            return None, False
        opening = self._opening.match(sentence, place)
        if opening:
            return self._rows[opening["row"]], alone
        if self._named.search(clause) or clause.startswith("其中"):
            return None, alone
        return current, alone

    def _statement(
        self, found: re.Match[str], current: Named | None, alone: bool
    ) -> Statement | None:
        word = found["column"] or ""
        digits = found["number"].replace(",", "")
        unit = found["unit"]
        column = self._columns[word] if word else ""
        if (column == RATE) != (unit == "%"):
            return None
        return Statement(
            row=current,
            column=column,
            word=word,
            number=Decimal(digits),
            decimals=len(digits.partition(".")[2]),
            unit=unit,
            alone=alone,
        )

    def _other_time(self, text: str) -> bool:
        """Whether the sentence speaks of another year, or of what is only planned."""
        if _OTHER_TIME.search(text):
            return True
        return any(int(year) != self._year for year in _YEAR.findall(text))


def _longest_first(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
