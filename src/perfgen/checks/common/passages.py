"""Every text of a report, once, with its cell: what rules about words look at (文字)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfgen.checks.once import once
from perfgen.checks.registry import Case
from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of
from perfgen.model.layout import Column, Layout
from perfgen.model.records import ROWS, OwnRow, Record, Report

_NAMES = ("name", "subject", "line", "text", "work", "subcategory")
KEPT_BACK = frozenset({"waiver", "adjustment"})
"""Sheets that are worked with, and not printed."""

_PROSE: Mapping[str, frozenset[str]] = {
    "section": frozenset({"text"}),
    "duty": frozenset({"text"}),
    "fund": frozenset({"note"}),
    "task": frozenset({"duty", "content", "result"}),
    "project": frozenset({"purpose", "goals", "achieved"}),
    "indicator": frozenset({"description", "basis", "evidence", "reason"}),
    "score": frozenset({"reason", "note"}),
}
"""Where sentences stand; in a layout's own records, everywhere, and in its own long columns."""

_CRITERIA = re.compile("标准|规则|公式|办法|口径")
"""Headers of long columns that say how to count, and tell nothing of the unit."""

_SHOWN = 24
"""Characters of a row's name that a message shows."""

_COUNTED = re.compile(r"(?:的?(?:数量|次数|家数|个数|场次|人数|户数|总数|总量|数))$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One cell's text. `kind` is its record, `field` its role's field or its own column's header.

    `subject` names the row, as waivers name it. `header` is that of a layout's own long column.
    """

    kind: str
    field: str
    text: str
    subject: str
    ref: CellRef | None
    extra: bool = False
    header: str = ""

    @property
    def shown(self) -> str:
        """Return the subject as messages show it: a long one is cut."""
        short = len(self.subject) <= _SHOWN
        return self.subject if short else f"{self.subject[:_SHOWN]}……"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the lines that hold something; a list's number is told from a decimal."""
        return _listed([line.strip() for line in self.text.split("\n") if line.strip()])

    @property
    def printed(self) -> bool:
        """Return whether the text is meant for the document, as far as roles tell."""
        if self.extra or self.kind in KEPT_BACK:
            return False
        return self.kind != "report" or self.field.startswith("text.") or self.header != ""

    @property
    def prose(self) -> bool:
        """Return whether sentences stand here, and not names, levels or values."""
        if not self.printed:
            return False
        usual = self.kind not in ROWS or self.field in _PROSE.get(self.kind, frozenset())
        return usual or self.header != ""


_LISTED = re.compile(r"(\d{1,2})[.．](?=(\d)?)")


def _listed(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines with 4、16家 for 4.16家 where the line before, or behind, has 3. or 5."""
    found = [_LISTED.match(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    if not any(one and one[2] for one in found):
        return tuple(lines)
    return tuple(
        f"{one[1]}、{line[one.end() :]}"
        if one and {int(one[1]) - 1, int(one[1]) + 1} & set(numbers)
        else line
        for one, line in zip(found, lines, strict=True)
    )


def passages(case: Case) -> Iterator[Passage]:
    """Yield every text of the report with its cell. Labels that rows share are told once."""
    yield from once(case, _all)


def _all(case: Case) -> tuple[Passage, ...]:
    report, layout = case.report, case.layout
    tables = (one for kind in (*ROWS, *report.own) for one in _table(kind, report, layout))
    return (*_form(report, layout), *tables)


def prose(case: Case) -> Iterator[Passage]:
    """Yield the texts that hold sentences and are meant for the document (正文)."""
    return (passage for passage in passages(case) if passage.prose)


def name_of(row: Record) -> str:
    """Return what a row is called: its name, else the first text that it has."""
    names = (getattr(row, field, "") for field in _NAMES)
    own = row.values.values() if isinstance(row, OwnRow) else ()
    return next((name for name in (*names, *own) if isinstance(name, str) and name), "")


def plain_text(text: str) -> str:
    """Return a text as sentences are compared: no spaces and quotation marks, narrow signs."""
    return re.sub(r"[\s“”‘’\"'「」]", "", unicodedata.normalize("NFKC", text))


def counted_thing(indicator: str) -> str:
    """Return what an indicator counts: 走访企业 for 走访企业的数量."""
    return _COUNTED.sub("", plain_text(indicator))


def _form(report: Report, layout: Layout) -> Iterator[Passage]:
    sheet = next((sheet for sheet in layout.sheets if sheet.kind == "form"), None)
    for field, fact in report.facts.items():
        column = sheet.column(field) if sheet else None
        if fact.value:
            yield Passage(
                "report",
                field,
                fact.value,
                column.header if column else field,
                fact.cell("value"),
                extra=column is None,
                header=column.header if column and _tells(column) else "",
            )


def _content(row: Record, field: str) -> object:
    try:
        return content_of(row, field)
    except AttributeError:  # a figure that the record does not keep
        return None


def _table(kind: str, report: Report, layout: Layout) -> Iterator[Passage]:
    sheet = layout.sheet_of(kind)
    columns = {column.field: column for column in sheet.columns} if sheet else {}
    told = (
        {_key(column): column.header for column in sheet.columns if _tells(column)} if sheet else {}
    )
    shared = {field for field, column in columns.items() if column.fill_down}
    computed = {field for field, column in columns.items() if column.computed}
    before: dict[str, str] = {}
    for row in report.rows(kind):
        subject = name_of(row)
        for field, ref in row.cells.items():
            text = None if field in computed else _content(row, field)
            if not isinstance(text, str):
                continue
            if field not in shared or before.get(field) != text:
                yield Passage(kind, field, text, subject, ref, header=told.get(field, ""))
            before[field] = text
        for header, text in row.extra.items():
            if text:
                place, own = row.extra_cells.get(header), told.get(header, "")
                yield Passage(kind, header, text, subject, place, extra=not own, header=own)


def _key(column: Column) -> str:
    """Under what a record keeps a column's text: its field, or its header where it has none."""
    return column.header if column.field == "extra" else column.field


def _tells(column: Column) -> bool:
    """Whether a column of the layout's own is for sentences about the unit."""
    own = column.field == "extra" or column.field.startswith("own.")
    return own and column.kind == "long" and not _CRITERIA.search(column.header)
