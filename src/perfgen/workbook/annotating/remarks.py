"""What is written about a cell, and the colours of the severities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfgen.model.finding import Finding, Severity
from perfgen.model.records import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding with the title of its rule, the row in a line, and the waiver that covers it."""

    finding: Finding
    title: str
    row: str = ""
    waiver: Waiver | None = None


FILLS: Mapping[Severity, str] = {
    Severity.ERROR: "FFFFC7CE",
    Severity.WARNING: "FFFFE699",
    Severity.INFO: "FFBDD7EE",
}
"""The fill of a cell by the gravest of its findings: red, yellow, blue."""

WAIVED_FILL = "FFE7E6E6"
