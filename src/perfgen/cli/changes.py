"""How changes are shown: in colour on a terminal, in counts, and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfgen.cli.console import command_name, note, styled
from perfgen.comparing.changes import Changes, kind_of
from perfgen.comparing.showing import lines_of

_LOOKS: dict[str, dict[str, Any]] = {
    "sheet": {"bold": True},
    "new": {"fg": "green"},
    "gone": {"fg": "red"},
    "renamed": {"fg": "yellow"},
    "follows": {"dim": True},
    "note": {"dim": True},
}
_FINDING_LABELS = {"error": "错误", "warning": "提醒", "info": "提示"}


def show_changes(
    changes: Changes, *, say: Callable[[str], None] = note, most: int | None = None
) -> None:
    """Print the changes, at most `most` lines of them, then the findings new and gone."""
    lines = list(lines_of(changes))
    for line in lines[:most]:
        text = styled(line.text, **_LOOKS.get(line.kind, {}))
        say("  " * line.depth + text)
    if most is not None and len(lines) > most:
        say(f"  …… 另有 {len(lines) - most} 行，{command_name()} diff 查看全部")
    for heading, findings in (("新出现的问题", changes.found), ("已经消除的问题", changes.cured)):
        if findings:
            say(styled(f"{heading} {len(findings)} 处", bold=True))
            for finding in findings[:most]:
                label = _FINDING_LABELS[finding["severity"]]
                place = f"{finding['place']}：" if finding["place"] else ""
                say(f"  {label}[{finding['code']}] {place}{finding['message']}")


def changes_data(changes: Changes) -> dict[str, Any]:
    """Return the changes as JSON data."""
    return {
        "different": changes.any,
        "rows": [
            {
                "kind": kind_of(row),
                "sheet": row.entry.sheet,
                "record": row.entry.record,
                "name": row.entry.name,
                "old_name": row.old.name if row.renamed and row.old else None,
                "cell": row.entry.place or None,
                "changes": [
                    {
                        "header": change.header,
                        "old": change.old,
                        "new": change.new,
                        "entered": change.typed,
                    }
                    for change in row.changes
                ],
            }
            for row in changes.rows
        ],
        "findings": {
            "new": [dict(finding) for finding in changes.found],
            "gone": [dict(finding) for finding in changes.cured],
        },
    }
