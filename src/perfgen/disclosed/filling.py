"""The data → a report, and → the content of a workbook (由数据还原)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from perfgen.errors import DocumentError, LayoutError
from perfgen.model.cells import CellRef
from perfgen.model.headers import as_typed_under
from perfgen.model.layout import Column, Layout, Rules, Sheet
from perfgen.model.records import ROWS, Fact, Record, Report
from perfgen.model.roles import ROLES
from perfgen.workbook import records
from perfgen.workbook.kinds import Around, Parsed, Unreadable, parse_cell
from perfgen.workbook.linking import check_names
from perfgen.workbook.problems import Reading
from perfgen.workbook.raw import RawCell
from perfgen.workbook.reading import unreadable
from perfgen.workbook.tables import EXTRA, Row

if TYPE_CHECKING:  # what writes workbooks takes long to load
    from perfgen.workbook.writing.values import CellValue, Content

GIVEN = "given"
_NOT_OURS = "数据和版式对不上，用 --layouts 给出原来的版式"
_FORM_ITEMS = ("unit", "year", "date", "amount_unit")


def report_of_data(data: Mapping[str, Any], layout: Layout, name: str = "数据") -> Report:
    """Return the report that the data describes; `name` says where it came from.

    Raises WorkbookError where rows name others that are not there, DocumentError where the layout
    has no place for something.
    """
    reading = Reading(name, data["amount_unit"])
    built: dict[str, tuple[Record, ...]] = {}
    for table in data["tables"]:
        sheet = _sheet_of(table["record"], layout)
        rows = [_as_row(row, sheet, number, reading) for number, row in enumerate(table["rows"], 2)]
        build = _builder(sheet.record, layout.rules)
        built[sheet.record] = records.build_records(rows, build, reading)
    as_of = data.get("as_of")
    report = Report(
        workbook=name,
        layout=layout.id,
        unit=data["unit"],
        year=data["year"],
        amount_unit=data["amount_unit"],
        day=date.fromisoformat(data["date"]),
        facts=_facts(data, layout),
        own={
            sheet.record: built.get(sheet.record, ())  # type: ignore[misc]  # rows of its own
            for sheet in layout.sheets
            if sheet.kind == "table" and sheet.record not in ROLES
        },
        as_of=date.fromisoformat(as_of) if as_of else None,
    )
    known: dict[str, Any] = {ROWS[kind]: rows for kind, rows in built.items() if kind in ROWS}
    report = replace(report, **known)
    check_names(report, reading)
    if reading.problems:
        raise unreadable(name, reading.problems)
    return report


def _builder(kind: str, rules: Rules) -> Callable[[Row, Reading], Record | None]:
    if kind == "adjustment":
        return partial(records.adjustment, rules=rules)
    if kind == "indicator":
        return partial(records.indicator, rules=rules)
    builders: Mapping[str, Callable[[Row, Reading], Record | None]] = {
        "section": records.section,
        "duty": records.duty,
        "fund": records.fund,
        "budget": records.budget_line,
        "task": records.task,
        "project": records.project,
        "score": records.score_item,
    }
    return builders.get(kind, partial(records.own_row, kind=kind))


def _as_row(row: Mapping[str, Any], sheet: Sheet, number: int, reading: Reading) -> Row:
    values: dict[str, Parsed] = {}
    cells: dict[str, CellRef] = {}
    for place, column in enumerate(sheet.columns, 1):
        if column.field == EXTRA:
            continue
        ref = CellRef(reading.workbook, sheet.name, number, place)
        cells[column.field] = ref
        values[column.field] = None
        if not column.computed and column.field in row:
            values[column.field] = _given(row[column.field], column, ref, reading)
    return Row(number, values, cells, dict(row.get(EXTRA, {})))


def _given(value: Any, column: Column, ref: CellRef, reading: Reading) -> Parsed:
    """What stood in the cell: nothing, where the figure was computed."""
    if isinstance(value, Mapping):
        given = value["origin"] == GIVEN and value["value"] is not None
        return Decimal(value["value"]) if given else None
    if column.kind == "date" and value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            reading.problem(f"{column.header}：“{value[:24]}”不是日期", _NOT_OURS, ref=ref)
            return None
    if column.kind == "choice" and value and value not in column.choices:
        reading.problem(f"{column.header}：清单里没有“{value[:24]}”", _NOT_OURS, ref=ref)
        return None
    return value or None


def _facts(data: Mapping[str, Any], layout: Layout) -> dict[str, Fact]:
    named = {item: str(data[item]) for item in _FORM_ITEMS}
    named |= {fact.get("field") or fact["header"]: fact["text"] for fact in data["facts"]}
    form = next((sheet for sheet in layout.sheets if sheet.kind == "form"), None)
    for column in form.columns if form else ():
        if column.default and not named.get(column.field):
            named[column.field] = column.default
    columns = {column.field: column for column in form.columns} if form else {}
    return {
        name: _fact(name, value, columns.get(name), str(data["amount_unit"]))
        for name, value in named.items()
    }


def _fact(name: str, text: str, column: Column | None, unit: str) -> Fact:
    """An item of the form; one of numbers with the number that its text stands for."""
    if column is None or column.kind not in ("amount", "number", "percent"):
        return Fact(name=name, value=text)
    try:
        value = parse_cell(RawCell(CellRef("", "", 1, 1), text), column, Around(unit))
    except Unreadable:  # printed as — or in words
        return Fact(name=name, value=text)
    if not isinstance(value, Decimal):
        return Fact(name=name, value=text)
    return Fact(name=name, value=str(value), content=value)


def _sheet_of(record: str, layout: Layout) -> Sheet:
    sheet = layout.sheet_of(record)
    if sheet is None or sheet.kind != "table":
        raise DocumentError(
            f"版式 {layout.id} 没有放“{record}”的工作表，和生成这个文件的版式不一样",
            hint="用 --layouts 给出原来的版式",
        )
    return sheet


# --- a workbook ----------------------------------------------------------------------------------


def content_of_data(data: Mapping[str, Any], layout: Layout) -> Content:
    """Return the content of the workbook that gives the same document again.

    Raises LayoutError where the data is of a later version of the layout, DocumentError where the
    layout has no place for something.
    """
    if data["layout"]["schema"] > layout.schema:
        raise LayoutError(
            f"数据是版式 {layout.id} 第 {data['layout']['schema']} 版的，"
            f"这里只有第 {layout.schema} 版",
            hint="升级 perfgen 后再用",
        )
    content: dict[str, list[Mapping[str, CellValue]]] = {}
    for sheet in layout.sheets:
        if sheet.kind == "form":
            content[sheet.name] = [_form(data, sheet)]
    for table in data["tables"]:
        sheet = _sheet_of(table["record"], layout)
        headers = {column.field for column in sheet.columns}
        derived = {column["field"] for column in table["columns"]} - headers
        lost = {
            field
            for row in table["rows"]
            for field in derived
            if field in row and not (isinstance(row[field], dict) and _is_computed(row[field]))
            and field != "grade"
        }  # fmt: skip
        if lost:
            raise DocumentError(
                f"版式 {layout.id} 的“{sheet.name}”没有这些列：{'、'.join(sorted(lost))}，"
                "和生成这个文件的版式不一样",
                hint="用 --layouts 给出原来的版式",
            )
        unit = data["amount_unit"]
        content[sheet.name] = [_cells(row, sheet, unit) for row in table["rows"]]
    return content


def _is_computed(figure: Mapping[str, Any]) -> bool:
    return bool(figure["origin"] != GIVEN)


def _form(data: Mapping[str, Any], sheet: Sheet) -> Mapping[str, CellValue]:
    values: dict[str, CellValue] = {item: str(data[item]) for item in _FORM_ITEMS}
    values |= {fact["field"]: fact["text"] for fact in data["facts"] if "field" in fact}
    row = {column.header: values.get(column.field) for column in sheet.columns}
    return row | {fact["header"]: fact["text"] for fact in data["facts"] if "field" not in fact}


def _cells(row: Mapping[str, Any], sheet: Sheet, unit: str) -> Mapping[str, CellValue]:
    cells = {
        column.header: _under_header(_cell(row[column.field], column), column, unit)
        for column in sheet.columns
        if column.field in row and column.field != EXTRA
    }
    return cells | dict(row.get(EXTRA, {}))


def _under_header(value: CellValue, column: Column, unit: str) -> CellValue:
    """An amount in the unit that its header states, where that is not the workbook's."""
    if column.kind != "amount" or not isinstance(value, Decimal):
        return value
    return as_typed_under(column.header, value, unit)


def _cell(value: Any, column: Column) -> CellValue:
    """A cell's content; a computed column shows its figure until the workbook is recalculated."""
    if not isinstance(value, Mapping):
        return str(value)
    if not column.computed:
        return Decimal(value["value"]) if value["origin"] == GIVEN and value["value"] else None
    if column.kind in ("amount", "percent", "number") and value["value"]:
        return Decimal(value["value"])
    return str(value.get("text") or value["value"] or "")
