"""What was not done of a whole (未办结的N件, 还有N户没有改造) against what was, told elsewhere.

Where another sentence tells of the whole and of what was done of it (受理120件，办结112件), what is
left is their difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.prose.quantities import PERCENT, POINTS, Quantity, quantities
from perfgen.prose.text import Sentence, sentences

_NO_COUNT = frozenset({PERCENT, POINTS, "年", "月", "日", "天", "元", "分"})
_NOT = (
    "(?:没有|没能|未能|尚未|仍未|还未|未曾|未|不)"
    "(?:能|曾|获得?|得到|予以?|被|按期|如期|按时|全部|完全)?"
)
_DEED = (
    "(?P<deed>(?!成年|来|经|足|少|低|超|得|含|包括|仅|断|同|发生|高|多|大|及|予公开)"
    "[\u4e00-\u9fff]{2})"
)
_BEFORE = re.compile(
    rf"{_NOT}{_DEED}(?:到位|去向)?(?:的)?(?P<noun>[^,;:。()\d]{{0,10}}?)(?:还|尚|仍|共|只|仅)?(?:有|为|剩)?$"
)
_BEHIND = re.compile(rf"^[^,;:。()\d的]{{0,8}}?{_NOT}{_DEED}")
_STILL = re.compile("(?:还|尚|仍|另|其中)有?$")
_NEGATED = re.compile(
    r"(?:没有|没能|未能|尚未|仍未|还未|未|不|待|率|拟|计划|应)[\u4e00-\u9fff]{0,2}$"
)
_SHORT_FOR = {"成的": "成功"}
_FARTHEST, _SHOWN = 10, 18
_MOST = Decimal(4)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a sentence with the words before and behind it, up to its neighbours."""

    quantity: Quantity
    before: str
    behind: str


@dataclass(frozen=True, slots=True)
class Left:
    """What a sentence says was not done: how many, of which deed, and all its words.

    `noun` is what it counts, as far as it says so, `beside` are the sentence's other numbers.
    """

    said: Quantity
    deed: str
    noun: str
    sentence: str
    shown: str
    beside: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A whole and what was done of it, as one sentence tells both."""

    whole: Quantity
    done: Quantity
    sentence: str

    @property
    def left(self) -> Decimal:
        """Return what is left."""
        return self.whole.value - self.done.value


def left_over(paragraph: str) -> Iterator[Left]:
    """Yield what a paragraph says was not done."""
    for sentence in sentences(paragraph):
        numbers = _numbers(sentence)
        for one in numbers:
            found = _BEFORE.search(one.before)
            noun = found["noun"] if found else ""
            still = _STILL.search(one.before)
            if found is None and still:
                found, noun = _BEHIND.match(one.behind), one.before[: still.start()]
            if found is None or one.quantity.bound:
                continue
            deed = _SHORT_FOR.get(found["deed"], found["deed"])
            front = one.before if len(one.before) <= _SHOWN else f"…{one.before[-_SHOWN:]}"
            shown = f"{front}{one.quantity.typed}{one.behind[:_FARTHEST]}"
            beside = tuple(each.quantity for each in numbers if each is not one)
            yield Left(one.quantity, deed, noun, sentence.text, shown, beside)


def done_of(paragraph: str, left: Left) -> Iterator[Done]:
    """Yield the wholes, and what was done of them, that a paragraph tells of the same deed."""
    if left.deed not in paragraph:
        return
    for sentence in sentences(paragraph):
        if sentence.text != left.sentence and left.deed in sentence.text:
            yield from _done_in(_numbers(sentence), left, sentence.text)


def is_off(left: Left, done: Done) -> bool:
    """Return whether what is said to be left is another number than what was left."""
    rest = done.left
    if rest <= 0 or any(one.is_(rest) for one in (left.said, *left.beside)):
        return False  # 其余8件中，不满意3件: of what is left
    return 1 / _MOST <= left.said.value / rest <= _MOST


def _done_in(numbers: Sequence[_Number], left: Left, text: str) -> Iterator[Done]:
    for place, one in enumerate(numbers[1:], start=1):
        whole = numbers[place - 1].quantity
        same = one.quantity.kind == whole.kind == left.said.kind
        if not same or whole.value < one.quantity.value or one.quantity.bound or whole.bound:
            continue
        if _tells(one, left.deed) and not _tells(numbers[place - 1], left.deed):
            yield Done(whole, one.quantity, text)


def _tells(number: _Number, deed: str) -> bool:
    """Whether a number is told of a deed that was done: 办结112件, 112件已办结."""
    at = number.before.rfind(deed)
    if at >= 0 and len(number.before) - at <= _FARTHEST:
        return _NEGATED.search(number.before[:at]) is None
    at = number.behind.find(deed)
    return 0 <= at <= _FARTHEST // 2 and _NEGATED.search(number.behind[:at]) is None


def _numbers(sentence: Sentence) -> list[_Number]:
    found: list[_Number] = []
    for clause in sentence.clauses:
        here = [one for one in quantities(clause.text) if one.unit not in _NO_COUNT]
        here = [one for one in here if not one.is_money]
        for place, one in enumerate(here):
            start = here[place - 1].end if place else 0
            stop = here[place + 1].start if place + 1 < len(here) else len(clause.text)
            found.append(_Number(one, clause.text[start : one.start], clause.text[one.end : stop]))
    return found
