"""Colours that come and go: yellow for what is still to be filled, separators in large amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfgen.model.cells import column_letters
from perfgen.model.layout import Column, Rules
from perfgen.workbook.writing.expressions import any_of, quoted
from perfgen.workbook.writing.plan import HEADER_ROW, LAST_HELPED_ROW, SheetPlan
from perfgen.workbook.writing.styles import Styles

_FIRST = HEADER_ROW
"""Areas begin at the header, so that a row inserted right below it lies within them."""


def highlight_table(worksheet: Any, plan: SheetPlan, rules: Rules, styles: Styles) -> None:
    """Set the conditional formats of a table."""
    for place, column in enumerate(plan.columns, 1):
        letters = column_letters(place)
        area = f"{letters}{_FIRST}:{letters}{LAST_HELPED_ROW}"
        if (column.required or column.expected) and not column.computed:
            _set(worksheet, area, _missing(plan, column, letters, rules), styles.missing())
        if column.kind == "amount":
            separate_thousands(worksheet, area, f"{letters}{_FIRST}", styles)


def highlight_item(worksheet: Any, cell: str, column: Column, styles: Styles) -> None:
    """Set the conditional formats of one item of a form: yellow as long as it is empty."""
    if (column.required or column.expected) and not column.computed:
        _set(worksheet, cell, f"=LEN(TRIM({cell}))=0", styles.missing())
    if column.kind == "amount":
        separate_thousands(worksheet, cell, cell, styles)


def separate_thousands(worksheet: Any, area: str, cell: str, styles: Styles) -> None:
    """Show thousands separators in `area`, and no decimals but those that are there."""
    large = f"ISNUMBER({cell}),ABS({cell})>=1000"
    _set(worksheet, area, f"=AND({large},{cell}=INT({cell}))", styles.grouped(""))
    _set(worksheet, area, f"=AND({large},{cell}<>INT({cell}))", styles.grouped(".0#####"))


def _set(worksheet: Any, area: str, criteria: str, look: Any) -> None:
    worksheet.conditional_format(area, {"type": "formula", "criteria": criteria, "format": look})


def _missing(plan: SheetPlan, column: Column, letters: str, rules: Rules) -> str:
    """The condition of an empty cell in a row that has something in it."""
    cell = f"{letters}{_FIRST}"
    conditions = [f"LEN(TRIM({cell}))=0", f"{_filled_cells(plan.columns)}>0"]
    if column.fill_down:
        conditions.append(f"COUNTA({letters}${HEADER_ROW}:{cell})=1")
    if column.kind == "amount" and (summed := _summed(plan, rules)):
        conditions.append(f"NOT({summed})")
    return f"=AND({','.join(conditions)})"


def _filled_cells(columns: Sequence[Column]) -> str:
    """The count of a row's filled cells; computed ones always hold a formula, so not these."""
    runs: list[list[int]] = []
    for place, column in enumerate(columns, 1):
        if column.computed:
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    areas = [f"${column_letters(a)}{_FIRST}:${column_letters(b)}{_FIRST}" for a, b in runs]
    return f"COUNTA({','.join(areas)})"


def _summed(plan: SheetPlan, rules: Rules) -> str:
    """The condition of a total whose parts are listed: a blank one is their sum."""
    kind = plan.letters("kind")
    if kind is None or not rules.parents:
        return ""
    totals = []
    for parent in dict.fromkeys(rules.parents.values()):
        parts = [
            f"COUNTIF(${kind}:${kind},{quoted(part)})>0"
            for part, above in rules.parents.items()
            if above == parent
        ]
        totals.append(f"AND(${kind}{_FIRST}={quoted(parent)},{any_of(parts)})")
    return any_of(totals)
