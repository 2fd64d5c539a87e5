"""The roles (角色) that a layout's columns may play: record → its fields.

A record of a layout's own (one that is not listed here) may have any fields; it reaches the
template as rows of texts.
"""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, frozenset[str]] = {
    "report": frozenset({"unit", "year", "amount_unit", "date", "preparer", "phone", "extra"}),
    "section": frozenset({"name", "text"}),
    "budget": frozenset(
        {"name", "kind", "initial", "adjustment", "adjusted", "actual", "execution_rate", "extra"}
    ),
    "adjustment": frozenset({"date", "document", "line", "type", "amount", "note", "extra"}),
    "task": frozenset({"duty", "name", "result", "extra"}),
    "indicator": frozenset(
        {
            "category", "name", "direction", "operator", "target", "measure_unit", "actual",
            "evidence", "deviation", "reason", "extra",
        }
    ),
    "waiver": frozenset({"rule", "subject", "reason", "officer", "expires", "extra"}),
}  # fmt: skip
