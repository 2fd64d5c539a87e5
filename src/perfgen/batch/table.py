"""The table of a batch as text and as data (结果表)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfgen.batch.jobs import Row
from perfgen.batch.outcomes import Common, Outcome, commonest, tally
from perfgen.characters import visible
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed
from perfgen.workbook.writing.measuring import text_width

SCHEMA = "batch-1"
"""The name of the JSON output: docs/schema/batch-1.json describes it."""

_HEADERS = ("工作簿", "单位", "结果", "错误", "提醒", "提示", "预算", "支出", "执行率", "得分",
            "文件", "秒")  # fmt: skip
_RIGHT = frozenset(("错误", "提醒", "提示", "预算", "支出", "执行率", "得分", "秒"))
_WIDEST = 44


def table_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the table, a line for each workbook below the headers, its columns aligned."""
    rows = [_HEADERS, *(_cells(outcome) for outcome in outcomes)]
    shown = [[_cut(visible(cell).replace("\n", " ")) for cell in row] for row in rows]
    widths = [max(map(text_width, column)) for column in zip(*shown, strict=True)]
    return [_line(row, widths) for row in shown]


def _cells(outcome: Outcome) -> tuple[str, ...]:
    row = outcome.row
    files = "、".join(file.name for file in outcome.files)
    if outcome.trouble:
        files = outcome.trouble.message
    return (
        str(outcome.workbook), row.unit if row else "", outcome.verdict.value,
        *(_said(outcome.found(severity)) for severity in Severity),
        row.budget if row else "", row.actual if row else "", _rate(row), row.score if row else "",
        files, f"{outcome.seconds:.1f}",
    )  # fmt: skip


def _said(count: int | None) -> str:
    return "" if count is None else str(count)


def _rate(row: Row | None) -> str:
    if row is None or row.rate in ("", "—"):
        return row.rate if row else ""
    return fixed(Decimal(row.rate) * 100, 2) + "%"


def _cut(text: str) -> str:
    """A long text by its end, which tells files of one folder apart."""
    if text_width(text) <= _WIDEST:
        return text
    while text_width(text) > _WIDEST - 1:
        text = text[1:]
    return f"…{text}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for header, cell, width in zip(_HEADERS, cells, widths, strict=True):
        room = " " * (width - text_width(cell))
        padded.append(room + cell if header in _RIGHT else cell + room)
    return "  ".join(padded).rstrip()


# --- for programs --------------------------------------------------------------------------------


def table_data(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    """Return the table as JSON data."""
    return {
        "counts": {verdict.name.lower(): count for verdict, count in tally(outcomes).items()},
        "amount_unit": "万元",
        "workbooks": [_outcome_data(outcome) for outcome in outcomes],
        "commonest": [_common_data(common) for common in commonest(outcomes)],
        "seconds": round(seconds, 1),
    }


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    row, trouble = outcome.row, outcome.trouble
    return {
        "workbook": str(outcome.workbook),
        "verdict": outcome.verdict.name.lower(),
        "unit": row.unit if row else None,
        "year": row.year if row else None,
        "layout": row.layout if row else None,
        "findings": dict(row.findings) | {"waived": row.waived} if row else None,
        "budget": (row.budget or None) if row else None,
        "actual": (row.actual or None) if row else None,
        "rate": (row.rate or None) if row else None,
        "score": (row.score or None) if row else None,
        "files": [str(file) for file in outcome.files],
        "aside": [str(file) for file in outcome.aside],
        "pages": outcome.pages,
        "error": {
            "message": trouble.message, "hint": trouble.hint or None, "places": list(trouble.places)
        } if trouble else None,
        "seconds": round(outcome.seconds, 3),
    }  # fmt: skip


def _common_data(common: Common) -> dict[str, Any]:
    return {
        "code": common.code,
        "severity": common.severity.value,
        "title": common.title,
        "findings": common.findings,
        "workbooks": common.workbooks,
    }
