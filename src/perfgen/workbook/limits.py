"""How much of a workbook is read (上限): far above any real report, so that none is waited for.

Only what holds something counts; rows that are merely formatted cost nothing. Whatever is read is
counted on the way, and reading stops at the first limit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from perfgen.errors import WorkbookError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most of each that a workbook may hold; an office may set others in perfgen.toml.

    `rows` and `columns` count in each sheet, all others in the whole workbook. `merged_ranges` are
    merged cells, `merged_cells` the places that they cover.
    """

    sheets: int = 200
    rows: int = 12_000
    columns: int = 1_000
    cells: int = 300_000
    characters: int = 5_000_000
    merged_ranges: int = 12_000
    merged_cells: int = 100_000


USUAL = Limits()

NAMES = tuple(field.name for field in fields(Limits))
"""The keys of `[limits]` in perfgen.toml."""

_WORDS = {
    "sheets": ("个工作表", "删掉不用的工作表"),
    "rows": ("行", "删掉不用的行"),
    "columns": ("列", "删掉不用的列"),
    "cells": ("个有内容的单元格", "删掉不用的内容"),
    "characters": ("个字", "删掉不用的内容"),
    "merged_ranges": ("处合并单元格", "取消不需要的合并"),
    "merged_cells": ("个被合并的单元格", "取消不需要的合并"),
}


class Counter:
    """Counts what is read of one workbook; raises WorkbookError beyond a limit."""

    def __init__(self, workbook: str, limits: Limits) -> None:
        """Count for this workbook, from nothing."""
        self._workbook = workbook
        self._limits = limits
        self._counts = dict.fromkeys(NAMES, 0)

    def add(self, what: str, number: int = 1, *, sheet: str = "") -> None:
        """Count more of something in the workbook; `sheet` is the place that is named."""
        self._counts[what] += number
        self.at_most(what, self._counts[what], sheet=sheet)

    def at_most(self, what: str, number: int, *, sheet: str = "") -> None:
        """Raise WorkbookError where `number` of something is more than may be."""
        limit = getattr(self._limits, what)
        if number <= limit:
            return
        unit, advice = _WORDS[what]
        place = f"的工作表“{sheet}”" if sheet else ""
        raise WorkbookError(
            f"{self._workbook} {place}超过 {limit} {unit}，没有往下读",
            hint=f"{advice}；确实需要这么多的，在 perfgen.toml 的 [limits] 里调高 {what}",
        )
