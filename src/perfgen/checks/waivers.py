"""PG9xx: the explained findings themselves (说明事项)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from perfgen.checks.registry import Case, Hit, all_rules, quoted, rule
from perfgen.figures.kept import is_in_force
from perfgen.model.finding import Finding, Severity
from perfgen.model.names import bare_name
from perfgen.model.records import Waiver


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Return whether a waiver is about this finding: its rule, and its record by name."""
    same_subject = bare_name(waiver.subject) == bare_name(finding.subject)
    return waiver.rule == finding.code and same_subject


@rule(
    "PG901",
    Severity.WARNING,
    title="说明事项没有用上",
    reason="“说明事项”里的一行只对一条规则、一个对象有效。过了有效期的、代码或对象写错的不起作用；"
    "问题已经改好的，这一行就用不着了，留着会盖住以后的新问题。",
    good="规则代码 PG102，对象“甲项目”，甲项目确有一条 PG102",
    bad="规则代码 PG102，对象“甲项目”，而甲项目已经没有 PG102",
    last=True,
)
def unused(case: Case) -> Iterator[Hit]:
    """A waiver that has expired, names no rule, or is no longer needed."""
    codes = {known.code for known in all_rules()}
    for waiver in case.report.waivers:
        needed = any(covers(waiver, finding) for finding in case.found)
        if needed and is_in_force(waiver, case.report):
            continue
        if waiver.rule not in codes:
            message = f"没有代码为 {waiver.rule} 的规则"
            hint = _other_rule(waiver, case) or "照检查结果里方括号中的代码填写，例如 PG102"
        elif needed:
            message = f"{quoted(waiver.subject)}的 {waiver.rule} 说明已过有效期（{waiver.expires}）"
            hint = "改正数据；核实后仍要保留的，改有效期"
        else:
            message = f"{quoted(waiver.subject)}没有 {waiver.rule} 这个问题，这条说明没有用上"
            near = _other_subject(waiver, case) or _other_rule(waiver, case)
            hint = near or "问题已经改好的，删掉这一行"
        yield Hit(subject=waiver.subject, message=message, hint=hint, ref=waiver.cell("rule"))


_LONGEST_COMPARED = 200
"""Comparing takes time by the square of the length: longer ones are no slip of a name."""


def _other_subject(waiver: Waiver, case: Case) -> str:
    found = [finding.subject for finding in case.found if finding.code == waiver.rule]
    subjects = [subject for subject in found if len(subject) <= _LONGEST_COMPARED]
    near = difflib.get_close_matches(waiver.subject[:_LONGEST_COMPARED], subjects, n=1)
    return f"对象是不是{quoted(near[0])}？" if near else ""


def _other_rule(waiver: Waiver, case: Case) -> str:
    name = bare_name(waiver.subject)
    codes = sorted({finding.code for finding in case.found if bare_name(finding.subject) == name})
    near = difflib.get_close_matches(waiver.rule[:_LONGEST_COMPARED], codes, n=1)
    return f"{quoted(waiver.subject)}有的是 {near[0]}，规则代码是不是它？" if near else ""
