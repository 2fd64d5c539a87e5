"""A finding (发现): a doubtful figure, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from perfgen.model.cells import CellRef

if TYPE_CHECKING:  # records take long to load, and every command knows findings
    from perfgen.model.measure import Measure
    from perfgen.model.records import Record


class Severity(StrEnum):
    """How grave a finding is (严重程度)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """Return the word that an officer reads."""
        return {"error": "错误", "warning": "提醒", "info": "提示"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A change that would mend what a rule found: tried out to see what else it would mend.

    `field` of `record` gets one of `values`, the first that fits; without a field the row is taken
    away. Without a record the report's own day is meant. Where `is_guess`, a value is only told
    when it makes several findings vanish. `cell` is where the finding then belongs, if elsewhere,
    and `said` the value as an officer writes it.
    """

    record: Record | None
    field: str = ""
    values: tuple[Decimal | date | Measure | Mapping[str, Decimal] | None, ...] = (None,)
    is_guess: bool = False
    cell: CellRef | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found. `subject` is the record's name, which survives inserted rows."""

    code: str
    severity: Severity
    message: str
    hint: str
    subject: str
    ref: CellRef | None = None
    mend: Mend | None = field(default=None, compare=False, repr=False)
