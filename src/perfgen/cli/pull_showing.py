"""What `perfgen pull` tells the officer, and what it says as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfgen.cli.console import command_name, note, result, styled, verdict

if TYPE_CHECKING:
    from perfgen.model.cells import Problem
    from perfgen.pulling.changes import Change, Left
    from perfgen.pulling.pull import Pulled

ONLY_WORDS = "没有写回：工作簿里只有文字，这些请留在 Word 文件里"

SHOWN = 40
"""Characters of a text that are shown, around what differs."""

PLACES = 5
"""Places that are shown of what was put in besides words, of each kind."""


def differing(old: str, new: str, length: int = SHOWN) -> tuple[str, str]:
    """Return both texts on one line, cut down to where they differ."""
    old, new = (text.replace("\n", "⏎") for text in (old, new))
    head = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = 0 if old == new else max(0, head - length // 4)
    return _cut(old, start, length), _cut(new, start, length)


def _cut(text: str, start: int, length: int) -> str:
    if not text:
        return "（空）"
    shown = text[start : start + length]
    before = "…" if start else ""
    return f"“{before}{shown}{'…' if start + length < len(text) else ''}”"


def show_pulled(
    pulled: Pulled,
    path: Path,
    changes: Sequence[Change],
    left: Sequence[Left],
    problems: Sequence[Problem],
) -> None:
    """Show what was written and what was left, each with its place."""
    _show_notices(pulled)
    for change in changes:
        old, new = differing(change.old, change.new)
        places = "、".join(str(ref) for ref in change.refs)
        notes = f"（{'；'.join(change.notes)}）" if change.notes else ""
        result(f"{styled(places, bold=True)}{notes}")
        result(f"  {old} → {new}")
    if left:
        result(styled(f"没有写回的 {len(left)} 处", fg="yellow"))
    for edit in left:
        _show_left(edit)
    if problems:
        note(f"{styled('注意', fg='cyan')} 写回以后，工作簿里有 {len(problems)} 处要跟着改：")
        for problem in problems:
            note(f"  {problem.where} {problem.message}；{problem.hint}")
    if not changes:
        verdict(_nothing_written(pulled, left), good=True)
        return
    counts = f"写回 {len(changes)} 格" + (f"，{len(left)} 处没有写回" if left else "")
    verdict(f"已生成 {path}：{counts}；核对后运行 {command_name()} build {path}", good=True)


def _show_notices(pulled: Pulled) -> None:
    for notice in pulled.notices:
        note(f"{styled('注意', fg='cyan')} {notice}")
    if pulled.others:
        said = "、".join(map(str, pulled.others))
        note(f"{styled('注意', fg='cyan')} 有{said}，{ONLY_WORDS}")
    for other in pulled.others:
        for place in other.where[:PLACES]:
            note(f"  {other.kind[1:]}：{place}")
        if len(other.where) > PLACES:
            note(f"  {other.kind[1:]}：另有 {len(other.where) - PLACES} 个地方")
    if pulled.placed.already:
        cells = "、".join(map(str, pulled.placed.already))
        note(f"{styled('注意', fg='cyan')} 工作簿里已经改成这样，不用再写：{cells}")


def _show_left(edit: Left) -> None:
    """An edit that was left; what only stands elsewhere is shown once."""
    old, new = differing(edit.old, edit.new)
    place = " › ".join(part for part in (edit.where, str(edit.ref or "")) if part)
    result(f"  {styled(place, bold=True)}")
    result(f"    {old} → {new}" if edit.old != edit.new else f"    {old}")
    if edit.now is not None:
        result(f"    工作簿现在：{differing(edit.old, edit.now)[1]}")
    result(f"    {edit.why}")


def _nothing_written(pulled: Pulled, left: Sequence[Left]) -> str:
    said = "、".join(map(str, pulled.others))
    others = f"有{said}，不写回" if said else ""
    if left:
        return "没有可以写回的改动" + (f"；{others}" if others else "")
    if pulled.placed.already:
        return "没有要写回的改动：工作簿里已经改成这样" + (f"；{others}" if others else "")
    return f"Word 文件里的文字没有改；{others}" if others else "Word 文件里的文字没有改动"


def pulled_data(
    pulled: Pulled,
    path: Path,
    changes: Sequence[Change],
    left: Sequence[Left],
    problems: Sequence[Problem],
) -> dict[str, Any]:
    """Return the same as JSON."""
    return {
        "ok": True,
        "workbook": str(pulled.workbook),
        "layout": pulled.loaded.layout.id,
        "files": [str(path)] if changes else [],
        "written": [
            {
                "sheet": ref.sheet,
                "cell": ref.address,
                "old": change.old,
                "new": change.new,
                "notes": list(change.notes),
            }
            for change in changes
            for ref in change.refs
        ],
        "left": [
            {
                "where": edit.where,
                "sheet": edit.ref.sheet if edit.ref else None,
                "cell": edit.ref.address if edit.ref else None,
                "old": edit.old,
                "new": edit.new,
                "why": edit.why,
                "now": edit.now,
            }
            for edit in left
        ],
        "notices": list(pulled.notices),
        "others": [str(other) for other in pulled.others],
        "others_at": [{"what": str(other), "where": list(other.where)} for other in pulled.others],
        "already": [{"sheet": ref.sheet, "cell": ref.address} for ref in pulled.placed.already],
        "problems": [
            {"place": problem.where, "message": problem.message, "hint": problem.hint}
            for problem in problems
        ],
    }
