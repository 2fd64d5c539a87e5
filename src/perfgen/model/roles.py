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

NEEDED: Mapping[str, tuple[str, ...]] = {
    "report": ("unit", "year"),
    "section": ("name",),
    "budget": ("name",),
    "adjustment": ("line", "type", "amount"),
    "task": ("name",),
    "indicator": ("name",),
    "waiver": ("rule", "subject"),
}
"""Without these fields a row is no record: a layout declares them, and as required."""

_WORDS = frozenset({"text", "long", "choice"})
_KINDS: Mapping[str, str] = {
    "report.year": "year",
    "report.date": "date",
    "budget.initial": "amount",
    "budget.adjustment": "amount",
    "budget.adjusted": "amount",
    "budget.actual": "amount",
    "budget.execution_rate": "percent",
    "adjustment.date": "date",
    "adjustment.amount": "amount",
    "indicator.operator": "operator",
    "indicator.target": "target",
    "indicator.actual": "measure",
    "waiver.expires": "date",
}


def kinds_of(role: str) -> frozenset[str]:
    """Return the kinds of column that a role may have: an amount is never read from a text.

    Empty for the roles of a record that is not listed here, which may be of any kind.
    """
    record, _, field = role.partition(".")
    if record not in ROLES:
        return frozenset()
    kind = _KINDS.get(f"{record}.{field.partition('.')[0]}")
    return frozenset({kind}) if kind else _WORDS
