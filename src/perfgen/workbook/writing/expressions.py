"""Pieces of Excel formulas that Excel 2010, WPS and LibreOffice all understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfgen.workbook.writing.plan import SheetPlan

UNKNOWN_TEXT = "生成时计算"
"""What a live formula shows where only perfgen can tell."""


def quoted(text: str) -> str:
    """Return a text as a string of a formula."""
    return '"' + text.replace('"', '""') + '"'


UNKNOWN = quoted(UNKNOWN_TEXT)


def source_cell(plan: SheetPlan, field: str, row: int) -> str:
    """Return the reference to a data cell, or an empty text where the layout lacks the column.

    INDEX into the whole column goes by position: neither a sorted nor a cut nor an inserted row
    makes it point elsewhere.
    """
    column = plan.column_range(field)
    return f"INDEX({column},{row})" if column else '""'


def plain_text(value: str) -> str:
    """Return a cell's text without spaces around it; an empty text for an empty cell."""
    return f'TRIM({value}&"")'


def any_of(conditions: Sequence[str]) -> str:
    """Return the disjunction of conditions; FALSE where there are none."""
    return f"OR({','.join(conditions)})" if conditions else "FALSE"


def chosen(value: str, results: Mapping[str, str], otherwise: str) -> str:
    """Return nested IFs: the result whose text `value` equals, else `otherwise`."""
    formula = otherwise
    for text, result in reversed(list(results.items())):
        formula = f"IF({value}={quoted(text)},{result},{formula})"
    return formula


def without(value: str, pieces: Sequence[str]) -> str:
    """Return `value` with every one of the pieces (formulas of texts) taken out."""
    for piece in pieces:
        value = f'SUBSTITUTE({value},{piece},"")'
    return value


def decimal_places(decimals: int, suffix: str = "") -> str:
    """Return the number format of so many decimals: 2 with `%` → `0.00%`."""
    return ("0." + "0" * decimals if decimals else "0") + suffix
