"""Running all rules over one report. A rule that fails inside is reported, the others go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfgen.checks.causes import Cause, by_cause
from perfgen.checks.once import forget
from perfgen.checks.persons.personal import masked_text
from perfgen.checks.registry import Case, Rule, SettingValues, all_rules
from perfgen.checks.settings import merged_settings
from perfgen.checks.waivers import covers
from perfgen.figures import Figures, compute
from perfgen.figures.formulas.completing import with_formulas
from perfgen.figures.kept import is_in_force
from perfgen.model.cells import CellRef
from perfgen.model.finding import Finding, Severity
from perfgen.model.headers import fold_header
from perfgen.model.layout import Layout
from perfgen.model.records import Report, Waiver

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_SUMS = ("PG1", "PG5")


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding that a waiver covers (已说明), and that waiver."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings that stand, gravest first, and those that a waiver covers.

    `causes` are the findings that stand once more, those that follow from another under it.
    """

    findings: tuple[Finding, ...]
    explained: tuple[Explained, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def waived(self) -> tuple[Finding, ...]:
        """Return the findings that a waiver covers, without their waivers."""
        return tuple(explained.finding for explained in self.explained)

    def count(self, severity: Severity) -> int:
        """Return how many findings of this severity stand."""
        return sum(finding.severity is severity for finding in self.findings)

    def in_words(self) -> str:
        """Return the counts in words: 检查：错误 3，提醒 6."""
        counts = [f"{one.label} {number}" for one in Severity if (number := self.count(one))]
        waived = f"，已说明 {len(self.explained)}" if self.explained else ""
        return (f"检查：{'，'.join(counts)}" if counts else "检查没有发现问题") + waived


def run_checks(
    report: Report,
    figures: Figures,
    layout: Layout,
    rules: Sequence[Rule] | None = None,
    *,
    settings: SettingValues | None = None,
) -> Checked:
    """Return what all rules find in `report`, split by the report's waivers (说明事项).

    `settings` are bounds of the office; they come before those of the layout. Raises
    SettingsError where either names a rule or a setting that there is not.
    """
    chosen = all_rules() if rules is None else rules
    bounds = merged_settings(layout.checks, settings or {}, chosen)
    found = _all_findings(Case(report, figures, layout, bounds=bounds), chosen)
    standing, explained = _split(found, report)

    told = {finding.code for finding in standing}
    some = [rule for rule in chosen if rule.code in told or rule.code.startswith(_SUMS)]

    def again(other: Report) -> tuple[Finding, ...]:
        """The rules that found something, and those of sums: what a change mends or breaks."""
        other = with_formulas(other, layout)
        case = Case(other, compute(other, layout.rules), layout, bounds=bounds)
        return _split(_all_findings(case, some), other)[0]

    standing, causes = by_cause(standing, report, figures, again)
    forget()
    return Checked(standing, explained, causes)


def _all_findings(case: Case, rules: Sequence[Rule]) -> list[Finding]:
    """What all rules find, gravest first, then in the order of the sheets."""

    def run(which: Case, *, last: bool) -> list[Finding]:
        now = [rule for rule in rules if rule.last is last]
        return [f for rule in now for f in _findings(rule, which, case.bounds.get(rule.code, {}))]

    found = run(case, last=False)
    found += run(replace(case, found=tuple(found)), last=True)
    sheets = {fold_header(sheet.name): place for place, sheet in enumerate(case.layout.sheets)}
    return sorted(found, key=lambda finding: _sort_key(finding, sheets))


def _split(
    found: Sequence[Finding], report: Report
) -> tuple[tuple[Finding, ...], tuple[Explained, ...]]:
    """The findings that stand, and those that a waiver in force covers."""
    in_force = [waiver for waiver in report.waivers if is_in_force(waiver, report)]
    standing: list[Finding] = []
    explained: list[Explained] = []
    for finding in found:
        waiver = next((waiver for waiver in in_force if covers(waiver, finding)), None)
        if waiver is None:
            standing.append(finding)
        else:
            explained.append(Explained(finding, waiver))
    return tuple(standing), tuple(explained)


def _findings(rule: Rule, case: Case, given: Mapping[str, Decimal]) -> list[Finding]:
    try:
        found = rule.findings(case, given)
        return [replace(one, message=masked_text(one.message)) for one in found]
    except Exception as error:  # one broken rule must not hide what the others find
        return [
            Finding(
                code=rule.code,
                severity=Severity.WARNING,
                subject=rule.title,
                message=f"规则“{rule.title}”自身出错，没有检查（{type(error).__name__}: {error}）",
                hint="请把这一行和工作簿交给技术人员",
            )
        ]


def _sort_key(finding: Finding, sheets: dict[str, int]) -> tuple[int, int, int, int, str]:
    ref = finding.ref or CellRef("", "", 0, 0)
    place = sheets.get(fold_header(ref.sheet), -1)
    return (_ORDER.index(finding.severity), place, ref.row, ref.column, finding.code)
