"""The numbers of a report from which others may be worked out (推算的依据), by where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfgen.checks.common.money_rows import money_rows
from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.once import once
from perfgen.checks.registry import Case
from perfgen.checks.told.texts import purpose_of
from perfgen.model.measure import Measure
from perfgen.model.numbers import plain
from perfgen.prose import words
from perfgen.prose.claims import Claim, Said, linking_pairs, numbers_said
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.expected import Purpose, number_of
from perfgen.prose.money import Row
from perfgen.prose.names import core
from perfgen.prose.quantities import MONEY, PERCENT, POINTS, kind_of
from perfgen.prose.spans import Span
from perfgen.prose.text import folded, sentences
from perfgen.prose.workings import Operand

_COLUMNS = {
    words.INITIAL: "年初预算",
    words.ADJUSTED: "调整后预算",
    words.ACTUAL: "实际支出",
    words.ADJUSTMENT: "调整数",
    words.BALANCE: "结余",
}
_MEANT_BY = (
    (re.compile("年初"), frozenset({words.INITIAL})),
    (re.compile("追加|追减|调增|调减|增加|净增|调整(?!后)"), frozenset({words.ADJUSTMENT})),
    (
        re.compile("(?:执行|支出|支付|完成|使用|预算)[^,;]{0,2}率|进度"),
        frozenset({words.ACTUAL, words.ADJUSTED}),
    ),
    (re.compile("(?<!年初)预算|计划|批复|下达|指标"), frozenset({words.INITIAL, words.ADJUSTED})),
    (re.compile("支出|支付|使用|执行"), frozenset({words.ACTUAL})),
    (re.compile("结余|剩余|未"), frozenset({words.ACTUAL, words.ADJUSTED})),
)
"""Which columns of a table the words of a claim ask for."""

_MONEY_WORDS = re.compile(
    "预算|资金|支出|经费|执行率?|进度|支付率?|完成率?|使用率?|使用|整体|总体|部门|单位|本?项目|全年|"
    "年度|年初|实际|累计|财政|结余|剩余|批复|下达|占|相当于|达到|调整后|总|率|未|比|低于|高于|节约|超出|的|用完|"
    "追加|追减|调增|调减|增加|净增?|年中"
)
"""Words of money that name no row: what is left of a claim names one, or another thing."""

_OF_A_PART = re.compile("基本支出|项目|人员|公用")
_MOST_SENTENCES = 400
_MOST_LINKED = 12
_COMMON = 30
_CONTEXT = 40
_FEW, _SURE_OF_FEW = 10, 2
_RUN = 4
"""Neighbours whose sum may be meant."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a text with its numbers; `place` is its paragraph and its place in it."""

    text: str
    place: tuple[int, int]
    numbers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A number of the report: its words, its column, the text it stands in (-1: a table)."""

    operand: Operand
    pairs: frozenset[str]
    passage: int = -1
    column: str = ""


@dataclass(slots=True)
class KnownNumbers:
    """All numbers of a report's texts and tables, each to be found by where it stands."""

    texts: list[tuple[Passage, tuple[ReadSentence, ...]]] = field(default_factory=list)
    told: Counter[tuple[str, Decimal]] = field(default_factory=Counter)
    _tables: dict[str, list[_Held]] = field(default_factory=dict)
    _rows: list[tuple[str, list[_Held]]] = field(default_factory=list)
    _whole: list[_Held] = field(default_factory=list)
    _by_pair: dict[str, list[_Held]] = field(default_factory=dict)

    def near(self, number: int, here: ReadSentence, claim: Claim) -> list[Operand]:
        """Return the numbers of a claim's sentence, its paragraph and its row, with their bonds."""
        passage, said = self.texts[number]
        asked = linking_pairs(claim.piece)
        found = list(_beside(here, claim, asked))
        for one in said:
            if one is not here and (passage.kind != "section" or one.place[0] == here.place[0]):
                found += _of_sentence(one, asked)
        meant = {one for form, columns in _MEANT_BY if form.search(claim.piece) for one in columns}
        of_else = linking_pairs(_MONEY_WORDS.sub("|", claim.piece))
        project = passage.subject if passage.kind == "project" else ""
        for held in (*self._tables.get(project, ()), *self._rows_told(passage, here.text, claim)):
            same = _bond_of(held.pairs, asked)
            asks = held.column in meant and (same > 0 or not of_else)
            bond = same + (2 if asks else -1 if held.column else 0)
            found.append(replace(held.operand, bond=bond, named=asks or same > 0))
        found = [one for one in found if one.bond >= _SURE_OF_FEW or not _is_few(one)]
        return sorted(found, key=lambda each: -each.bond)

    def beside(self, here: ReadSentence, claim: Claim) -> list[Operand]:
        """Return the numbers of a claim's own sentence."""
        return list(_beside(here, claim, frozenset()))

    def far(self, number: int, claim: Claim, sentence: str, kinds: frozenset[str]) -> list[Operand]:
        """Return the numbers elsewhere whose words are alike, the most alike ones first."""
        score: Counter[int] = Counter()
        held: dict[int, _Held] = {}
        for pair in linking_pairs(self.texts[number][0].subject + sentence):
            some = self._by_pair.get(pair, ())
            for one in some if len(some) <= _COMMON else ():
                if one.passage != number and one.operand.kind in kinds:
                    score[id(one)] += 1
                    held[id(one)] = one
        best = score.most_common(_MOST_LINKED)
        most = best[0][1] if best else 0
        asked = linking_pairs(claim.piece)
        return [
            replace(
                one.operand,
                bond=(same := _bond_of(one.pairs, asked)) + min(many, 3) - 2,
                named=same > 0,
                far=True,
            )
            for one, many in ((held[key], many) for key, many in best)
            if many >= min(2, most) and not _is_few(one.operand)
        ]

    def hold(self, one: _Held) -> None:
        """Keep a number to be found by its words."""
        for pair in one.pairs:
            self._by_pair.setdefault(pair, []).append(one)

    def add_to_project(self, project: str, held: _Held) -> None:
        """Keep an indicator's number for the texts of its project."""
        if project:
            self._tables.setdefault(project, []).append(held)

    def add_row(self, name: str, amounts: list[_Held], *, whole: bool) -> None:
        """Keep the amounts of a row for the sentences that name it."""
        if whole:
            self._whole = amounts
        elif name:
            self._rows.append((name, amounts))

    def _rows_told(self, passage: Passage, sentence: str, claim: Claim) -> Iterator[_Held]:
        of_all = passage.kind in ("section", "score", "report")
        if of_all and not _OF_A_PART.search(claim.piece):
            yield from self._whole
        text = folded(passage.subject) + sentence
        for name, some in self._rows:
            if name in text:
                yield from some


def _is_few(operand: Operand) -> bool:
    """Whether a number is so small that what it gives is often given by others, too."""
    return operand.span.low == operand.span.high < _FEW and not operand.row


def _bond_of(pairs: frozenset[str], asked: frozenset[str]) -> int:
    return min(2, len(pairs & asked))


def _beside(here: ReadSentence, claim: Claim, asked: frozenset[str]) -> Iterator[Operand]:
    """The numbers of the claim's own sentence: the nearer before it, the surer."""
    for at, one in enumerate(here.numbers):
        if at != claim.place and _may_count(one):
            gap = claim.place - at
            bond = 3 if gap == 1 else 2 if gap == 2 else 1
            same = _bond_of(linking_pairs(one.words), asked)
            yield replace(_operand(one, bond + same), named=same > 0)
    yield from _sums([one for at, one in enumerate(here.numbers) if at != claim.place], asked)


def _of_sentence(sentence: ReadSentence, asked: frozenset[str]) -> Iterator[Operand]:
    for one in sentence.numbers:
        if _may_count(one):
            same = _bond_of(linking_pairs(one.words), asked)
            yield replace(_operand(one, same), named=same > 0)
    yield from _sums(sentence.numbers, asked)


def _may_count(one: Said) -> bool:
    return one.quantity.unit != POINTS and not one.quantity.bound


def _operand(one: Said, bond: int) -> Operand:
    quantity = one.quantity
    pairs = linking_pairs(one.words)
    return Operand(Span.of(quantity), quantity.kind, quantity.typed, bond, pairs=pairs)


def _sums(numbers: Sequence[Said], asked: frozenset[str]) -> Iterator[Operand]:
    """What neighbours make together: of 三级备案126个、二级备案218个, 备案率 is told, too."""
    counted = [one for one in numbers if _may_count(one) and one.quantity.unit != PERCENT]
    some = [one.quantity for one in counted]
    same = [_bond_of(linking_pairs(one.words), asked) for one in counted]
    for many in range(2, _RUN + 1):
        for start in range(len(some) - many + 1):
            run = some[start : start + many]
            if len({one.kind for one in run}) == 1:
                shown = "+".join(one.typed for one in run)
                bond = max(same[start : start + many])
                span, kind = Span.sum_of(run), run[0].kind
                yield Operand(span, kind, shown, bond, named=bond > 0, summed=True)


def known_numbers(case: Case) -> KnownNumbers:
    """Return the numbers of a report, worked out once for all rules."""
    return once(case, _known_numbers)


def _known_numbers(case: Case) -> KnownNumbers:
    known = KnownNumbers()
    _read_tables(case, known)
    for number, passage in enumerate(prose(case)):
        said = tuple(_sentences(passage))
        known.texts.append((passage, said))
        aimed = purpose_of(passage, case) is Purpose.WANTED
        for sentence in said:
            _read(sentence, passage, number, known, aimed=aimed)
    return known


def _read(
    sentence: ReadSentence, passage: Passage, number: int, known: KnownNumbers, *, aimed: bool
) -> None:
    subject = passage.subject if passage.kind != "section" else ""
    for one in sentence.numbers:
        quantity = one.quantity
        known.told[quantity.kind, quantity.value] += 1
        if _may_count(one):
            before = sentence.text[max(0, quantity.start - _CONTEXT) : quantity.start]
            pairs = linking_pairs(f"{subject}|{before}|{one.words}")
            known.hold(_Held(replace(_operand(one, 0), aimed=aimed), pairs, number))


def _sentences(passage: Passage) -> Iterator[ReadSentence]:
    for line, paragraph in enumerate(passage.paragraphs):
        for at, sentence in enumerate(sentences(paragraph)[:_MOST_SENTENCES]):
            numbers = numbers_said(sentence.text)
            if len(numbers) <= MOST_FIGURES:
                yield ReadSentence(sentence.text, (line, at), tuple(numbers))


# --- tables --------------------------------------------------------------------------------------


def _read_tables(case: Case, known: KnownNumbers) -> None:
    for row in case.report.indicators:
        pairs = linking_pairs(row.name)
        measures = [(target.measure, "目标") for target in row.targets.values()]
        for measure, what in [*measures, *([(row.actual, "完成")] if row.actual else [])]:
            operand = _of_measure(measure, f"{row.name}{what}")
            if operand is not None:
                operand = replace(operand, aimed=what == "目标")
                known.hold(_Held(operand, pairs))
                known.add_to_project(row.project, _Held(operand, pairs))
                known.told[operand.kind, operand.span.low] += 1
    for line in money_rows(case):
        known.add_row(core(line.name), list(_of_row(line)), whole=line.whole)


def _of_measure(measure: Measure, shown: str) -> Operand | None:
    if measure.number is None or not measure.unit:
        return None
    value = number_of(measure)
    kind, pairs = kind_of(measure.base_unit), linking_pairs(shown)
    return Operand(Span(value, value), kind, f"{shown}{measure.text}", pairs=pairs)


def _of_row(row: Row) -> Iterator[_Held]:
    pairs = linking_pairs(row.name)
    for column, name in _COLUMNS.items():
        for value in row.values.get(column, ()):
            if value > 0:
                shown = f"{row.name}{name}{plain(value / 10000)}万元"
                operand = Operand(Span(value, value), MONEY, shown, row=row.name)
                yield _Held(operand, pairs, column=column)
