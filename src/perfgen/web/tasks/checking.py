"""The check (检查) as data: findings by sheet and cell, each as the officer needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from perfgen.annotated import annotated_copy, places_of
from perfgen.as_of import standing
from perfgen.build import Loaded, Request, build
from perfgen.checks import Cause, Checked, find_rule, first_to_mend
from perfgen.comparing import compare, take_snapshot
from perfgen.comparing.showing import count_words, lines_of
from perfgen.garbage import undisturbed
from perfgen.keeping.record import snapshot_from_json, snapshot_to_json
from perfgen.model.finding import Finding, Severity
from perfgen.model.places import Places
from perfgen.original.carried import content_hash
from perfgen.web.tasks.telling import saying
from perfgen.workbook.opening import WorkbookFile

WHOLE = "整份工作簿"
"""Where findings stand that are about no single sheet."""


@undisturbed()
def check(
    workbook: WorkbookFile, request: Request, before: bytes | None, progress: Path
) -> tuple[dict[str, Any], bytes]:
    """Return what the page shows of a workbook, and its snapshot.

    `before` is the snapshot of the last version, with which it is compared.
    """
    loaded = build(workbook, request, say=saying(progress)).loaded
    checked = loaded.checked
    after = take_snapshot(loaded.report, loaded.figures, checked, loaded.layout)
    last = snapshot_from_json(before) if before else None
    changes = compare(last, after) if last and last.layout == after.layout else None
    new = [_key(found) for found in changes.found] if changes else []
    teller = _Teller(places_of(loaded), checked, new)
    first = first_to_mend(checked)
    data = {
        "ok": True,
        "input": content_hash(loaded.report),
        "layout": loaded.layout.id,
        "title": loaded.layout.title,
        "document": loaded.layout.document,
        "unit": loaded.report.unit,
        "year": loaded.report.year,
        "words": standing(loaded.report) + checked.in_words(),
        "counts": [
            {"severity": one.value, "label": one.label, "count": checked.count(one)}
            for one in Severity
        ],
        "first": [teller.shown(cause) for cause in first],
        "gone": sum(1 + len(cause.follows) for cause in first),
        "total": len(checked.findings),
        "sheets": _by_sheet(loaded, teller),
        "waived": [
            {
                **teller.finding(one.finding),
                "reason": one.waiver.reason,
                "officer": one.waiver.officer,
                "expires": one.waiver.expires.isoformat() if one.waiver.expires else "",
            }
            for one in checked.explained
        ],
        "since": None,
    }
    if changes is not None:
        data["since"] = {
            "new": len(changes.found),
            "settled": [dict(finding) for finding in changes.cured],
            "words": count_words(changes),
            "lines": [
                {"depth": line.depth, "kind": line.kind, "text": line.text}
                for line in lines_of(changes)
            ],
        }
    return data, snapshot_to_json(after)


@undisturbed()
def annotate(
    workbook: WorkbookFile, request: Request, progress: Path
) -> tuple[bytes, tuple[str, ...]]:
    """Return the annotated copy of a workbook, and what the officer should know of it."""
    loaded = build(workbook, request, say=saying(progress)).loaded
    copy = annotated_copy(loaded, places_of(loaded))
    return copy.content, copy.notices


def _by_sheet(loaded: Loaded, teller: _Teller) -> list[dict[str, Any]]:
    """The causes of each sheet, from above; what is about no sheet comes first."""
    names = dict.fromkeys([WHOLE, *(sheet.name for sheet in loaded.layout.sheets)])
    groups: dict[str, list[Cause]] = {name: [] for name in names}
    for cause in loaded.checked.causes:
        ref = cause.finding.ref
        groups.setdefault(ref.sheet if ref else WHOLE, []).append(cause)
    return [
        {"name": name, "findings": [teller.shown(one) for one in sorted(causes, key=_place)]}
        for name, causes in groups.items()
        if causes
    ]


def _place(cause: Cause) -> tuple[int, int]:
    ref = cause.finding.ref
    return (ref.row, ref.column) if ref else (0, 0)


class _Teller:
    """Findings as data, each with its number."""

    def __init__(
        self, places: Places, checked: Checked, new: Sequence[tuple[str, str, str]]
    ) -> None:
        self._places = places
        self._new = frozenset(new)
        self._numbers = {id(one): number for number, one in enumerate(checked.findings, 1)}

    def shown(self, cause: Cause) -> dict[str, Any]:
        """A cause with what follows from it; it counts as grave as the gravest of them."""
        return {
            **self.finding(cause.finding),
            "gravest": cause.severity.value,
            "follows": [self.finding(one) for one in cause.follows],
        }

    def finding(self, finding: Finding) -> dict[str, Any]:
        """A finding: where, which row, what is wrong, what to do, and why the rule is there."""
        rule, place, ref = find_rule(finding.code), self._places.find(finding.ref), finding.ref
        return {
            "id": self._numbers.get(id(finding), 0),
            "code": finding.code,
            "severity": finding.severity.value,
            "label": finding.severity.label,
            "title": rule.title if rule else "",
            "why": rule.reason if rule else "",
            "good": rule.good if rule else "",
            "bad": rule.bad if rule else "",
            "sheet": ref.sheet if ref else "",
            "cell": ref.address if ref else "",
            "line": ref.row if ref else 0,
            "row": place.shown(finding.message) if place else "",
            "message": finding.message,
            "hint": finding.hint,
            "new": (finding.code, finding.subject, finding.message) in self._new,
        }


def _key(found: Mapping[str, str]) -> tuple[str, str, str]:
    return found["code"], found["subject"], found["message"]
