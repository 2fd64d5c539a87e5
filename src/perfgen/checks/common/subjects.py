"""What sentences of a report may speak of: its money, its indicators, its own names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perfgen.checks.common.money_rows import money_rows
from perfgen.checks.common.own_figures import own_known
from perfgen.checks.once import once
from perfgen.checks.registry import Case
from perfgen.model.records import Indicator
from perfgen.prose import words
from perfgen.prose.expected import FULL, Known
from perfgen.prose.money import MoneyReader
from perfgen.prose.quantities import kind_of
from perfgen.prose.results import ResultReader
from perfgen.prose.text import folded

_OFFICE = re.compile("(?:委员会|管理局|办公室|中心|局|厅|委|办|处|院|站|所)$")
_PLACE = re.compile(r"[^省市县区州旗盟]{1,12}[省市县区州旗盟]")


_RATES_OF_MONEY = frozenset({*words.COLUMNS[words.RATE], *words.COLUMNS[words.BALANCE_RATE]})
"""Indicators that repeat what the budget table holds: sentences about them are about money."""


def money_reader(case: Case) -> MoneyReader:
    """Return a reader of what this report's sentences say about money."""
    return once(case, _money_reader)


def _money_reader(case: Case) -> MoneyReader:
    headers = [
        (column.field, folded(re.sub(r"[（(][^（）()]{0,20}[）)]", "", column.header)))
        for sheet in case.layout.sheets
        if sheet.record in ("budget", "fund", "project")
        for column in sheet.columns
        if column.kind in ("amount", "percent") and "." not in column.field
    ]
    unit = case.report.unit
    own = (*own_names(unit), *short_own_names(unit))
    return MoneyReader(money_rows(case), headers, case.report.year, own, own_places(unit))


def result_readers(case: Case) -> Mapping[str, ResultReader]:
    """Return readers of what sentences say about results: of all indicators "", of a project's.

    What is written of a project is held against its own indicators only.
    """
    return once(case, _result_readers)


def _result_readers(case: Case) -> Mapping[str, ResultReader]:
    own = (*field_words(case.report.unit), *_own_level(case.report.unit))
    known: dict[str, list[Known]] = {"": []}
    rows = _row_names(case)
    for row in case.figures.indicators:
        one = _known(row.indicator, rows)
        if one is None or folded(row.indicator.name) in _RATES_OF_MONEY:
            continue
        for project in {"", row.indicator.project}:
            known.setdefault(project, []).append(one)
    told = {one.name for one in known[""]}
    known[""] += [one for one in own_known(case) if one.name not in told]
    return {project: ResultReader(rows, case.report.year, own) for project, rows in known.items()}


def _row_names(case: Case) -> tuple[str, ...]:
    """What the tables call tasks, projects and lines."""
    report = case.report
    names = (row.name for rows in (report.budget, report.tasks, report.projects) for row in rows)
    return tuple(dict.fromkeys(folded(name) for name in names if name))


_COUNTED = re.compile("(?:的?(?:数量|次数|家数|个数|场次|人数|户数|总数|总量|里程|长度|面积|数))$")
_LEAST, _MOST = 2, 6


def _also(name: str, rows: Sequence[str]) -> tuple[str, ...]:
    """Words beside an indicator's own in the name of a row: 中小学 of 中小学体育场地改造."""
    counted = _COUNTED.sub("", folded(name))
    pieces: list[str] = []
    for row in rows:
        left = row
        for char in counted:
            left = left.replace(char, "", 1)
        whole = len(left) == len(row) - len(counted)
        if whole and len(counted) >= 4 and left in row and _LEAST <= len(left) <= _MOST:
            pieces.append(left)
    return tuple(dict.fromkeys(pieces))


def _known(indicator: Indicator, rows: Sequence[str]) -> Known | None:
    """An indicator that sentences may state: one with a number and a unit."""
    actual = indicator.actual
    result = actual if actual is not None and actual.number is not None and actual.unit else None
    unit = result.base_unit if result else ""
    targets = {}
    for period, target in indicator.targets.items():
        measure = target.measure
        if measure.number is None or not measure.unit:
            continue
        unit = unit or measure.base_unit
        if kind_of(measure.base_unit) == kind_of(unit):
            targets[period] = measure
    if result is None and (actual is not None or FULL not in targets):
        return None
    return Known(indicator.name, unit, result, targets, _also(indicator.name, rows))


def field_words(unit: str) -> tuple[str, ...]:
    """Return the words of an office's field: 农业 and 农村 for 平川县农业农村局."""
    name = own_names(unit)[-1] if unit else ""
    name = _OFFICE.sub("", name)
    return tuple(
        dict.fromkeys(
            piece[start : start + 2]
            for piece in re.split("和|与|及", name)
            for start in range(0, len(piece) - 1, 2)
        )
    )


def own_names(unit: str) -> tuple[str, ...]:
    """Return what an office is called: 临江县教育局, 县教育局, 教育局."""
    name = folded(unit)
    names = [name] if name else []
    while (found := _PLACE.match(name)) and len(name) - found.end() >= 3:
        names.append(name[found.end() - 1 :])
        name = name[found.end() :]
        names.append(name)
    return tuple(dict.fromkeys(names))


def short_own_names(unit: str) -> tuple[str, ...]:
    """Return what an office is called for short: 区文旅局 for 区文化和旅游局, 卫健委, 交通局."""
    pieces = field_words(unit)
    tail = "委" if unit.endswith("委员会") else unit[-1:]
    short = {"".join(piece[0] for piece in pieces), *pieces[:1]}
    levels = {"", *(place[-1] for place in own_places(unit))}
    return tuple(f"{level}{one}{tail}" for one in short for level in levels if len(one) >= 2)


def _own_level(unit: str) -> tuple[str, ...]:
    """Return what an office calls things of its own level: 市级 for a city's office."""
    return tuple(f"{place[-1]}级" for place in own_places(unit) if place[-1] in "市县区省")[-1:]


def own_places(unit: str) -> tuple[str, ...]:
    """Return the places in an office's name: 平川县, 平川."""
    name, places = folded(unit), []
    while (found := _PLACE.match(name)) and len(name) - found.end() >= 3:
        places += [found.group(), found.group()[:-1]]
        name = name[found.end() :]
    return tuple(place for place in places if len(place) >= 2)
