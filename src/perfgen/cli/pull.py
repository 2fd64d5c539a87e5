"""`perfgen pull`: what was edited in Word, back into a copy of the workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, note, progress, result, show_json, styled, verdict
from perfgen.cli.init import workbook_path
from perfgen.cli.options import PATH, layout_options, output_modes
from perfgen.errors import OutputError
from perfgen.files import write_whole
from perfgen.settings import find_settings

if TYPE_CHECKING:
    from perfgen.model.cells import Problem
    from perfgen.pulling.changes import Change, Left
    from perfgen.pulling.pull import Pulled

ONLY_WORDS = "没有写回：工作簿里只有文字，这些请留在 Word 文件里"

SHOWN = 40
"""Characters of a text that are shown, around what differs."""


@click.command(
    cls=ChineseCommand,
    help="把在 Word 里改的文字写回工作簿的副本；原来的工作簿不动。数不写回，逐处列出。",
)
@click.argument("document", type=PATH, metavar="改过的Word文件")
@click.option(
    "-o", "--output", type=PATH, metavar="文件", help="副本写成哪个文件，或放到哪个文件夹"
)
@click.option("--workbook", type=PATH, metavar="工作簿", help="由哪个工作簿生成的；默认自动找")
@click.option("--yes", is_flag=True, help="清空一格、合并两格等要确认的，都写回，不再问")
@click.option("--force", is_flag=True, help="副本已经存在也覆盖")
@layout_options
@output_modes
def pull(
    document: Path,
    output: Path | None,
    workbook: Path | None,
    yes: bool,
    force: bool,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Write the edits of one Word file into a copy of its workbook."""
    from perfgen.pulling.pull import copied, problems_of  # noqa: PLC0415  (heavy: not for --help)
    from perfgen.pulling.pull import pull as pulled_from  # noqa: PLC0415

    folders = (*layouts, *find_settings(document.parent, Path()).layouts)
    pulled = pulled_from(document, workbook, layout_id=layout_id, layouts=folders, say=progress)
    path = _copy_path(output, pulled.workbook, document, force=force)
    changes, refused = _agreed(pulled.placed.changes, yes=yes, ask=not as_json)
    left = [*pulled.placed.left, *refused]
    problems: list[Problem] = []
    if changes:
        progress(f"写入 {path.name}")
        write_whole({path: copied(pulled.workbook, changes)})
        problems = problems_of(path, pulled.loaded, folders, progress)
    if as_json:
        show_json(_data(pulled, path, changes, left, problems))
        return
    _show(pulled, path, changes, left, problems)


def _copy_path(output: Path | None, workbook: Path, document: Path, *, force: bool) -> Path:
    """Where the copy goes: beside the workbook, unless said otherwise; never onto the workbook."""
    name = f"{workbook.stem}-写回.xlsx"
    path = workbook_path(output, default=name) if output else workbook.with_name(name)
    if path.resolve() in (workbook.resolve(), document.resolve()):
        raise OutputError("写的正是原来的文件", hint="用 -o 换一个文件名；原来的工作簿不会改")
    if path.exists() and not force:
        raise OutputError(
            f"{path} 已经存在，没有覆盖", hint="用 -o 换一个文件名，或加 --force 覆盖"
        )
    return path


def _agreed(changes: Sequence[Change], *, yes: bool, ask: bool) -> tuple[list[Change], list[Left]]:
    """The changes to make: those that need no consent, and those that the officer agrees to."""
    from perfgen.pulling.changes import NEEDS_YES, Left  # noqa: PLC0415

    made: list[Change] = []
    refused: list[Left] = []
    answers: dict[int, bool] = {}
    can_ask = ask and not yes and sys.stdin.isatty() and sys.stderr.isatty()
    for change in changes:
        agreed = yes or not change.asks
        if not agreed and can_ask:
            if change.group not in answers or not change.group:
                answers[change.group] = _confirm(change)
            agreed = answers[change.group]
        if agreed:
            made.append(change)
        else:
            why = "；".join(ask.value for ask in change.asks) + f"。{NEEDS_YES}"
            refused.append(
                Left(where="", old=change.old, new=change.new, why=why, ref=change.refs[0])
            )
    return made, refused


def _confirm(change: Change) -> bool:
    old, new = differing(change.old, change.new)
    why = "；".join(ask.value for ask in change.asks)
    note(f"{change.refs[0]}：{why}")
    note(f"  {old} → {new}")
    answer = click.prompt(
        "  写回吗？输入 y 写回，回车不写", default="", show_default=False, err=True
    )
    return str(answer).strip().lower() in ("y", "yes", "是")


def differing(old: str, new: str, length: int = SHOWN) -> tuple[str, str]:
    """Return both texts on one line, cut down to where they differ."""
    old, new = (text.replace("\n", "⏎") for text in (old, new))
    head = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, head - length // 4)
    return _cut(old, start, length), _cut(new, start, length)


def _cut(text: str, start: int, length: int) -> str:
    if not text:
        return "（空）"
    shown = text[start : start + length]
    before = "…" if start else ""
    return f"“{before}{shown}{'…' if start + length < len(text) else ''}”"


def _show(
    pulled: Pulled,
    path: Path,
    changes: Sequence[Change],
    left: Sequence[Left],
    problems: Sequence[Problem],
) -> None:
    for notice in pulled.notices:
        note(f"{styled('注意', fg='cyan')} {notice}")
    if pulled.others:
        note(f"{styled('注意', fg='cyan')} 有{'、'.join(pulled.others)}，{ONLY_WORDS}")
    for change in changes:
        old, new = differing(change.old, change.new)
        places = "、".join(str(ref) for ref in change.refs)
        notes = f"（{'；'.join(change.notes)}）" if change.notes else ""
        result(f"{styled(places, bold=True)}{notes}")
        result(f"  {old} → {new}")
    if left:
        result(styled(f"没有写回的 {len(left)} 处", fg="yellow"))
    for edit in left:
        old, new = differing(edit.old, edit.new)
        place = " › ".join(part for part in (edit.where, str(edit.ref or "")) if part)
        result(f"  {styled(place, bold=True)}")
        result(f"    {old} → {new}")
        result(f"    {edit.why}")
    if problems:
        note(f"{styled('注意', fg='cyan')} 写回以后，工作簿里有 {len(problems)} 处要跟着改：")
        for problem in problems:
            note(f"  {problem.where} {problem.message}；{problem.hint}")
    if not changes:
        verdict(_nothing_written(pulled, left), good=True)
        return
    counts = f"写回 {len(changes)} 格" + (f"，{len(left)} 处没有写回" if left else "")
    verdict(f"已生成 {path}：{counts}；核对后运行 {command_name()} build {path}", good=True)


def _nothing_written(pulled: Pulled, left: Sequence[Left]) -> str:
    others = f"有{'、'.join(pulled.others)}，不写回" if pulled.others else ""
    if left:
        return "没有可以写回的改动" + (f"；{others}" if others else "")
    return f"Word 文件里的文字没有改；{others}" if others else "Word 文件里的文字没有改动"


def _data(
    pulled: Pulled,
    path: Path,
    changes: Sequence[Change],
    left: Sequence[Left],
    problems: Sequence[Problem],
) -> dict[str, Any]:
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
            }
            for edit in left
        ],
        "notices": list(pulled.notices),
        "others": list(pulled.others),
        "problems": [
            {"place": problem.where, "message": problem.message, "hint": problem.hint}
            for problem in problems
        ],
    }
