"""Live formulas of an indicator's marks (得分): by its rule, in proportion, or what its words say.

A column `indicator.computed` (应得分), or a computed `indicator.mark`, shows them. Dates, words
that perfgen may understand and units that differ are left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from perfgen.figures.marks import is_proportion, looks_at_result
from perfgen.figures.score_rules import VALUE_RULES
from perfgen.model.layout import Rules
from perfgen.model.names import bare_name
from perfgen.model.numbers import plain
from perfgen.model.scoring import BY_THE_OFFICER, Attainment, ScoreRule
from perfgen.workbook.writing.calc import Step
from perfgen.workbook.writing.expressions import (
    UNKNOWN,
    any_of,
    plain_text,
    quoted,
    source_cell,
    without,
)
from perfgen.workbook.writing.plan import SheetPlan
from perfgen.workbook.writing.rule_formulas import completed, marks_formula, rounded

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "≥": ("≥", ">=", "=>", "≧", "大于等于", "不低于", "不少于"),
    "≤": ("≤", "<=", "=<", "≦", "小于等于", "不高于", "不超过"),
    ">": (">", "大于"),
    "<": ("<", "小于"),
    "=": ("=", "==", "等于"),
}
_QUOTES = tuple(quoted(char) for char in "“”‘’\"'「」 \u3000")
_RULES_IN_A_STEP = 6


@dataclass(frozen=True, slots=True)
class Sides:
    """A target and a result on the calculation sheet: texts, numbers and units of both."""

    typed_target: Step
    target: Step
    actual: Step
    wanted: Step
    reached: Step
    wanted_unit: Step
    reached_unit: Step
    comparable: Step


AddStep = Callable[[str, Callable[[int], str]], Step]


def mark_steps(add: AddStep, plan: SheetPlan, rules: Rules, sides: Sides) -> Mapping[str, Step]:
    """Write the steps; return the one that computed columns of marks show."""
    marks = _Marks(add, plan, rules, sides)
    shown = marks.shown()
    return {"computed": shown, "mark": shown}


class _Marks:
    def __init__(self, add: AddStep, plan: SheetPlan, rules: Rules, sides: Sides) -> None:
        self._add = add
        self._plan = plan
        self._rules = rules
        self._scoring = rules.scoring
        self._sides = sides
        self._sign = add("目标符号", self._sign_of)
        self._falls = add("越小越好", self._falls_of)
        self._ratio = add("完成率", self._ratio_of)
        self._full = add("分值", lambda row: f"N({self._cell('weight', row)})")

    def _cell(self, field: str, row: int) -> str:
        return source_cell(self._plan, field, row)

    def shown(self) -> Step:
        """Write the marks: those in proportion, then those of each declared rule."""
        marks = self._add("按比例得分", self._in_proportion)
        named = [(bare_name(word), rule) for word, rule in self._scoring.rules.items()]
        if not named:
            return marks
        key = self._add("评分规则", self._key_of)
        for start in range(0, len(named), _RULES_IN_A_STEP):
            some = named[start : start + _RULES_IN_A_STEP]

            def chosen(
                row: int, before: Step = marks, some: Sequence[tuple[str, ScoreRule]] = some
            ) -> str:
                formula = before.at(row)
                for word, rule in some:
                    by_rule = self._by_rule(rule, row, formula_of=before.at(row))
                    formula = f"IF({key.at(row)}={quoted(word)},{by_rule},{formula})"
                return formula

            marks = self._add("按规则得分", chosen)
        return marks

    def _key_of(self, row: int) -> str:
        """The rule's word, the indicator's name where rules know it, or the layout's own rule."""
        word = plain_text(self._cell("rule", row))
        name = f"ASC({without(plain_text(self._cell('name', row)), _QUOTES)})"
        known = [quoted(bare_name(word)) for word in self._scoring.rules]
        is_known = any_of([f"{name}={one}" for one in known])
        default = quoted(bare_name(self._scoring.indicator_rule))
        return f'IF({word}<>"",{word},IF({is_known},{name},{default}))'

    # --- what target and result are ---

    def _sign_of(self, row: int) -> str:
        """The sign of a target: in its own column, else before its number; 其他 for words."""
        own = f"ASC({plain_text(self._cell('operator', row))})"
        typed = f"ASC({self._sides.typed_target.at(row)})"
        formula = f'IF({own}="","",{quoted("其他")})'
        for sign, words in reversed(list(_SIGNS.items())):
            leading = [
                f"LEFT({typed},{len(word)})={quoted(word)}" for word in words if len(word) < 3
            ]
            is_own = any_of([f"{own}={quoted(word)}" for word in words])
            formula = f'IF(OR({is_own},AND({own}="",{any_of(leading)})),{quoted(sign)},{formula})'
        return formula

    def _falls_of(self, row: int) -> str:
        """1 where less is better, 2 where only the target itself is good, else 0."""
        way = plain_text(self._cell("direction", row))
        typed = f"LEFT({way},1)"
        known = f"ASC({without(plain_text(self._cell('name', row)), _QUOTES)})"
        directions = self._rules.directions
        low = any_of([f"{known}={quoted(bare_name(name))}"
                      for name, said in directions.items() if said == "反向"])  # fmt: skip
        middle = any_of([f"{known}={quoted(bare_name(name))}"
                         for name, said in directions.items() if said == "适中"])  # fmt: skip
        is_low = any_of([f"{typed}={quoted(word)}" for word in "反负逆"])
        is_middle = f"{typed}={quoted('适')}"
        by_name = f"IF({low},1,IF({middle},2,0))"
        return f'IF({way}="",{by_name},IF({is_low},1,IF({is_middle},2,0)))'

    def _ratio_of(self, row: int) -> str:
        """How much of the target the result is; blank for words, unknown for other units."""
        wanted, reached = self._sides.wanted.at(row), self._sides.reached.at(row)
        sign, falls = self._sign.at(row), self._falls.at(row)
        at_most = f'OR({sign}="≤",{sign}="<",AND({falls}=1,{sign}<>"≥",{sign}<>">"))'
        less = f"IF({reached}<={wanted},1,IF({wanted}<=0,0,{wanted}/{reached}))"
        more = f"IF({wanted}<=0,IF({reached}>={wanted},1,0),{reached}/{wanted})"
        numbers = f"AND(ISNUMBER({wanted}),ISNUMBER({reached}))"
        return (
            f"IF({numbers},IF({self._sides.comparable.at(row)},IF({at_most},{less},{more}),"
            f'{UNKNOWN}),IF(OR({wanted}={UNKNOWN},{reached}={UNKNOWN}),{UNKNOWN},""))'
        )

    # --- marks ---

    def _in_proportion(self, row: int) -> str:
        ratio, full = self._ratio.at(row), self._full.at(row)
        wanted, reached = self._sides.wanted.at(row), self._sides.reached.at(row)
        sign = self._sign.at(row)
        share = completed(ratio, self._scoring)
        near = (
            f"IF({wanted}={reached},1,IF(OR({wanted}<=0,{reached}<=0),0,"
            f"MIN({reached}/{wanted},{wanted}/{reached})))"
        )
        middle = self._is_middle(row)
        touched = f'AND(OR({sign}=">",{sign}="<"),{wanted}={reached},{wanted}>0)'
        marks = rounded(f"{full}*IF({middle},{near},{share})", full, self._scoring.decimals)
        limit = f"ISNUMBER(FIND({quoted('内')},{self._sides.wanted_unit.at(row)}))"
        by_number = f'IF({touched},"",IF({limit},{UNKNOWN},{marks}))'
        empty = f'OR({full}<=0,{wanted}="",{reached}="")'
        return (
            f'IF({empty},"",IF(ISNUMBER({ratio}),{by_number},'
            f"IF({ratio}={UNKNOWN},{UNKNOWN},{self._in_words(row)})))"
        )

    def _is_middle(self, row: int) -> str:
        """Whether only the target itself gets full marks: more of it is off as well."""
        sign, falls = self._sign.at(row), self._falls.at(row)
        middle = f'AND({falls}=2,{sign}<>"≥",{sign}<>">",{sign}<>"≤",{sign}<>"<")'
        if self._scoring.equal_overshoot == "proportion":
            over = f"{self._sides.reached.at(row)}>{self._sides.wanted.at(row)}"
            middle = f'OR({middle},AND({sign}="=",{over}))'
        return middle

    def _in_words(self, row: int) -> str:
        """Words as they were set give full marks; a chosen or said grade what it gives for sure."""
        full, said = self._full.at(row), self._sides.actual.at(row)
        chosen = plain_text(self._cell("attainment", row))
        formula = f"IF(EXACT({self._sides.target.at(row)},{said}),{full},{UNKNOWN})"
        bands = self._scoring.attainments
        for band in reversed(bands):
            words = any_of([f"{said}={quoted(word)}" for word in (band.name, *band.words)])
            is_band = f'OR({chosen}={quoted(band.name)},AND({chosen}="",{words}))'
            formula = f"IF({is_band},{self._gives(band, full)},{formula})"
        return formula

    def _gives(self, band: Attainment, full: str) -> str:
        top = max(other.highest for other in self._scoring.attainments)
        if band.highest not in (top, band.lowest):
            return '""'  # the officer's mark
        return f"ROUND({full}*{plain(band.highest)},{self._scoring.decimals})"

    def _by_rule(self, rule: ScoreRule, row: int, *, formula_of: str) -> str:
        full = self._full.at(row)
        if rule.kind == "given" or rule is BY_THE_OFFICER:
            return '""'
        if looks_at_result(rule):
            return self._of_result(rule, row)
        if rule.kind not in VALUE_RULES or is_proportion(rule):
            return formula_of
        ratio = self._ratio.at(row)
        if rule.kind == "all_or_nothing" and rule.full_at is None:
            return self._met_or_nothing(row)
        value = ratio if rule.of == "completion" else self._off_target(row)
        marks = rounded(
            marks_formula(rule, value, full, self._scoring), full, self._scoring.decimals
        )
        return f"IF(ISNUMBER({ratio}),{marks},{formula_of})"

    def _met_or_nothing(self, row: int) -> str:
        ratio, full, sign = self._ratio.at(row), self._full.at(row), self._sign.at(row)
        wanted, reached = self._sides.wanted.at(row), self._sides.reached.at(row)
        exactly = f"OR({ratio}=1,NOT({self._is_middle(row)}))"
        touched = f'AND(OR({sign}=">",{sign}="<"),{wanted}={reached})'
        met = f"IF(AND({ratio}>=1,{exactly},NOT({touched})),{full},0)"
        alike = f"EXACT({self._sides.target.at(row)},{self._sides.actual.at(row)})"
        words = f"IF({alike},{full},{UNKNOWN})"
        empty = f'OR({full}<=0,{wanted}="",{reached}="")'
        return f'IF({empty},"",IF(ISNUMBER({ratio}),{met},{words}))'

    def _off_target(self, row: int) -> str:
        wanted, reached = self._sides.wanted.at(row), self._sides.reached.at(row)
        return f"IF({wanted}=0,IF({reached}=0,0,1),ABS(({reached}-{wanted})/{wanted}))"

    def _of_result(self, rule: ScoreRule, row: int) -> str:
        full, reached = self._full.at(row), self._sides.reached.at(row)
        percent = f'{self._sides.reached_unit.at(row)}="%"'
        ratio = f"IF({percent},{reached}/100,{reached})"
        value = reached if rule.kind == "deduction" else f"({ratio})"
        marks = rounded(
            marks_formula(rule, value, full, self._scoring), full, self._scoring.decimals
        )
        return f'IF(OR({full}<=0,{reached}=""),"",IF(ISNUMBER({reached}),{marks},{UNKNOWN}))'
