"""Sentences that state an amount or a rate of a table (预算、支出、执行率).

Read for certainty: a number is compared where its words are all known: a row's name or the unit as
a whole, a column, and fillers. A row goes on to the clauses behind it until another one is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perfgen.prose import words
from perfgen.prose.columns import (
    bare_of,
    column_said,
    is_of_some,
    is_rate_of_some,
    is_source,
    is_use,
    tells_of_reviews,
    with_bare,
)
from perfgen.prose.lexing import Lexicon, Token, money_lexicon
from perfgen.prose.names import Likeness, cut_names, short_names
from perfgen.prose.quantities import PERCENT, Quantity, quantities
from perfgen.prose.reasons import is_only_why, without_reason
from perfgen.prose.said import Figure, Row, Statement
from perfgen.prose.subject import State
from perfgen.prose.text import Clause, Sentence, sentences
from perfgen.prose.timing import timed
from perfgen.prose.words import Word

__all__ = ["Figure", "MoneyReader", "Row", "Statement"]

_WITHOUT = re.compile(
    "^(?:其中|均)?(?:不含|不包括|不包含|不计|未含|未包括|剔除|扣除|扣减|除去|除(?!外|此))"
)
"""What stands before or behind these is told without a part of it: no amount of a table."""
_AMONG = re.compile("(?<![年其当程行期])[中里]$")
_NOT_A_LEVEL = frozenset({Word.COMPARED, Word.SHARE, Word.OTHER_MONEY, Word.PLANNED})
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}是?|\d{1,2})?[.、]?")
_SOME_PROJECTS = re.compile("[\u4e00-\u9fff]{0,6}?(?<!任务)项目")
_SUBJECT_BEHIND = re.compile("(?:项目|任务)?(?:分别)?(?:为|是|即)$")
_OF_PROJECTS = re.compile("项目(?:经费|资金)")
"""7个主要支出项目，年度预算…; 安排项目经费…: of the projects, and not of the whole."""

_HEADING = 40
"""A paragraph up to this length may be a heading, which names what the next one is about."""

_TITLE = 14
"""A heading that only names something is no longer."""

_REMEMBERED = 6
"""Rows named in the sentences before that a number may still be about."""

_GROUPS = ("各项任务", "项目支出")
_TOGETHER = frozenset(
    {"合计", "共计", "共", "总计", "累计", "总共", "一共", "两项", "上述", "以上"}
)
_OVERALL = ("整体", "总体")


class MoneyReader:
    """Reads the statements about the rows of one report."""

    def __init__(
        self,
        rows: Sequence[Row],
        headers: Sequence[tuple[str, str]],
        year: int,
        own_names: Sequence[str],
        places: Sequence[str] = (),
    ) -> None:
        """Take the rows, the columns' headers, the report's year, the unit's names and places."""
        self._year = year
        self._rows = {row.name: row for row in rows if not row.whole}
        self.whole = next((row for row in rows if row.whole), None)
        self.details = tuple(row for row in rows if row.detail)
        self._likeness = Likeness(self._rows)
        self._short, self._loose = short_names(self._rows), cut_names(self._rows)
        self._short = {**self._loose, **self._short}
        self.lexicon: Lexicon = money_lexicon(
            tuple(self._short), tuple(headers), tuple(own_names), tuple(places)
        )

    def row_named(self, text: str) -> Row | None:
        """Return the row with this name, or with a shorter form of it."""
        name = self._short.get(text)
        return self._rows.get(name) if name else None

    def row_in(self, words_: str) -> Row | None:
        """Return the one row that some words name, with nothing unknown beside it."""
        tokens = self.lexicon.tokens(words_)
        names = [token for token in tokens if token.word is Word.NAME]
        unknown = [place for place, t in enumerate(tokens) if t.word is Word.UNKNOWN]
        if names:
            return self.row_named(names[0].value) if len(names) == 1 and not unknown else None
        if not unknown:
            return None
        phrase = "".join(t.text for t in tokens[unknown[0] : unknown[-1] + 1])
        name = self._likeness.find(phrase)
        return self._rows[name] if name else None

    def read(self, paragraphs: Sequence[str], *, of: Row | None) -> Iterator[Statement]:
        """Yield the statements of a passage. `of` is what it speaks of where nothing is named."""
        for figures in self.figures(paragraphs, of=of):
            yield from (figure.statement for figure in figures if figure.statement)

    def figures(self, paragraphs: Sequence[str], *, of: Row | None) -> Iterator[tuple[Figure, ...]]:
        """Yield the quantities of each sentence of a passage, with what they are about."""
        whole = of
        about: list[Row] = []
        before = ""
        for paragraph in paragraphs:
            about = about[-1:] if 0 < len(before) <= _HEADING else []
            of = None if any(map(self._names_else, sentences(before[:_HEADING])[:1])) else whole
            before = paragraph
            apart = False
            for sentence in sentences(timed(paragraph, self._year)):
                title = self._title(sentence)
                if title is not None:  # 2.基本支出。: what stands behind is about it
                    of = title
                    continue
                if self._names_else(sentence):  # 4.三公经费。: neither a row nor the whole
                    of = None
                    continue
                apart = apart and sentence.joined
                state = State(about=about, whole=of, elsewhen=apart, dated=apart)
                yield tuple(self._sentence(sentence, state))
                apart = state.elsewhen and state.dated
                about += state.mentioned
                del about[:-_REMEMBERED]

    def _title(self, sentence: Sentence) -> Row | None:
        """The row that a short sentence only names, as a heading does."""
        if len(sentence.text) > _HEADING or len(sentence.clauses) > 2:
            return None
        return self.row_named(_NUMBERED.sub("", sentence.text))

    def _names_else(self, sentence: Sentence) -> bool:
        """Whether a heading names money that no row holds: 三公经费, 政府采购情况."""
        title = sentence.text
        if len(sentence.clauses) > 1 or not 0 < len(title) <= _TITLE or quantities(title):
            return False
        kinds = {token.word for token in self.lexicon.tokens(title)}
        return Word.OTHER_BASE in kinds and kinds.isdisjoint({Word.NAME, Word.WHOLE})

    def _sentence(self, sentence: Sentence, state: State) -> Iterator[Figure]:
        told: list[Figure] = []
        for clause in sentence.clauses:
            if _WITHOUT.match(clause.text):
                told[-1:] = [replace(one, statement=None) for one in told[-1:]]
                state.without = state.without or not clause.depth
            outside = state.row, state.named, state.unknown, state.part
            state.reviewed = state.reviewed or tells_of_reviews(clause.text)
            told += self._clause(clause, state)
            if clause.depth:  # what stands in brackets is said of what stands before
                state.row, state.named, state.unknown, state.part = outside
        yield from told

    def _clause(self, clause: Clause, state: State) -> Iterator[Figure]:
        start, counted = 0, False
        for quantity in quantities(clause.text):
            lead = clause.text[start : quantity.start]
            start = quantity.end
            tokens = bare_of(with_bare(self.lexicon.tokens(without_reason(lead))))
            statement = None
            if quantity.is_money or quantity.unit == PERCENT:
                state.turn(tokens, counted=True)
                statement = self._statement(tokens, quantity, state, counted=counted)
                if statement and clause.text.startswith("用于", quantity.end):
                    statement = replace(statement, sure=min(statement.sure, 1))
            else:
                self._context(tokens, state)
                state.loose = state.loose or (counted and _AMONG.search(lead) is not None)
                counted, state.some, state.counts = True, is_of_some(lead, tokens), True
                state.several = state.several or (
                    quantity.unit in ("个", "项")
                    and (
                        _SOME_PROJECTS.match(clause.text, quantity.end) is not None
                        or lead.endswith(("项目", "项目共"))
                    )
                )
                state.few = state.several and quantity.value < len(self.details)
            column = self._said_column(tokens, quantity, state)[0]
            state.rated = state.rated or column == words.RATE
            state.spending = state.spending or column == words.ACTUAL
            if column == words.RATE and is_rate_of_some(lead):
                column = ""
            yield Figure(quantity, clause, lead, tokens, state.row, column, statement)
        if not start and not is_only_why(clause.text):
            self._context(self.lexicon.tokens(clause.text), state)
        elif start:
            self._subject_behind(clause.text[start:], state)
        if state.row is not None and _AMONG.search(clause.text):  # 甲资金中，用于…: parts of it
            state.begin_part()

    def _context(self, tokens: Sequence[Token], state: State) -> None:
        """A clause without money: it may name what the next ones speak of."""
        state.turn(tokens, counted=False)
        names = [token for token in tokens if token.word is Word.NAME]
        unknown = [token for token in tokens if token.word is Word.UNKNOWN]
        first = next((t for t in tokens if t.word not in (Word.FILLER, Word.WHOLE)), None)
        if (len(names) == 1 and first is names[0]) or (len(names) == 1 and not unknown):
            state.take(self.row_named(names[0].value))
            state.loose = bool(unknown)  # of the row, or of something that belongs to it
        elif names:
            state.row, state.named, state.unknown = None, False, True
        elif unknown and not state.named and not state.told:
            state.unknown = state.unknown or len("".join(t.text for t in unknown)) > 1

    def _subject_behind(self, tail: str, state: State) -> None:
        """支出率低于90%的项目为甲, 支出率…: what is named behind a number goes on to the next."""
        tokens = self.lexicon.tokens(tail)
        places = [place for place, token in enumerate(tokens) if token.word is Word.NAME]
        if len(places) != 1:
            return
        front = "".join(token.text for token in tokens[: places[0]])
        if _SUBJECT_BEHIND.search(front):
            state.take(self.row_named(tokens[places[0]].value))

    def _statement(
        self, tokens: Sequence[Token], quantity: Quantity, state: State, *, counted: bool
    ) -> Statement | None:
        kinds = {token.word for token in tokens}
        source = state.row or state.parted
        if source is not None and is_source(tokens) and not state.elsewhen and not quantity.bound:
            known = len(source.values.get(words.SPENT, ())) > 1 and quantity.is_money
            return Statement(source, words.SPENT, "财政资金", quantity, 1) if known else None
        guessed = self._subject(tokens, state)
        column, word = self._said_column(tokens, quantity, state)
        first, state.told = not state.told, True
        state.amounts += quantity.is_money
        together = bool(tokens) and tokens[0].text in _TOGETHER and Word.NAME not in kinds
        if quantity.is_money and together and state.amounts > 2:  # 甲追加a、乙追加b，合计追加c
            return None
        if (
            guessed is None
            or (state.invested and "累计" in "".join(token.text for token in tokens))
            or state.elsewhen
            or state.without
            or kinds & _NOT_A_LEVEL
            or quantity.bound
        ):
            return None
        row, sure = guessed
        state.rate_of = row if column == words.RATE else state.rate_of
        of_some = state.some and together  # 2处合计支出…
        state.several = state.several or (counted and row.whole)
        of_group = row.whole or (row.name in _GROUPS and state.few)
        several = (of_group and state.several) or (counted and of_some)  # 四个项目支出…
        if several or _is_of_else(tokens, row, word, state):
            return None
        named_here = Word.NAME in kinds or Word.UNKNOWN in kinds
        unnamed = row is state.whole and Word.WHOLE not in kinds
        mixed = state.carried or (unnamed and state.reviewed)  # of both, or of one project
        no_level = not column and (quantity.unit == PERCENT or not named_here)
        rows = self.details if tokens and tokens[-1].text == "的" else ()  # 已支付的78万元中
        of_projects = unnamed and self._is_of_projects(quantity, column, rows)
        if no_level or of_projects or (column == words.ADJUSTMENT and mixed):
            return None
        if unnamed and not first:
            sure = min(sure, 1)
        if column == words.SPENT or not column:
            sure -= 1
        if (unnamed and (counted or column == words.SPENT)) or is_use(tokens):
            sure = 0  # 发放补贴860万元, 用于市区的860万元: of some of it, most likely
        others: list[Row] = []
        changed = column in (words.ADJUSTMENT, words.BALANCE)
        if unnamed and changed and tokens[-1].text == "的":  # 追加的62万元中，未支出的18万元中
            others += self.details
        own_text = state.whole is not None and not state.whole.whole
        of_all = Word.NAME not in kinds and not own_text
        if tokens and tokens[0].text == "项目" and of_all:  # of all, or its own
            others += [every] if (every := self.row_named("项目支出")) else []
        if state.part and Word.NAME not in kinds and Word.PART not in kinds:
            others += [one for one in (state.parted, state.whole) if one is not None]
        of_many = state.of_whole or len({one.name for one in state.mentioned}) > 1
        if of_many and row is not state.whole and not named_here and state.whole:
            others.append(state.whole)  # 追加甲36万元，调整后756万元
        sure = min(sure, 1) if others else sure
        state.of_whole = state.of_whole or row is state.whole
        return Statement(row, column, word, quantity, max(sure, 0), (*state.about, *others))

    def _is_of_projects(self, quantity: Quantity, column: str, rows: Sequence[Row]) -> bool:
        """Whether an amount is that of all projects, or of some row, and no slip of the whole's."""
        some = (*filter(None, map(self.row_named, _GROUPS)), *rows)
        known = (value for row in some for value in row.values.get(column or words.SPENT, ()))
        return quantity.is_money and any(quantity.is_(value) for value in known)

    def _said_column(
        self, tokens: Sequence[Token], quantity: Quantity, state: State
    ) -> tuple[str, str]:
        """The column that is said, or that goes on from what was said before."""
        column, word = column_said(tokens, quantity)
        if column or quantity.unit != PERCENT or not (state.rated and state.part):
            return column, word
        only_named = {token.word for token in tokens} <= {Word.NAME, Word.PART, Word.FILLER}
        named = any(token.word is Word.NAME for token in tokens)
        return (words.RATE, "执行率") if named and only_named else (column, word)

    def _subject(self, tokens: Sequence[Token], state: State) -> tuple[Row, int] | None:
        """The row that a number's words are about, and how sure that is."""
        names = [token for token in tokens if token.word is Word.NAME]
        unknown = [place for place, t in enumerate(tokens) if t.word is Word.UNKNOWN]
        if len(names) > 1 or (names and unknown):
            state.row, state.named, state.unknown = None, True, True
            return None
        if names:
            state.take(self.row_named(names[0].value))
            sure = 1 if names[0].value in self._loose else 2
            return (state.row, sure) if state.row else None
        if unknown:
            return self._guessed(tokens[unknown[0] : unknown[-1] + 1], state)
        whole = [token.text for token in tokens if token.word is Word.WHOLE]
        of_part = state.row not in (None, state.whole, state.rate_of)
        if of_part and whole and all(text in _OVERALL for text in whole):
            whole = []  # 项目支出……，总体执行率: of what was named
        if whole and not state.part:
            if state.whole is None:
                return None
            state.row, state.named, state.unknown = state.whole, True, False
            state.mentioned.append(state.whole)
            return state.whole, 2
        if state.row is not None:
            return state.row, 0 if state.loose else 2
        if state.whole is None or state.part or (state.unknown and state.named):
            return None
        if state.unknown:
            return state.whole, 0
        return state.whole, 1 if state.about else 2

    def _guessed(self, tokens: Sequence[Token], state: State) -> tuple[Row, int] | None:
        name = self._likeness.find("".join(token.text for token in tokens))
        if name is None:
            state.row, state.named, state.unknown = None, True, True
            return None
        state.row, state.named, state.unknown = self._rows[name], True, False
        state.mentioned.append(self._rows[name])
        return self._rows[name], 1


def _is_of_else(tokens: Sequence[Token], row: Row, word: str, state: State) -> bool:
    """Whether a number is of the projects alone, or the rate of a quantity: 改造完成率107.5%."""
    if word == "完成率":
        return not (state.spending or (row.whole and not (state.amounts or state.counts)))
    named = any(token.word is Word.WHOLE for token in tokens)
    return row.whole and not named and bool(_OF_PROJECTS.search("".join(t.text for t in tokens)))
