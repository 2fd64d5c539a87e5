"""`perfgen pull`: what was edited in Word, back into a copy of the workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import note, progress, show_json
from perfgen.cli.options import PATH, layout_options, output_modes
from perfgen.cli.pull_showing import differing, pulled_data, show_pulled
from perfgen.errors import OutputError
from perfgen.files import write_whole
from perfgen.settings import find_settings

if TYPE_CHECKING:
    from perfgen.model.cells import Problem
    from perfgen.pulling.changes import Change, Left


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
    from perfgen.pulling.pull import pull as pulled_from  # noqa: PLC0415  (heavy: not for --help)
    from perfgen.pulling.pull import readable_copy  # noqa: PLC0415

    settings = find_settings(document.parent, Path())
    folders = (*layouts, *settings.layouts)
    pulled = pulled_from(
        document, workbook, layout_id=layout_id, layouts=folders, say=progress,
        limits=settings.limits,
    )  # fmt: skip
    path = _copy_path(output, pulled.workbook, document, force=force)
    changes, refused = _agreed(pulled.placed.changes, yes=yes, ask=not as_json)
    left = [*pulled.placed.left, *refused]
    problems: Sequence[Problem] = ()
    if changes:
        progress(f"写入 {path.name}")
        copy = readable_copy(pulled, changes, folders, progress)
        changes, problems = list(copy.changes), copy.problems
        left += copy.refused
        if changes:
            write_whole({path: copy.content})
    if as_json:
        show_json(pulled_data(pulled, path, changes, left, problems))
        return
    show_pulled(pulled, path, changes, left, problems)


def _copy_path(output: Path | None, workbook: Path, document: Path, *, force: bool) -> Path:
    """Where the copy goes: beside the workbook, unless said otherwise; never onto the workbook.

    It is a workbook of the same kind: with macros (.xlsm) where the officer's has them.
    """
    name = f"{workbook.stem}-写回{workbook.suffix}"
    path = workbook.with_name(name)
    if output is not None:
        path = output / name if output.is_dir() else output
        if path.suffix == "":
            path = path.with_name(path.name + workbook.suffix)
    if path.suffix.lower() != workbook.suffix.lower():
        raise OutputError(
            f"副本和 {workbook.name} 是同一种文件，只能是 {workbook.suffix}，不能是 {path.suffix}",
            hint=f"写成 {path.with_suffix(workbook.suffix).name}",
        )
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
