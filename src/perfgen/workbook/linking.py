"""Rows that name another row: a ledger's budget line, an indicator's project, a score's parent.

A name that stands for nothing would lose a figure silently, so it cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of
from perfgen.model.records import OwnRow, Record, Report
from perfgen.workbook.problems import Reading
from perfgen.workbook.tables import nearest

MOST_GUESSES = 30
"""Misspelt names that are compared with all others: a whole ledger of them would take minutes."""

MOST_LEVELS = 50
"""Rows one above the other (上级): a report has six at most, and what counts them goes as deep."""


@dataclass(frozen=True, slots=True)
class _Link:
    """One cell that names a row of another table."""

    name: str
    ref: CellRef | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a cell names, in the words of the messages."""

    thing: str
    table: str
    verb: str


_LINE = _Kind("预算项目", "预算表", "调整")
_PROJECT = _Kind("项目", "项目表", "属于")
_PARENT = _Kind("上级", "这张表", "归到")


def check_names(report: Report, reading: Reading) -> None:
    """Note a problem for each cell that names no row, or several."""
    lines = [line.name for line in report.budget]
    if lines or not reading.problems:  # else the budget table itself could not be read
        ledger = [_Link(row.line, row.cell("line")) for row in report.adjustments]
        _check(ledger, lines, _LINE, reading)
    projects = [project.name for project in report.projects]
    owners = [_Link(row.project, row.cell("project")) for row in report.indicators if row.project]
    if projects or not reading.problems:
        _check(owners, projects, _PROJECT, reading)
    for rows in report.own.values():
        of_project = [
            _Link(name, row.cell("project")) for row in rows if (name := _held(row, "project"))
        ]
        if of_project and (projects or not reading.problems):
            _check(of_project, projects, _PROJECT, reading)
    for tree in (report.funds, report.scores, *report.own.values()):
        _check_tree(tree, reading)


def _check_tree(rows: Sequence[Record], reading: Reading) -> None:
    named = [(_held(row, "name"), _held(row, "parent"), row.cell("parent")) for row in rows]
    parents = [_Link(parent, ref) for _, parent, ref in named if parent]
    _check(parents, [name for name, _, _ in named], _PARENT, reading)
    above = {name: parent for name, parent, _ in named}
    said_once = False
    for name, _, ref in named:
        ancestors = list(islice(_ancestors(name, above), MOST_LEVELS + 1))
        if name in ancestors:
            reading.problem(f"“{name}”的上级关系绕成了圈", "改正上级", ref=ref)
        elif len(ancestors) > MOST_LEVELS and not said_once:
            said_once = True
            message = f"“{name}”上面的上级超过 {MOST_LEVELS} 级"
            reading.problem(message, "核对“上级”一列，减少级数", ref=ref)


def _held(row: Record, field: str) -> str:
    """A name that a row holds, its own or another's."""
    value = content_of(row, field) if isinstance(row, OwnRow) else getattr(row, field, "")
    return value if isinstance(value, str) else ""


def _ancestors(name: str, above: dict[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    parent = above.get(name, "")
    while parent and parent not in seen:
        seen.add(parent)
        yield parent
        parent = above.get(parent, "")


def _check(links: Sequence[_Link], names: Sequence[str], kind: _Kind, reading: Reading) -> None:
    """Note one problem for each name, however many cells hold it: it is one slip."""
    known = Counter(names)
    cells: dict[str, list[_Link]] = {}
    for link in links:
        if known[link.name] != 1:
            cells.setdefault(link.name, []).append(link)
    for number, (name, same) in enumerate(cells.items()):
        more = f"（共 {len(same)} 行这样写）" if len(same) > 1 else ""
        if known[name]:
            reading.problem(
                f"{kind.thing}“{name}”在{kind.table}里有同名的几行，不知道{kind.verb}哪一行{more}",
                f"给同名的{kind.thing}起不同的名称", ref=same[0].ref,
            )  # fmt: skip
            continue
        near = nearest(name, list(known)) if number < MOST_GUESSES else None
        hint = f"是不是“{near}”？" if near else f"先在{kind.table}里加上这个{kind.thing}"
        reading.problem(f"{kind.table}里没有“{name}”这个{kind.thing}{more}", hint, ref=same[0].ref)
