"""A report → its data (report-1): what the document prints, in the order of its tables.

Schema: docs/schema/report-1.json. Amounts are strings of exact digits; each figure says whether it
was given or computed, so that a workbook made from the data gives the same document again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from perfgen.disclosed.filling import report_of_data
from perfgen.disclosed.printed import Printed, Shown, printed_by
from perfgen.errors import WorkbookError
from perfgen.figures import compute
from perfgen.figures.budget import LineFigures
from perfgen.figures.formulas.completing import with_formulas
from perfgen.figures.funds import FundFigures
from perfgen.figures.scores import ScoreFigures
from perfgen.model.fields import content_of
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.model.records import Record, Report
from perfgen.model.roles import NEEDED
from perfgen.provenance.figures import Figure, number_figures
from perfgen.render.page.marked import MarkedPage
from perfgen.withholding import without_private
from perfgen.workbook.tables import EXTRA

SCHEMA = "report-1"
"""Raised when the data's form changes so that older readers would misread it."""

GIVEN, COMPUTED = "given", "computed"
KEPT_BACK = frozenset({"waiver"})
"""Records that no data holds, whatever a template prints of them."""

PRIVATE = frozenset({"preparer", "phone"})
"""Items of the form that no data holds."""

FIGURES = frozenset({"amount", "number", "percent"})
"""Kinds of columns that hold figures."""

_TREES: Mapping[str, tuple[str, ...]] = {
    "budget": ("kind", "group"), "fund": ("parent",), "score": ("parent",),
    "indicator": ("project",),
}  # fmt: skip
"""What says where a printed row stands: fixed words of the layout, or names of other rows."""

_OWN_TREE = ("name", "parent", "project")
"""The same, for records that only a layout has."""

_DERIVED = {
    "initial": "年初预算数", "adjustment": "调整数", "adjusted": "调整预算数",
    "actual": "支出数", "half_plan": "半年计划执行数", "execution_rate": "执行率",
    "full": "满分", "score": "得分", "mark": "得分", "deviation": "偏差情况",
    "rate_full": "预算执行率分值", "rate_score": "预算执行率得分", "total": "总分",
    "grade": "等级", "running": "累计调整",
}  # fmt: skip
"""Headers of figures for which the layout has no column."""

_ROUNDS = 20
"""Trees are not deeper than that."""


def report_data(report: Report, layout: Layout, page: MarkedPage) -> dict[str, Any]:
    """Return the data of a report's document; nothing that its page hides.

    `report` is the report as it is printed: its placeholders are replaced.
    """
    report = without_private(report, layout)
    printed = printed_by(page, report)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "layout": {
            "id": layout.id, "schema": layout.schema, "title": layout.title,
            "document": layout.document,
        },
        "unit": report.unit,
        "year": report.year,
        "date": report.day.isoformat(),
        "amount_unit": report.amount_unit,
    }  # fmt: skip
    if report.as_of:
        data["as_of"] = report.as_of.isoformat()
    data["facts"] = list(_facts(report, layout, printed))
    data["tables"] = [
        table
        for sheet in layout.sheets
        if sheet.kind == "table" and sheet.record not in KEPT_BACK
        if (table := _table(report, sheet, printed)) is not None
    ]
    _settle(data, report, layout)
    return data


def kept_private(layout: Layout) -> tuple[str, ...]:
    """Return the headers of what the layout's data never holds, though a page may print it."""
    headers = (
        column.header
        for sheet in layout.sheets
        for column in sheet.columns
        if column.private or (sheet.kind == "form" and column.field in PRIVATE)
    )
    return tuple(dict.fromkeys(headers))


def _facts(report: Report, layout: Layout, printed: Printed) -> Iterator[dict[str, str]]:
    form = next((sheet for sheet in layout.sheets if sheet.kind == "form"), None)
    columns = {column.field: column for column in form.columns} if form else {}
    for name, fact in report.facts.items():
        if name in ("unit", "year", "date", "amount_unit") or name in PRIVATE:
            continue
        if not fact.value:  # blank, or kept back: the page may well print it
            continue
        if text := printed.fact(fact):
            column = columns.get(name)
            about = {"field": name} if column else {}
            yield {**about, "header": column.header if column else name, "text": text}


def _table(report: Report, sheet: Sheet, printed: Printed) -> dict[str, Any] | None:
    rows = [
        _row(record, sheet, place, printed)
        for place, record in enumerate(report.rows(sheet.record))
        if printed.prints_row(record, sheet.record, place)
    ]
    if not rows:
        return None
    _leave_out_lost_parents(rows)
    own = [column for column in sheet.columns if column.field != EXTRA]
    headers = {column.field: column.header for column in own}
    kinds = {column.field: column.kind for column in own}
    order = [*headers, *dict.fromkeys(field for row in rows for field in row if field != EXTRA)]
    used = [field for field in dict.fromkeys(order) if any(field in row for row in rows)]
    return {
        "sheet": sheet.name,
        "record": sheet.record,
        "title": sheet.title or sheet.name,
        "columns": [
            {
                "field": field,
                "header": headers.get(field) or _derived_header(field, headers),
                "kind": kinds.get(field) or ("text" if field == "grade" else "number"),
            }
            for field in used
        ],
        "rows": rows,
    }


def _derived_header(field: str, headers: Mapping[str, str]) -> str:
    name, _, source = field.partition(".")
    about = next((header for known, header in headers.items()
                  if source and known.endswith(f".{source}")), "")  # fmt: skip
    of = about.partition("：")[2] or about
    return _DERIVED.get(name, name) + (f"：{of or source}" if source else "")


def _row(record: Record, sheet: Sheet, place: int, printed: Printed) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in sheet.columns:
        field = column.field
        if field == EXTRA:
            continue
        value = _value(record, sheet.record, place, column, printed)
        if value:
            row[field] = value
    for field in printed.derived(sheet.record, place):
        if field not in row:
            shown = printed.figure(record, sheet.record, place, field)
            if shown:
                row[field] = shown.text if field == "grade" else _figure(shown)
    extra = {
        header: text
        for header in record.extra
        if (text := printed.extra(record, sheet.record, header))
    }
    if extra:
        row[EXTRA] = extra
    return row


def _value(
    record: Record, kind: str, place: int, column: Column, printed: Printed
) -> str | dict[str, str | None]:
    field = column.field
    if column.kind in FIGURES or column.computed:
        shown = printed.figure(record, kind, place, field)
        if shown and kind == "adjustment":  # printed with its sign, filled in without
            shown = replace(shown, value=str(content_of(record, field)), given=True)
        return _figure(shown) if shown else ""
    text = printed.text(record, kind, field)
    if not text and field in (*NEEDED.get(kind, ()), *_TREES.get(kind, _OWN_TREE)):
        named = content_of(record, field)
        if isinstance(named, str) and (named in column.choices or printed.says(named)):
            text = named
    return text


def _figure(shown: Shown) -> dict[str, str | None]:
    about = {} if shown.text == shown.value else {"text": shown.text}
    return {"value": shown.value, **about, "origin": GIVEN if shown.given else COMPUTED}


def _leave_out_lost_parents(rows: Sequence[dict[str, Any]]) -> None:
    """A parent that is not printed itself has no row to be found at."""
    names = {row.get("name") for row in rows}
    for row in rows:
        if row.get("parent") not in names:
            row.pop("parent", None)


# --- given or computed ---------------------------------------------------------------------------


def _settle(data: dict[str, Any], report: Report, layout: Layout) -> None:
    """Mark as given what does not follow from the data alone.

    A total of rows that are not printed, or an adjustment whose ledger is not, is a figure like
    any other to whoever has the document.
    """
    typed = {
        sheet.record: {column.field for column in sheet.columns if not column.computed}
        for sheet in layout.sheets
    }
    for _ in range(_ROUNDS):
        try:
            again = report_of_data(data, layout)
        except WorkbookError:  # a name without which the rows cannot be linked is not printed
            return
        again = with_formulas(again, layout)
        figures = compute(again, layout.rules)
        values = number_figures(figures, again, 1).values
        trees: Mapping[str, Sequence[LineFigures | FundFigures | ScoreFigures]] = {
            "budget": figures.budget, "fund": figures.funds, "score": figures.scores,
        }  # fmt: skip
        wrong: list[tuple[int, dict[str, Any]]] = []
        for table in data["tables"]:
            record = table["record"]
            tree = trees.get(record, ())
            for place, row in enumerate(table["rows"]):
                level = tree[place].level if place < len(tree) else 0
                wrong += [
                    (level, figure)
                    for field, figure in row.items()
                    if isinstance(figure, dict) and figure.get("origin") == COMPUTED
                    if field in typed[record]
                    and not _same(figure, values.get((record, place, field)))
                ]
        if not wrong:
            return
        deepest = max(level for level, _ in wrong)  # what is above may follow from it
        for level, figure in wrong:
            if level == deepest:
                figure["origin"] = GIVEN


def _same(figure: Mapping[str, str | None], value: Figure | None) -> bool:
    said = figure["value"]
    return said is not None and isinstance(value, Decimal) and Decimal(said) == value
