"""PG341: department and implementer of a project are offices of this place (主管部门、实施单位)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from perfgen.checks.common.subjects import own_places
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.records import Project
from perfgen.prose.text import folded

_COLUMNS = ("department", "implementer")
_PLACE = re.compile(
    "(?:中共)?(?P<place>[\u4e00-\u9fff]{1,5}?[省市县区州旗盟])(?P<rest>[\u4e00-\u9fff]{2,30})"
)
_FORM = re.compile("(?:委员会|办公室|局|厅|委)$")
"""Forms of an office: one place has no two offices of one name in two of them."""

_NAMED_PLACE = re.compile(
    "[\u4e00-\u9fff]{2,3}(?<![城社园新开发郊辖各本全小景牧林矿灌库街片省厂市县学])[省市县区州旗盟]$"
)
_ABOVE = re.compile("公司|大学|学院|研究院|设计院|银行|集团|有限")
"""Who works for offices of many places."""

_SHORTEST_STEM = 2
_OTHERS = 2


@rule(
    "PG341",
    Severity.WARNING,
    title="主管部门或实施单位像是别的单位",
    reason="项目表里的主管部门、实施单位照别处的表抄，最容易留下别处的名称。这里核对五种：地名与本单位的只差一个字；同级别的另一个地方的单位；"
    "别处的同名单位；同一个单位写成两种机构（委员会、局）；别的项目主管部门都是本单位，只有一个不是。",
    good="单位名称“清河县气象局”，主管部门“清河县气象局”",
    bad="单位名称“清河县气象局”，主管部门“清江县气象局”",
    most=5,
)
def other_offices_of_projects(case: Case) -> Iterator[Hit]:
    """An office of another place, in another form, or one that no other project has."""
    unit = folded(case.report.unit)
    projects = case.report.projects
    written = [_name(one, field) for one in projects for field in _COLUMNS]
    counts = Counter(name for name in written if name)
    for field in _COLUMNS:
        names = [_name(one, field) for one in projects]
        for project, name in zip(projects, names, strict=True):
            if not name or name == unit:
                continue
            others = [unit, *(one for one in counts if one != name and counts[one] >= counts[name])]
            said = _elsewhere(name, field, unit, others) or _in_another_form(name, others)
            if not said and field == "department":
                said = _odd_one(name, names, unit)
            if said:
                yield Hit(
                    subject=project.name,
                    message=f"{quoted(project.name)}的{case.header('project', field)}是"
                    f"{quoted(name)}，{said}",
                    hint="改成全称；确是另一个单位的，在“说明事项”里说明",
                    ref=project.cell(field),
                )


def _name(project: Project, field: str) -> str:
    return folded(str(getattr(project, field)))


def _elsewhere(name: str, field: str, unit: str, others: Sequence[str]) -> str:
    """What is wrong with a name whose place is nearly the own one, or that of a namesake."""
    found, own = _PLACE.match(name), own_places(unit)
    if found is None or not own or found["place"] in own:
        return ""
    place = found["place"]
    near = next((one for one in own if _differ_by_one(place, one)), None)
    if near:
        return f"地名与本单位的{quoted(near)}只差一个字，报告的单位是 {unit}"
    if _is_of_another_place(place, found["rest"], own[0], field):
        return f"是别处的单位，报告的单位是 {unit}"
    namesake = next((one for one in others if _is_namesake(place, found["rest"], one, own)), None)
    return f"像是别处的{quoted(namesake)}，报告的单位是 {unit}" if namesake else ""


def _is_of_another_place(place: str, rest: str, own: str, field: str) -> bool:
    """Whether an office is surely another place's; a city has smaller cities (县级市) below it."""
    peers = place[-1] == own[-1] and (place[-1] != "市" or field == "department")
    return peers and _NAMED_PLACE.match(place) is not None and not _ABOVE.search(rest)


def _is_namesake(place: str, rest: str, other: str, own: Sequence[str]) -> bool:
    """Whether another name is the same office of the own place, on the same level."""
    mine = next((one for one in own if other.startswith(one) and one[-1] == place[-1]), None)
    return mine is not None and other[len(mine) :] == rest


def _differ_by_one(one: str, other: str) -> bool:
    same_level = len(one) == len(other) and one[-1] == other[-1]
    return same_level and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _in_another_form(name: str, others: Sequence[str]) -> str:
    """What is wrong with 某市卫生健康局 where others say 某市卫生健康委员会."""
    form = _FORM.search(name)
    if form is None or _PLACE.match(name) is None:
        return ""
    stem = name[: form.start()]
    for other in others:
        theirs = _FORM.search(other)
        same = theirs is not None and other[: theirs.start()] == stem
        long_enough = len(stem) >= _SHORTEST_STEM + len(_PLACE.sub(r"\g<place>", stem))
        if same and other != name and long_enough:
            return f"别处写的是{quoted(other)}"
    return ""


def _odd_one(name: str, names: Sequence[str], unit: str) -> str:
    """What is wrong with the one department that is not the unit, where all others are."""
    others = [one for one in names if one]
    others.remove(name)
    if len(others) < _OTHERS or any(one != unit for one in others) or name in unit or unit in name:
        return ""
    return f"别的 {len(others)} 个项目都是{quoted(unit)}"
