"""Live formulas of the score table (评分): marks by each rule, parents from their parts.

A column of the layout with the role `score.computed` (应得分), or a computed `score.score`, shows
them. Words that only perfgen can judge, and thresholds that texts state, are left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from perfgen.model.layout import Rules
from perfgen.model.names import MISSING, bare_name
from perfgen.model.numbers import plain
from perfgen.model.scoring import ScoreRule, Scoring
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import (
    UNKNOWN,
    any_of,
    plain_text,
    quoted,
    source_cell,
    without,
)
from perfgen.workbook.writing.ledger_steps import criterion
from perfgen.workbook.writing.plan import SheetPlan
from perfgen.workbook.writing.rule_formulas import marks_formula, rounded
from perfgen.workbook.writing.taken_cells import taken_cell

_DEEPEST = 4
"""Levels of parents that the formulas add up."""

_QUOTES = tuple(quoted(char) for char in "“”‘’\"'「」 \u3000")
_COUNTS_MARKS = frozenset({"deduction", "overshoot"})
_ADDS_UP = frozenset({"sum", "best"})
_RULES_IN_A_STEP = 6

_Rule = tuple[str, ScoreRule]


def score_steps(
    calc: CalcSheet, plan: SheetPlan, plans: Sequence[SheetPlan], rules: Rules
) -> Mapping[str, Step]:
    """Write the steps; return the one that computed columns of marks show.

    `plans` are all sheets: rules take values from them.
    """
    items = _Items(calc, plan, plans, rules.scoring)
    shown = items.computed()
    return {"computed": shown, "score": shown}


class _Items:
    """The items of the table: full marks, values, marks by rule, and sums over parts."""

    def __init__(
        self, calc: CalcSheet, plan: SheetPlan, plans: Sequence[SheetPlan], scoring: Scoring
    ) -> None:
        self._calc = calc
        self._plan = plan
        self._plans = plans
        self._scoring = scoring
        self._named = {bare_name(word): rule for word, rule in scoring.rules.items()}
        self._name = self._step("评分指标", lambda row: plain_text(self._cell("name", row)))
        self._key = self._step("评分规则", self._key_of)
        self._basis = self._step("计分依据", self._basis_of)
        self._typed_number = self._step("计分依据数字", self._typed_number_of)
        self._number = self._step("计分依据数值", self._number_of)
        self._full = self._step("满分", self._full_of)

    def computed(self) -> Step:
        """Write the marks of each item; return those that follow from rules and parts."""
        own = self._own()
        typed = self._step("填写得分", self._typed_marks)
        if not self._plan.letters("parent"):
            return own
        computed = own
        for _ in range(_DEEPEST):
            computed = self._with_parts(own, typed, computed)
        return computed

    def _step(self, label: str, formula: Callable[[int], str]) -> Step:
        return self._calc.add(label, formula, self._plan.last_calculated)

    def _cell(self, field: str, row: int) -> str:
        return source_cell(self._plan, field, row)

    def _key_of(self, row: int) -> str:
        """The rule's word, or the item's name where there is none, as rules are looked up."""
        word = plain_text(self._cell("rule", row))
        bare = f"ASC({without(self._name.at(row), _QUOTES)})"
        return f'IF({word}="",{bare},{word})'

    def _basis_of(self, row: int) -> str:
        """The text of a basis; blank where the officer marked that there is none (/, —)."""
        text = f"ASC({plain_text(self._cell('basis', row))})"
        nothing = any_of([f"{text}={quoted(mark)}" for mark in sorted(MISSING - {"无"})])
        return f"IF({nothing},{self._taken(row)},{text})"

    def _taken(self, row: int) -> str:
        """What the item's rule takes from elsewhere in the workbook; blank where it takes none."""
        formula = '""'
        for word, rule in reversed(self._named.items()):
            cell = taken_cell(rule.takes, self._plans) if rule.takes else None
            if cell is not None:
                formula = f'IF({self._key.at(row)}={quoted(word)},{cell}&"",{formula})'
        return formula

    def _typed_number_of(self, row: int) -> str:
        """The number of a basis as it was typed; unknown for words and other units."""
        text = self._basis.at(row)
        return f'IF({text}="","",IFERROR(VALUE(SUBSTITUTE({text},"%","")),{UNKNOWN}))'

    def _number_of(self, row: int) -> str:
        """The same, a percent as a ratio."""
        number = self._typed_number.at(row)
        percent = f'AND(ISNUMBER({number}),RIGHT({self._basis.at(row)},1)="%")'
        return f"IF({percent},{number}/100,{number})"

    def _full_of(self, row: int) -> str:
        given = self._cell("full", row)
        known = [(word, rule.full) for word, rule in self._named.items() if rule.full is not None]
        formula = '""'
        for word, full in reversed(known):
            formula = f"IF({self._key.at(row)}={quoted(word)},{plain(full)},{formula})"
        return f"IF(ISNUMBER({given}),{given},{formula})"

    def _typed_marks(self, row: int) -> str:
        column = next((c for c in self._plan.columns if c.field == "score"), None)
        if column is None or column.computed:
            return '""'
        cell = self._cell("score", row)
        return f'IF(ISNUMBER({cell}),{cell},IF({plain_text(cell)}="","",{UNKNOWN}))'

    def _own(self) -> Step:
        """Write the marks by rule, a few rules in each step: formulas may not be long or deep."""
        rules = [
            (word, rule)
            for word, rule in self._named.items()
            if rule.kind not in _ADDS_UP and rule.kind != "given"
        ]
        own: Step | None = None
        for start in range(0, max(len(rules), 1), _RULES_IN_A_STEP):
            some = rules[start : start + _RULES_IN_A_STEP]

            def marks(row: int, before: Step | None = own, some: Sequence[_Rule] = some) -> str:
                return self._own_marks(row, before.at(row) if before else '""', some)

            own = self._step("按规则得分", marks)
        assert own is not None  # there is at least one step
        return own

    def _own_marks(self, row: int, before: str, rules: Sequence[_Rule]) -> str:
        key, full = self._key.at(row), self._full.at(row)
        formula = before
        for word, rule in rules:
            formula = f"IF({key}={quoted(word)},{self._by_rule(rule, row)},{formula})"
        return f'IF(OR({self._name.at(row)}="",{full}=""),"",{formula})'

    def _by_rule(self, rule: ScoreRule, row: int) -> str:
        full, text = self._full.at(row), self._basis.at(row)
        counts_marks = rule.kind in _COUNTS_MARKS
        number = (self._typed_number if counts_marks else self._number).at(row)
        marks = rounded(
            marks_formula(rule, number, full, self._scoring), full, self._scoring.decimals
        )
        if rule.kind == "all_or_nothing":
            reached = self._is_one_of(text, self._scoring.reached_words)
            missed = self._is_one_of(text, self._scoring.missed_words)
            by_number = UNKNOWN if rule.full_at is None else marks
            words = f'IF({reached},{full},IF({missed},0,""))'
            return f'IF({text}="","",IF(ISNUMBER({number}),{by_number},{words}))'
        blank = full if counts_marks else '""'
        return f'IF({text}="",{blank},IF(ISNUMBER({number}),{marks},{UNKNOWN}))'

    @staticmethod
    def _is_one_of(text: str, words: tuple[str, ...]) -> str:
        return any_of([f"{text}={quoted(word)}" for word in words])

    def _with_parts(self, own: Step, typed: Step, below: Step) -> Step:
        """The marks of parents from those of their parts, one level more than `below`."""
        parent = self._step("上级", lambda row: plain_text(self._cell("parent", row)))
        printed = self._step(
            "印出的得分", lambda row: f'IF({typed.at(row)}="",{below.at(row)},{typed.at(row)})'
        )
        counted = self._step(
            "计分",
            lambda row: f'IF(OR({self._full.at(row)}<>"",{printed.at(row)}<>""),1,0)',
        )
        number = self._step("得分数值", lambda row: f"N({printed.at(row)})")

        def summed(row: int) -> str:
            name = criterion(self._name.at(row))
            mine = f"{parent.column},{name},{counted.column},1"
            unknown = f"COUNTIFS({mine},{printed.column},{UNKNOWN})"
            known = f'COUNTIFS({mine},{printed.column},">-1E+300")'
            total = f"ROUND(SUMIFS({number.column},{mine}),{self._scoring.decimals})"
            best = f"SUMPRODUCT(MAX(({parent.values}={self._name.at(row)})*{number.values}))"
            is_best = any_of(
                [
                    f"{self._key.at(row)}={quoted(word)}"
                    for word, rule in self._named.items()
                    if rule.kind == "best"
                ]
            )
            parts = f"IF({is_best},{best},{total})"
            return (
                f'IF({self._name.at(row)}="","",IF(COUNTIFS({mine})=0,{own.at(row)},'
                f'IF({unknown}>0,{UNKNOWN},IF({known}<COUNTIFS({mine}),"",{parts}))))'
            )

        return self._step("得分，含下级", summed)
