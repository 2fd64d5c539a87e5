"""How findings are shown: what to mend first, then each cause with what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from perfgen.checks import Cause, Checked, first_to_mend
from perfgen.cli.console import COLOURS, finding_data, note, result, show_finding, styled
from perfgen.model.finding import Finding, Severity
from perfgen.model.places import Place

_MESSAGE = 60
"""Characters of a message where it stands in one line."""

Locate = Callable[[Finding], Place | None]


def show_first(checked: Checked) -> None:
    """Print what to mend first (先改这几处): the gravest and most far-reaching causes."""
    causes = first_to_mend(checked)
    if not causes:
        return
    gone = sum(1 + len(cause.follows) for cause in causes)
    less = f"：{len(checked.findings)} 处里，改好它们就少 {gone} 处" if gone > 1 else ""
    result(styled("先改这几处", bold=True) + less)
    for number, cause in enumerate(causes, 1):
        more = f"（连带 {len(cause.follows)} 处）" if cause.follows else ""
        result(f"  {number}. {_line(cause.finding)}{more}")
    result()


def show_causes(checked: Checked, workbook: str, locate: Locate) -> None:
    """Print every cause under the gravest severity that it brings, and what follows under it."""
    places = {id(finding): place for place, finding in enumerate(checked.findings)}
    for severity in Severity:
        causes = [one for one in checked.causes if one.severity is severity]
        causes.sort(key=lambda one: places[id(one.finding)])
        if number := checked.count(severity):
            own = sum(one.finding.severity is severity for one in checked.causes)
            show_heading(severity.label, number, COLOURS[severity], own=own)
        for cause in causes:
            show_finding(cause.finding, workbook, place=locate(cause.finding))
            _show_followers(cause)
            result()


def show_heading(label: str, number: int, colour: str, *, own: int | None = None) -> None:
    """Print a heading with the number of findings, and how many of them stand on their own."""
    folded = number - own if own is not None else 0
    rest = f"，其中 {folded} 处列在引起它们的那一处下面" if folded > 0 else ""
    result(styled(f"{label} {number} 处", fg=colour, bold=True) + rest)
    result()


def _show_followers(cause: Cause) -> None:
    if not cause.follows:
        return
    result(f"  连带 {len(cause.follows)} 处，改好上面这一处，多半就没有了：")
    for finding in cause.follows:
        result(f"    {_line(finding)}")


def _line(finding: Finding) -> str:
    head = styled(f"{finding.severity.label}[{finding.code}]", fg=COLOURS[finding.severity])
    where = f"{finding.ref} " if finding.ref else ""
    message = finding.message
    short = message if len(message) <= _MESSAGE else f"{message[: _MESSAGE - 1]}…"
    return f"{head} {where}{short}"


def show_most_serious(checked: Checked, workbook: str, most: int) -> int:
    """Print the gravest causes to stderr; return how many findings are left unsaid."""
    causes = [one for one in checked.causes if one.severity is not Severity.INFO][:most]
    for cause in causes:
        show_finding(cause.finding, workbook, err=True)
        if cause.follows:
            note(f"  连带 {len(cause.follows)} 处")
    return len(checked.findings) - sum(1 + len(cause.follows) for cause in causes)


def findings_data(checked: Checked, locate: Locate | None = None) -> list[Mapping[str, Any]]:
    """Return all findings as JSON data, each with its number, its cause and what follows."""
    numbers = {id(finding): number for number, finding in enumerate(checked.findings, 1)}
    above: dict[int, int] = {}
    below: dict[int, list[int]] = {}
    for cause in checked.causes:
        number = numbers[id(cause.finding)]
        below[number] = [numbers[id(one)] for one in cause.follows]
        above |= dict.fromkeys(below[number], number)
    return [
        {
            "id": number,
            **finding_data(finding, locate(finding) if locate else None),
            "cause": above.get(number),
            "follows": below.get(number, []),
        }
        for number, finding in enumerate(checked.findings, 1)
    ]
