"""`[carry]` of a layout's declaration → Carrying (由别的版式结转)."""

from __future__ import annotations

from collections.abc import Mapping

from perfgen.layouts.faults import Faults
from perfgen.layouts.keys import Keys
from perfgen.model.carrying import Carrying, Copy
from perfgen.model.layout import Layout


def read_carrying(keys: Keys) -> Carrying:
    """Return what the layout takes from others; nothing where the table is missing."""
    values = keys.table("values", {})
    first: dict[str, tuple[Mapping[str, str], ...]] = {}
    for row in keys.tables("first"):
        record = row.text("record")
        first[record] = (*first.get(record, ()), row.text_map("fields"))
        row.done()
    carrying = Carrying(
        sources=keys.texts("from", ()),
        copies=tuple(_copy(row) for row in keys.tables("copy")),
        values={role: values.text_map(role) for role in values.names()},
        first=first,
        keeps_ready=keys.texts("keeps_ready", ()),
    )
    values.done()
    keys.done()
    return carrying


def _copy(keys: Keys) -> Copy:
    where = keys.table("where", {})
    copy = Copy(
        record=keys.text("record"),
        of=keys.text("of"),
        fields=keys.text_map("fields"),
        fixed=keys.text_map("fixed"),
        where={field: where.texts(field) for field in where.names()},
        distinct=keys.flag("distinct"),
        join=keys.flag("join"),
        numbered=keys.flag("numbered"),
    )
    where.done()
    keys.done()
    return copy


def check_carrying(layout: Layout, keys: Keys) -> None:
    """Raise an error where `[carry]` fills a record or a field that the layout lacks."""
    carrying, faults = layout.carrying, Faults()
    for place, record, fields in (
        *(("copy", copy.record, (*copy.fields, *copy.fixed)) for copy in carrying.copies),
        *(("first", record, row) for record, rows in carrying.first.items() for row in rows),
    ):
        sheet = layout.sheet_of(record)
        if sheet is None:
            faults.note(keys.error(place, f"里的 record“{record}”没有对应的工作表"))
            continue
        for field in fields:
            if sheet.column(field) is None:
                said = f"：“{sheet.name}”没有 role 为 {record}.{field} 的列"
                faults.note(keys.error(place, said))
    for record in carrying.keeps_ready:
        if layout.sheet_of(record) is None:
            faults.note(keys.error("keeps_ready", f"里的“{record}”没有对应的工作表"))
    faults.raise_all()
