"""A rule is one function with a code; `rule` registers it with all that `explain` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from perfgen.figures import Figures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Finding, Severity
from perfgen.model.layout import Layout
from perfgen.model.records import Report


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the report, its figures and its layout.

    `found` is what the other rules found; only the rules that run last see it.
    """

    report: Report
    figures: Figures
    layout: Layout
    found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule yields. `severity` is given where it differs from the rule's own."""

    subject: str
    message: str
    hint: str
    ref: CellRef | None = None
    severity: Severity | None = None


RuleFunction = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule (检查规则): its code, how grave it is, why it is there, and both kinds of example.

    `last` is True for a rule about the findings themselves.
    """

    code: str
    severity: Severity
    title: str
    reason: str
    good: str
    bad: str
    function: RuleFunction
    last: bool = False

    def findings(self, case: Case) -> list[Finding]:
        """Return the findings of this rule."""
        return [
            Finding(
                code=self.code,
                severity=hit.severity or self.severity,
                message=hit.message,
                hint=hit.hint,
                subject=hit.subject,
                ref=hit.ref,
            )
            for hit in self.function(case)
        ]


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    *,
    title: str,
    reason: str,
    good: str,
    bad: str,
    last: bool = False,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register the decorated function as a rule. Raises ValueError where the code is taken."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"rule {code} is registered twice")
        _RULES[code] = Rule(
            code=code,
            severity=severity,
            title=title,
            reason=reason,
            good=good,
            bad=bad,
            function=function,
            last=last,
        )
        return function

    return register


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    from perfgen.checks import (  # noqa: PLC0415  (they register)
        arithmetic,  # noqa: F401
        indicators,  # noqa: F401
        waivers,  # noqa: F401
    )

    return tuple(_RULES[code] for code in sorted(_RULES))


def find_rule(code: str) -> Rule | None:
    """Return the rule with this code, letters in either case; None where there is none."""
    return next((rule for rule in all_rules() if rule.code == code.upper()), None)


def quoted(name: str) -> str:
    """Return a name in quotation marks; marks inside it become single ones (引号套用)."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"
