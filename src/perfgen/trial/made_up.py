"""Made-up values for every column of a layout (试填的内容), that fit each other as the reader asks.

Rows that the layout keeps ready are kept; what they leave open is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfgen.model.layout import Column, Layout, Sheet
from perfgen.workbook.writing import CellValue, Content

YEAR = 2023
ROWS = 4
_LONG = "这里是“{header}”的内容，用来看版面：文字长了会换行，行距、缩进和对齐照样式。"

Row = dict[str, CellValue]


def made_up_content(layout: Layout) -> Content:
    """Return a filled workbook's content, every column of it made up."""
    ready = layout.ready_rows(YEAR)
    return {
        sheet.name: _sheet_rows(sheet, layout, [dict(row) for row in ready.get(sheet.name, ())])
        for sheet in layout.sheets
        if sheet.kind != "guide" and sheet.record != "waiver"
    }


def _sheet_rows(sheet: Sheet, layout: Layout, ready: list[Row]) -> list[Row]:
    if sheet.kind == "form":
        return [_form(sheet, layout)]
    rows: list[Row] = ready or [dict(row) for row in _identities(sheet, layout)]
    owner = sheet.column("project")
    if ready and owner is not None:
        ready[0].setdefault(owner.header, _project(0))
    for number, row in enumerate(rows):
        for column in sheet.columns:
            if ready and number and column.fill_down:
                continue  # as above
            if row.get(column.header) is None and not _stays_open(column, sheet, number, rows):
                row[column.header] = _value(column, number, layout)
    return rows


def _form(sheet: Sheet, layout: Layout) -> Row:
    known: Mapping[str, CellValue] = {
        "unit": "某某市某某局", "year": str(YEAR), "date": f"{YEAR + 1}-03-15",
        "amount_unit": layout.rules.amount_unit,
    }  # fmt: skip
    return {
        column.header: known.get(column.field) or _value(column, 0, layout)
        for column in sheet.columns
        if not column.computed
    }


def _identities(sheet: Sheet, layout: Layout) -> Iterator[Mapping[str, CellValue]]:
    """The names by which rows are known, and what they belong to."""
    headers = {column.field: column.header for column in sheet.columns}

    def row(**fields: CellValue) -> Mapping[str, CellValue]:
        return {headers[name]: value for name, value in fields.items() if name in headers}

    if sheet.record == "section":
        column = sheet.column("name")
        for name in column.choices if column else ():
            yield row(name=name)
    elif sheet.record == "budget":
        for number, kind in enumerate(_kinds(layout)):
            yield row(name=f"{kind or '预算项目'}{number + 1}", kind=kind or None)
    elif sheet.record == "project":
        for number in range(2):
            yield row(name=_project(number))
    elif "parent" in headers:
        yield row(name="合计")
        for number in range(1, ROWS):
            yield row(name=f"第{number}项", parent="合计")
    else:
        owners = 2 if layout.sheet_of("project") and "project" in headers else 1
        for number in range(ROWS * owners):
            own = _named(sheet, number)
            yield row(name=own, project=_project(number // ROWS), line=_line(layout))


def _named(sheet: Sheet, number: int) -> CellValue:
    column = sheet.column("name")
    if column is not None and column.choices:
        return column.choices[number % len(column.choices)]
    return f"{column.header if column else sheet.name}{number + 1}"


def _kinds(layout: Layout) -> list[str]:
    """The kinds of budget lines from the top down, each with two lines of its lowest."""
    parents = layout.rules.parents
    if not parents:
        return ["", "", ""]
    tops = [kind for kind in dict.fromkeys(parents.values()) if kind not in parents]
    order: list[str] = []

    def below(kind: str) -> None:
        parts = [part for part, above in parents.items() if above == kind]
        order.append(kind)
        order.extend([kind] if not parts and kind not in tops else [])
        for part in parts:
            below(part)

    for top in tops:
        below(top)
    return order


def _line(layout: Layout) -> CellValue:
    """The last budget line, for the ledger to name."""
    sheet = layout.sheet_of("budget")
    name = sheet.column("name") if sheet else None
    if sheet is None or name is None:
        return None
    ready = layout.ready_rows(YEAR).get(sheet.name, ())
    if ready:
        return ready[-1].get(name.header)
    kinds = _kinds(layout)
    return f"{kinds[-1] or '预算项目'}{len(kinds)}"


def _project(number: int) -> str:
    return f"试填项目{number + 1}"


def _stays_open(column: Column, sheet: Sheet, number: int, rows: list[Row]) -> bool:
    """Whether a cell is left blank: what is computed, and totals that are sums."""
    if column.computed or column.field in ("parent", "operator", "measure_unit", "mark"):
        return True
    parent, name = sheet.column("parent"), sheet.column("name")
    if column.kind == "amount" and parent is not None and name is not None:
        own = rows[number].get(name.header)
        return any(row.get(parent.header) == own for row in rows)
    return (
        sheet.record == "budget"
        and column.kind == "amount"
        and number < len(rows) - 1
        and (_is_total(sheet, rows, number))
    )


def _is_total(sheet: Sheet, rows: list[Row], number: int) -> bool:
    kind = sheet.column("kind")
    return kind is not None and kind.kind == "choice" and number == 0 and len(rows) > 1


def _value(column: Column, number: int, layout: Layout) -> CellValue:
    if column.choices:
        return column.choices[number % len(column.choices)]
    if column.default:
        return column.default
    if column.kind == "amount":
        return Decimal(100 + 12 * number) + Decimal("0.5") * (len(column.header) % 3)
    if column.kind == "percent":
        return _percent(column)
    if column.kind == "number":
        return Decimal(10)
    if column.kind in ("date", "year"):
        return f"{YEAR}-{number % 12 + 1:02d}-15" if column.kind == "date" else str(YEAR)
    if column.kind in ("target", "measure"):
        return "≥90%" if column.kind == "target" else f"{92 + number % 6}%"
    if column.kind == "operator":
        return "≥"
    if column.kind == "long":
        return _LONG.format(header=column.header)
    return column.example or f"{column.header}{number + 1}"


def _percent(column: Column) -> Decimal:
    """A plan's cumulative part by its month (06 → 50%), else 95%."""
    last = column.field.rpartition(".")[2]
    month = int(last) if column.field.startswith("plan.") and last.isdigit() else 0
    return Decimal(month) / 12 if 0 < month <= 12 else Decimal("0.95")
