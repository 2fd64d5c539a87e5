"""Running all rules over one report. A rule that fails inside is reported, the others go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgen.checks.registry import Case, Rule, all_rules
from perfgen.figures import Figures
from perfgen.model.cells import CellRef
from perfgen.model.finding import Finding, Severity
from perfgen.model.layout import Layout
from perfgen.model.records import Report, Waiver

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings that stand, gravest first, and those that a waiver covers (已说明)."""

    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings of this severity stand."""
        return sum(finding.severity is severity for finding in self.findings)


def run_checks(
    report: Report, figures: Figures, layout: Layout, rules: Sequence[Rule] | None = None
) -> Checked:
    """Return what all rules find in `report`, split by the report's waivers (说明事项)."""
    case = Case(report, figures, layout)
    found: list[Finding] = []
    for rule in all_rules() if rules is None else rules:
        found.extend(_findings(rule, case))
    sheets = {sheet.name: place for place, sheet in enumerate(layout.sheets)}
    found.sort(key=lambda finding: _sort_key(finding, sheets))
    waived = [finding for finding in found if _is_waived(finding, report)]
    standing = [finding for finding in found if finding not in waived]
    return Checked(tuple(standing), tuple(waived))


def _findings(rule: Rule, case: Case) -> list[Finding]:
    try:
        return rule.findings(case)
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
    place = sheets.get(ref.sheet, -1)
    return (_ORDER.index(finding.severity), place, ref.row, ref.column, finding.code)


def _is_waived(finding: Finding, report: Report) -> bool:
    return any(
        waiver.rule == finding.code and waiver.subject == finding.subject
        for waiver in report.waivers
        if in_force(waiver, report)
    )


def in_force(waiver: Waiver, report: Report) -> bool:
    """Return whether a waiver has not expired on the report's own date (有效期)."""
    return waiver.expires is None or waiver.expires >= report.day
