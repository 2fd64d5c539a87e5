"""PG327: the name of an office in a table lost a character (单位名称漏字)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfgen.checks.common.subjects import own_places
from perfgen.checks.names.other_places import lost_place
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.records import Project
from perfgen.prose.text import folded

_COLUMNS = ("department", "implementer")
_SHORT_FORM = re.compile("^[省市县区州旗盟的和与]$")
"""Without one of these a name is a short form, and nothing is lost."""

_SHORTEST, _LONGEST = 6, 40
_OFTEN = 2


@rule(
    "PG327",
    Severity.WARNING,
    title="单位名称漏了字",
    reason="主管部门、实施单位的名称照录本单位的全称，漏一个字就成了另一个单位。"
    "这里把项目表里的名称与单位名称、与同一列里多次出现的名称核对；少写“市”“县”的简称不算。"
    "地名与单位名称里的只差一个字的，也在这里。",
    good="单位名称“清河县教育局”，主管部门“清河县教育局”",
    bad="单位名称“清河县教育局”，主管部门“清河县教局”",
    most=5,
)
def lost_characters(case: Case) -> Iterator[Hit]:
    """A department or implementer that is another name with one character left out."""
    unit = folded(case.report.unit)
    place = lost_place(unit)
    for field in _COLUMNS:
        names = Counter(_name(project, field) for project in case.report.projects)
        known = [unit, *(name for name, times in names.items() if times >= _OFTEN)]
        for project in case.report.projects:
            name = _name(project, field)
            full = next(
                (one for one in known if not name.startswith(one) and _lost(name, one)), None
            )
            elsewhere = place.match(name) if place and full is None else None
            if elsewhere and not name.startswith(own_places(unit)):
                yield Hit(
                    subject=project.name,
                    message=f"{quoted(project.name)}的{case.header('project', field)}是"
                    f"{quoted(name)}，地名像是漏了一个字，报告的单位是 {case.report.unit}",
                    hint="改成全称；确是另一个地方的单位，在“说明事项”里说明",
                    ref=project.cell(field),
                )
            if full is not None and name != unit and names[name] < _OFTEN:
                yield Hit(
                    subject=project.name,
                    message=f"{quoted(project.name)}的{case.header('project', field)}是"
                    f"{quoted(name)}，像是{quoted(full)}漏了一个字",
                    hint="改成全称；确是另一个单位的，在“说明事项”里说明",
                    ref=project.cell(field),
                )


def _name(project: Project, field: str) -> str:
    return folded(str(getattr(project, field)))


def _lost(name: str, full: str) -> bool:
    """Whether a name, or what it begins with, is the full one without a character that matters.

    清河县教局, 清河县教局基教科; but 清河县教育技术中心 is another office.
    """
    if len(full) > len(name) + 1 or not _SHORTEST <= len(full) <= _LONGEST:
        return False
    start = name[: len(full) - 1]
    place = next((i for i, sign in enumerate(start) if sign != full[i]), len(start))
    at_its_end = place == len(start) and len(name) > len(start)
    same = start[place:] == full[place + 1 :]
    return same and not at_its_end and not _SHORT_FORM.match(full[place])
