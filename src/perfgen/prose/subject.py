"""What a sentence about money is about so far (主语): it goes on from clause to clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from perfgen.prose import words
from perfgen.prose.lexing import Token
from perfgen.prose.said import Row
from perfgen.prose.words import Word

_NOT_NOW = frozenset({Word.OTHER_TIME, Word.OTHER_BASE})
_CHANGES = (words.INITIAL, words.ADJUSTMENT)
_NO_PARTS = frozenset({Word.PART, Word.COLUMN, Word.FILLER})
"""其中年中追加40万元: of the row's own budget, and no other row."""
_SOME = ("个别项目", "部分项目", "各子项目", "各项任务", "各任务", "各重点任务", "各项重点任务")
"""These speak of some projects in their own clause only."""
_NOW = ("本年", "全年", "当年", "今年", "本年度", "截至年底")


_OF_ALL_YEARS = frozenset(
    {"总投资", "概算", "总造价", "投资总额", "合同", "合同金额", "合同价", "中标价"}
)
"""What a work costs in all its years: 累计支付 behind it is of all of them, too."""


@dataclass(slots=True)
class State:
    """What a sentence is about so far.

    `row` is the row that was named last (`named`), `loose` where something that belongs to it may
    be meant, `unknown` where something that no table knows was named. `part` is True behind 其中,
    `parted` is the row that is parted, `whole` what is meant where nothing is named. `elsewhen`
    says that another time is told, `dated` that it holds to the end. `told` is True once a number
    was told, `amounts` how many were money; `rated` once a rate was, and `rate_of` whose. `some`
    and `several` say that a few rows were counted, `few` that there are more than those,
    `carried` that a carried balance was told, `without` that a part was left out, `of_whole` that
    the whole was told. `reviewed` that projects were valued (评审核减), `spending` that an amount
    was told as spent, `counts` that things were counted, `invested` that the cost
    of all years was told. `mentioned` are the rows
    named here, `about` those of the sentences before.
    """

    row: Row | None = None
    named: bool = False
    unknown: bool = False
    part: bool = False
    elsewhen: bool = False
    dated: bool = False
    told: bool = False
    loose: bool = False
    rated: bool = False
    some: bool = False
    several: bool = False
    few: bool = False
    carried: bool = False
    without: bool = False
    rate_of: Row | None = None
    of_whole: bool = False
    mentioned: list[Row] = field(default_factory=list)
    whole: Row | None = None
    parted: Row | None = None
    about: list[Row] = field(default_factory=list)
    amounts: int = 0
    reviewed: bool = False
    spending: bool = False
    counts: bool = False
    invested: bool = False

    def turn(self, tokens: Sequence[Token], *, counted: bool) -> None:
        """Follow what the words say of time and of what is part of what."""
        kinds = {token.word for token in tokens}
        if kinds & _NOT_NOW:
            self.elsewhen = True
            lasting = any(token.word in _NOT_NOW and token.text not in _SOME for token in tokens)
            self.dated = lasting and not counted and Word.NAME not in kinds
        elif any(token.text in _NOW for token in tokens):
            self.elsewhen = self.dated = False
        elif Word.NAME in kinds and not self.dated:  # 截至6月底，甲…: a time for all that follows
            self.elsewhen = False
        self.carried = self.carried or any(
            token.word is Word.OTHER_MONEY and "结转" in token.text for token in tokens
        )
        self.invested = self.invested or any(token.text in _OF_ALL_YEARS for token in tokens)
        of_its_budget = kinds <= _NO_PARTS and any(t.value in _CHANGES for t in tokens)
        if Word.PART in kinds and not of_its_budget:
            self.begin_part()

    def begin_part(self) -> None:
        """Go on to the parts of the row that was named last."""
        self.part = True
        self.parted = self.row or self.parted
        self.row, self.named = None, False

    def take(self, row: Row | None) -> None:
        """Go on to a row that is named."""
        self.row, self.named, self.unknown = row, True, False
        self.mentioned += [row] if row else []
        self.loose = False
