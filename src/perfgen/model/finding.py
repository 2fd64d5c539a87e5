"""A finding (发现): a doubtful figure, where it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from perfgen.model.cells import CellRef


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
class Finding:
    """What a rule found. `subject` is the record's name, which survives inserted rows."""

    code: str
    severity: Severity
    message: str
    hint: str
    subject: str
    ref: CellRef | None = None
