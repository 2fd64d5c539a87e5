"""PG141: texts longer than the form allows (字数)."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.formulas.completing import subject_of
from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of
from perfgen.model.finding import Severity
from perfgen.model.layout import Column, Sheet


@rule(
    "PG141",
    Severity.WARNING,
    title="文字超过版式规定的字数",
    reason="有的表规定一格最多写多少字，例如“100字以内”。空格和换行不算字，标点算。",
    good="规定 100 字以内，写了 86 字",
    bad="规定 100 字以内，写了 132 字",
)
def too_long(case: Case) -> Iterator[Hit]:
    """A text of more characters than its column's `max_length`."""
    for sheet in case.layout.sheets:
        for column in sheet.columns:
            if column.max_length is None:
                continue
            for name, text, ref in _texts(case, sheet, column):
                length = len("".join(text.split()))
                if length > column.max_length:
                    yield Hit(
                        subject=name or column.header,
                        message=f"{quoted(name)}的{column.header}有 {length} 字，"
                        f"规定不超过 {column.max_length} 字",
                        hint=f"删去 {length - column.max_length} 字",
                        ref=ref,
                    )


def _texts(case: Case, sheet: Sheet, column: Column) -> Iterator[tuple[str, str, CellRef | None]]:
    """What is written in a column: the row's name, the text, its cell."""
    if sheet.record == "report":
        fact = case.report.facts.get(column.field)
        if fact is not None:
            yield column.header, fact.value, fact.cell("value")
        return
    for record in case.report.rows(sheet.record):
        held: object = content_of(record, column.field)
        ref = record.cell(column.field)
        if column.field == "extra":
            held, ref = record.extra.get(column.header), record.extra_cells.get(column.header)
        if isinstance(held, tuple):  # a goal a line
            held = "\n".join(map(str, held))
        if isinstance(held, str):
            yield subject_of(record), held, ref
