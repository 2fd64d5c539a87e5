"""What a template sees: the report and its figures, grouped as tables print them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from perfgen.figures import Figures
from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.layout import Layout
from perfgen.model.records import Report, Task
from perfgen.render.page.narrative import Block, blocks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Rows under one merged label (合并单元格): the label and its rows, in order."""

    name: str
    rows: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class LayoutNames:
    """What a template may know of its layout. Its folder is not among it: a path reaches files."""

    id: str
    title: str
    document: str
    sections: tuple[str, ...]


def template_context(report: Report, figures: Figures, layout: Layout) -> Mapping[str, Any]:
    """Return the names that a template may use."""
    return {
        "report": report,
        "layout": layout_names(layout),
        "figures": figures,
        "sections": narrative(report),
        "facts": {name.rpartition(".")[2]: fact.value for name, fact in report.facts.items()},
        "budget": figures.budget,
        "ledger": figures.ledger,
        "funds": figures.funds,
        "projects": figures.projects,
        "indicators": figures.indicators,
        "scores": figures.scores,
        "overall": figures.overall,
        "own": report.own,
        "duties": duties(report.tasks, layout.rules.duty_order),
        "categories": categories(figures.indicators, layout.rules.category_order),
    }


def layout_names(layout: Layout) -> LayoutNames:
    """Return the layout's names, and those of its narrative sections in their order (章节)."""
    sheet = layout.sheet_of("section")
    column = sheet.column("name") if sheet else None
    sections = column.choices if column else ()
    return LayoutNames(layout.id, layout.title, layout.document, sections)


def narrative(report: Report) -> Mapping[str, tuple[Block, ...]]:
    """Return each section's blocks by the section's name; several rows of one section join."""
    paragraphs: dict[str, list[str]] = {}
    for section in report.sections:
        paragraphs.setdefault(section.name, []).extend(section.paragraphs)
    return {name: blocks(texts) for name, texts in paragraphs.items()}


def duties(tasks: Sequence[Task], order: str) -> tuple[Group[Task], ...]:
    """Return the tasks by duty; `number` sorts duties by their number (职能2 before 职能10)."""
    groups = grouped(tasks, lambda task: task.duty)
    if order != "number":
        return groups
    numbered = [(_duty_number(group.name), place, group) for place, group in enumerate(groups)]
    return tuple(group for _, _, group in sorted(numbered, key=lambda item: item[:2]))


def _duty_number(duty: str) -> int:
    matched = re.match(r"\D{0,6}?(\d+)", duty)
    return int(matched.group(1)) if matched else 10**6


def categories(
    indicators: Sequence[IndicatorFigures], order: Sequence[str]
) -> tuple[Group[IndicatorFigures], ...]:
    """Return the indicators by category (类别), in the layout's order."""
    groups = grouped(indicators, lambda row: row.indicator.category)
    rank = {name: place for place, name in enumerate(order)}
    return tuple(sorted(groups, key=lambda group: rank.get(group.name, len(rank))))


def grouped(rows: Iterable[T], label: Callable[[T], str]) -> tuple[Group[T], ...]:
    """Return rows gathered under their labels, labels in the order of their first row."""
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(label(row), []).append(row)
    return tuple(Group(name, tuple(members)) for name, members in found.items())
