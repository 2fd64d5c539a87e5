"""`perfgen doctor`: what this machine has, in one screen, and what to do about the rest."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import as_typed, result, show_json, styled, verdict
from perfgen.cli.options import PATH, output_modes

_MARKS = {"good": ("✓", "green"), "notice": ("!", "yellow"), "bad": ("✗", "red")}


@click.command(
    cls=ChineseCommand,
    help="检查这台机器：Python、软件包、字体、打印、编码、能不能写入；缺什么，怎么办。",
)
@click.option("--fonts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="字体文件夹，可以写多次")  # fmt: skip
@output_modes
def doctor(folders: tuple[Path, ...], as_json: bool, debug: bool) -> int:
    """Examine the machine; exit with 1 where something is in the way of a build."""
    from perfgen.examining import State, examine  # noqa: PLC0415  (heavy: not for --help)

    points = examine(Path(), folders)
    bad = sum(point.state is State.BAD for point in points)
    notices = sum(point.state is State.NOTICE for point in points)
    if as_json:
        show_json(
            {
                "ok": not bad,
                "points": [
                    {
                        "name": point.name,
                        "found": point.found,
                        "state": point.state.value,
                        "advice": as_typed(point.advice),
                    }
                    for point in points
                ],
            }
        )
        return int(bool(bad))
    for point in points:
        mark, colour = _MARKS[point.state.value]
        result(f"{styled(mark, fg=colour)} {styled(point.name, bold=True)}  {point.found}")
        if point.advice:
            result(f"    建议：{as_typed(point.advice)}")
    if bad:
        verdict(f"有 {bad} 处要先解决", good=False)
    else:
        verdict(f"可以生成报告{f'；{notices} 处供参考' if notices else ''}", good=True)
    return int(bool(bad))
