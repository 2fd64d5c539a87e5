"""PG3xx: one thing has one name, and the report's year is meant throughout (名称与年度)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from perfgen.checks.common.passages import plain_text, prose
from perfgen.checks.names.linked_names import Listed, odd_names
from perfgen.checks.names.names_in_text import misspelt
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.finding import Severity
from perfgen.prose.text import folded

# --- PG310 ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    ref: CellRef | None

    @property
    def bare(self) -> str:
        return re.sub(r"[^\w]|_", "", plain_text(self.text))


_LINKED = (
    ("budget", "group", "task", "name"),
    ("indicator", "work", "task", "name"),
    ("project", "name", "budget", "name"),
)
"""Columns that name rows of another sheet: there, a name that is nearly the same is the same."""

_TABLES = (
    ("fund", "name"), ("budget", "name"), ("budget", "group"), ("task", "name"),
    ("project", "name"), ("indicator", "work"), ("indicator", "name"), ("score", "name"),
)  # fmt: skip


@rule(
    "PG310",
    Severity.WARNING,
    title="同一事项两个名称",
    reason="同一项任务、项目或指标在几张表里名称不同，读的人会当成两件事，也没法按名称对照。",
    good="两张表里都写“促进会展业扩容提质”",
    bad="一张表写“促进会展之都扩容提质”，一张表写“促进会展业扩容提质”",
    settings={"likeness": Setting.ratio("80%", "有对应关系的两列里，名称像到什么程度算同一事项")},
    most=5,
)
def two_names(case: Case) -> Iterator[Hit]:
    """R51: names in two tables that differ by marks and spaces, or nearly agree where linked."""
    told: set[str] = set()
    times = _times(case)
    for of, field, to, other in _LINKED:
        ours, theirs = _names(case, of, field), _names(case, to, other)
        for one, near in _near(ours, theirs, float(case.settings["likeness"])):
            if one.bare not in told:
                told.add(one.bare)
                yield _two_names(*sorted((one, near), key=lambda name: times[name.bare]))
    seen: dict[str, _Name] = {}
    for record, field in _TABLES:
        for name in _names(case, record, field):
            first = seen.setdefault(name.bare, name)
            if name.bare not in told and first.text != name.text:
                told.add(name.bare)
                yield _two_names(name, first)
    yield from _listed_otherwise(case, told)
    yield from _said_otherwise(case)


def _listed_otherwise(case: Case, told: set[str]) -> Iterator[Hit]:
    """The name that one of two tables with the same things has otherwise."""
    columns = {f"{record}.{field}": _names(case, record, field) for record, field in _LISTS}
    bare = {column: {name.bare: name for name in names} for column, names in columns.items()}
    listed = [Listed(column, tuple(names)) for column, names in bare.items()]
    for odd, column, other, beside in odd_names(listed):
        if not {odd, other} & told and not _numbered_apart(odd, other):
            told |= {odd, other}
            yield _two_names(bare[column][odd], bare[beside][other])


_LISTS = (("task", "name"), ("budget", "name"), ("budget", "group"), ("project", "name"),
          ("indicator", "work"), ("score", "name"))  # fmt: skip


def _said_otherwise(case: Case) -> Iterator[Hit]:
    """A name in a sentence that is one character off the one in the tables."""
    names = {
        folded(name.text): name
        for record, field in _SPOKEN_OF
        for name in _names(case, record, field)
    }
    for passage in prose(case):
        for said, name in dict(misspelt(passage.text, tuple(names))).items():
            where = f"（{names[name].ref}）" if names[name].ref else ""
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里写着{quoted(said)}，表里的名称是"
                f"{quoted(name)}{where}，差一个字",
                hint="是同一事项的，统一名称；不是的，在“说明事项”里说明",
                ref=passage.ref,
            )


_SPOKEN_OF = (("budget", "name"), ("budget", "group"), ("task", "name"), ("project", "name"))


def _two_names(one: _Name, other: _Name) -> Hit:
    where = f"（{other.ref}）" if other.ref else ""
    return Hit(
        subject=one.text,
        message=f"{quoted(one.text)}与{quoted(other.text)}{where}像是同一事项，名称不同",
        hint="是同一事项的，统一名称；不是的，在“说明事项”里说明",
        ref=one.ref,
    )


def _times(case: Case) -> Counter[str]:
    """How many rows of all tables have a name: the one that fewer have is the odd one."""
    rows = ((row, field) for record, field in _TABLES for row in case.report.rows(record))
    names = (getattr(row, field, "") for row, field in rows)
    return Counter(_Name(name, None).bare for name in names if isinstance(name, str))


def _names(case: Case, record: str, field: str) -> list[_Name]:
    """The different names in a column, each where it first stands."""
    found: dict[str, _Name] = {}
    for row in case.report.rows(record):
        text = getattr(row, field, "")
        if isinstance(text, str) and len(text) >= 4:
            found.setdefault(text, _Name(text, row.cell(field)))
    return list(found.values())


def _near(
    ours: Sequence[_Name], theirs: Sequence[_Name], likeness: float
) -> Iterator[tuple[_Name, _Name]]:
    """Pairs of names that have no namesake in the other column, and nearly agree."""
    known, wanted = {name.text for name in theirs}, {name.text for name in ours}
    lone = [name for name in theirs if name.text not in wanted]
    for one in ours:
        if one.text in known:
            continue
        slipped = next((other for other in theirs if _one_sign(one.bare, other.bare)), None)
        if slipped is not None:
            yield one, slipped
            continue
        for other in lone:
            matcher = SequenceMatcher(None, one.bare, other.bare, autojunk=False)
            quick = matcher.real_quick_ratio() >= likeness and matcher.quick_ratio() >= likeness
            if quick and matcher.ratio() >= likeness and not _numbered_apart(one.bare, other.bare):
                yield one, other
                break


_LONG_ENOUGH = 5


def _one_sign(one: str, other: str) -> bool:
    """Whether two names are as long as each other, and a single sign in them differs."""
    if len(one) != len(other) or len(one) < _LONG_ENOUGH or _numbered_apart(one, other):
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


_APART = re.compile(
    r"\d+|[一二三四五六七八九十]+(?=[期批次届年类标])|[甲乙丙丁]|[市省国县区](?=级)|[东西南北]"
)


def _numbered_apart(one: str, other: str) -> bool:
    """Whether numbers or levels tell the two apart: 第一批, 第二批; 市级, 省级."""
    return _APART.findall(one) != _APART.findall(other)
