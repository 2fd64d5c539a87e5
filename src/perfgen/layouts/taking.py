"""Where rules of scoring take their values from (取数): the place is there, and of which kind."""

from __future__ import annotations

from dataclasses import replace

from perfgen.layouts.keys import Keys
from perfgen.model.layout import Layout


def with_taken_kinds(layout: Layout, keys: Keys) -> Layout:
    """Return the layout whose rules know which of the values that they take are percents.

    Raises LayoutError where a rule takes from a place that the workbook does not have.
    """
    scoring = layout.rules.scoring
    rules = {
        word: replace(rule, takes_percent=_is_percent(word, rule.takes, layout, keys))
        if rule.takes
        else rule
        for word, rule in scoring.rules.items()
    }
    return replace(layout, rules=replace(layout.rules, scoring=replace(scoring, rules=rules)))


def _is_percent(word: str, path: str, layout: Layout, keys: Keys) -> bool:
    record, _, rest = path.partition(".")
    sheet = layout.sheet_of(record)
    name, _, in_row = rest.partition(".")
    field = rest if sheet is not None and sheet.kind == "form" else in_row
    column = sheet.column(field) if sheet is not None and name else None
    if column is None:
        raise keys.error(
            f"scoring.rules.{word}.takes",
            f"“{path}”找不到。表单里的一项写作 report.own.名称，"
            "别的表里的一格写作 记录.行的名称.字段，例如 expense.三公经费.change",
        )
    return column.kind == "percent"
