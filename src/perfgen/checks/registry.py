"""A rule is one function with a code; `rule` registers it with all that `explain` prints."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path

from perfgen.figures import Figures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Finding, Mend, Severity
from perfgen.model.layout import Layout
from perfgen.model.numbers import plain
from perfgen.model.records import Report
from perfgen.model.roles import usual_name

SettingValues = Mapping[str, Mapping[str, Decimal]]
"""Rule code → setting → value, as a layout or an office sets them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A bound that a rule goes by (阈值): its usual value, and what it means.

    `written` is the usual value as an officer reads and writes it (`150%`).
    """

    usual: Decimal
    meaning: str
    written: str = ""

    @classmethod
    def ratio(cls, usual: str, meaning: str) -> Setting:
        """Return a setting whose usual value is written `1.5` or `150%`."""
        percent = usual.endswith("%")
        return cls(Decimal(usual.rstrip("%")) / (100 if percent else 1), meaning, usual)

    def shown(self, value: Decimal | None = None) -> str:
        """Return the usual value, or another one, as an officer reads it."""
        if value is None and self.written:
            return self.written
        value = self.usual if value is None else value
        return f"{plain(value * 100)}%" if self.written.endswith("%") else plain(value)

    @property
    def toml(self) -> str:
        """Return the usual value as it is written in a settings file: `"150%"`, `3`."""
        text = self.shown()
        return f'"{text}"' if text.endswith("%") else text


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: the report, its figures and its layout.

    `found` is what the other rules found; only the rules that run last see it.
    `settings` are the bounds of the rule that is running, `bounds` those of all rules where they
    are not the usual ones.
    """

    report: Report
    figures: Figures
    layout: Layout
    found: tuple[Finding, ...] = ()
    settings: Mapping[str, Decimal] = field(default_factory=dict)
    bounds: SettingValues = field(default_factory=dict)

    def of_rule(self, code: str) -> Case:
        """Return the case as another rule sees it: what that rule says is not said again."""
        rule = find_rule(code)
        usual = {name: setting.usual for name, setting in rule.settings.items()} if rule else {}
        return replace(self, settings=usual | dict(self.bounds.get(code, {})))

    def header(self, record: str, name: str) -> str:
        """Return the header of a column, as the officer sees it; its usual name where none is."""
        sheet = self.layout.sheet_of(record)
        column = sheet.column(name) if sheet else None
        return column.header if column else usual_name(record, name)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule yields. `severity` is given where it differs from the rule's own.

    `mend` is a change that would mend it, where there is a plain one.
    """

    subject: str
    message: str
    hint: str
    ref: CellRef | None = None
    severity: Severity | None = None
    mend: Mend | None = None


RuleFunction = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule (检查规则): its code, how grave it is, why it is there, and both kinds of example.

    `settings` are the bounds that a layout or an office may set, `fixed` those that nobody may:
    what they are for, and how they are written. Of one rule's findings at most `most` are told one
    by one, the others counted. `last` is True for a rule about the findings themselves.
    """

    code: str
    severity: Severity
    title: str
    reason: str
    good: str
    bad: str
    function: RuleFunction
    settings: Mapping[str, Setting] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None
    last: bool = False

    def findings(self, case: Case, given: Mapping[str, Decimal] | None = None) -> list[Finding]:
        """Return the findings of this rule. `given` are its bounds where they are not the usual."""
        usual = {name: setting.usual for name, setting in self.settings.items()}
        hits = list(self.function(replace(case, settings=usual | dict(given or {}))))
        return [self._finding(hit) for hit in self._told(hits)]

    def _told(self, hits: list[Hit]) -> list[Hit]:
        """The hits but those beyond `most`, which become one that counts them."""
        if self.most is None or len(hits) <= self.most:
            return hits
        kept, rest = hits[: self.most], hits[self.most :]
        places = "、".join(str(hit.ref) for hit in rest[:_PLACES_NAMED] if hit.ref)
        more = f"：{places}{'……' if len(rest) > _PLACES_NAMED else ''}" if places else ""
        first = rest[0]
        counted = replace(
            first, message=f"另有 {len(rest)} 处同样的问题{more}", subject=self.title, mend=None
        )
        return [*kept, counted]

    def _finding(self, hit: Hit) -> Finding:
        return Finding(
            code=self.code,
            severity=hit.severity or self.severity,
            message=hit.message,
            hint=hit.hint,
            subject=hit.subject,
            ref=hit.ref,
            mend=hit.mend,
        )


_FOLDER = [str(Path(__file__).parent)]

_PLACES_NAMED = 8
"""Cells that are named where findings are only counted."""

_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity,
    *,
    title: str,
    reason: str,
    good: str,
    bad: str,
    settings: Mapping[str, Setting] | None = None,
    fixed: Mapping[str, str] | None = None,
    most: int | None = None,
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
            settings=settings or {},
            fixed=fixed or {},
            most=most,
            last=last,
        )
        return function

    return register


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    for module in pkgutil.walk_packages(_FOLDER, f"{__package__}."):  # they register themselves
        import_module(module.name)
    return tuple(_RULES[code] for code in sorted(_RULES))


def find_rule(code: str) -> Rule | None:
    """Return the rule with this code, letters in either case; None where there is none."""
    return next((rule for rule in all_rules() if rule.code == code.upper()), None)


def quoted(name: str) -> str:
    """Return a name in quotation marks; marks inside it become single ones (引号套用)."""
    return f"“{name.replace('“', '‘').replace('”', '’')}”"
