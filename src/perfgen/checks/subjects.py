"""What sentences of a report may speak of: its money, its indicators, its own names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfgen.checks.money_rows import money_rows
from perfgen.checks.own_figures import own_known
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
    own = field_words(case.report.unit)
    known: dict[str, list[Known]] = {"": []}
    for row in case.figures.indicators:
        one = _known(row.indicator)
        if one is None or folded(row.indicator.name) in _RATES_OF_MONEY:
            continue
        for project in {"", row.indicator.project}:
            known.setdefault(project, []).append(one)
    told = {one.name for one in known[""]}
    known[""] += [one for one in own_known(case) if one.name not in told]
    return {project: ResultReader(rows, case.report.year, own) for project, rows in known.items()}


def _known(indicator: Indicator) -> Known | None:
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
    return Known(indicator.name, unit, result, targets)


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


def own_places(unit: str) -> tuple[str, ...]:
    """Return the places in an office's name: 平川县, 平川."""
    name, places = folded(unit), []
    while (found := _PLACE.match(name)) and len(name) - found.end() >= 3:
        places += [found.group(), found.group()[:-1]]
        name = name[found.end() :]
    return tuple(place for place in places if len(place) >= 2)
