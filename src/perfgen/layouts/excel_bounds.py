"""What Excel holds of a declaration: names of sheets, headers, lists, numbers of columns.

A declaration beyond it would make no fill-in workbook, or one that Excel calls damaged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfgen.layouts.keys import Keys

_LONGEST_SHEET, _LONGEST_TEXT = 31, 255
_MOST_COLUMNS, _MOST_CHOICES = 500, 5_000
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]|^'|'$")
_RESERVED = ("history", "_calc", "_lists", "_meta")


def sheet_name(keys: Keys) -> str:
    """Return the name of a sheet."""
    name = keys.text("name")
    if not 0 < len(name.strip()) <= _LONGEST_SHEET:
        raise keys.error("name", f"应当有 1 到 {_LONGEST_SHEET} 个字，Excel 的工作表名称才放得下")
    if found := _NOT_IN_SHEETS.search(name):
        raise keys.error("name", f"里有 {found.group()}，Excel 的工作表名称里不能有")
    if name.lower() in _RESERVED:
        raise keys.error("name", f"不能用“{name}”，Excel 或 perfgen 自己要用")
    return name


def header_of(keys: Keys) -> str:
    """Return a column's header."""
    text = keys.text("header")
    if not 0 < len("".join(text.split())) <= _LONGEST_TEXT:
        raise keys.error("header", f"应当有 1 到 {_LONGEST_TEXT} 个字")
    return text


def choices_of(keys: Keys) -> tuple[str, ...]:
    """Return what a column is chosen from."""
    found = keys.texts("choices", ())
    if len(found) > _MOST_CHOICES:
        raise keys.error("choices", f"有 {len(found)} 项，超过 {_MOST_CHOICES} 项的上限")
    if not all(0 < len(choice.strip()) <= _LONGEST_TEXT for choice in found):
        raise keys.error("choices", f"每一项应当有 1 到 {_LONGEST_TEXT} 个字")
    return found


def columns_of(keys: Keys) -> Sequence[Keys]:
    """Return the tables of a sheet's columns."""
    tables = keys.tables("columns")
    if len(tables) > _MOST_COLUMNS:
        raise keys.error("columns", f"有 {len(tables)} 列，超过 {_MOST_COLUMNS} 列的上限")
    return tables
