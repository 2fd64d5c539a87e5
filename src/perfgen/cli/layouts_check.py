"""`perfgen layouts check`: everything that is wrong or unused in a layout, at once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import result, show_json, styled, verdict
from perfgen.cli.options import PATH, output_modes
from perfgen.layouts import find_layout
from perfgen.settings import find_settings


@click.command(
    cls=ChineseCommand,
    help="检查一个版式：哪里不对、哪里没有用到，一次全部列出，带文件、行号和项。",
)
@click.argument("layout_id", metavar="版式")
@click.option("--layouts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="自己的版式文件夹，可以写多次")  # fmt: skip
@output_modes
@click.pass_obj
def check(
    outer: tuple[Path, ...], layout_id: str, folders: tuple[Path, ...], as_json: bool, debug: bool
) -> int:
    """Examine one layout; 1 where something is wrong in it."""
    from perfgen.trial.checking import examine_layout  # noqa: PLC0415  (heavy: not for --help)

    known = (*folders, *outer, *find_settings(Path()).layouts)
    points = examine_layout(find_layout(layout_id, known))
    wrong = sum(point.wrong for point in points)
    if as_json:
        show_json({"ok": not wrong, "layout": layout_id, "points": [asdict(p) for p in points]})
        return int(bool(wrong))
    for point in points:
        label = styled("不对", fg="red") if point.wrong else styled("没有用到", fg="yellow")
        place = f"{point.file} 第 {point.line} 行" if point.line else point.file
        result(f"{label} {place}\n    {point.message}" if place else f"{label} {point.message}")
    unused = len(points) - wrong
    if not points:
        verdict(f"版式 {layout_id} 没有问题", good=True)
    else:
        verdict(f"版式 {layout_id}：不对的 {wrong} 处，没有用到的 {unused} 处", good=not wrong)
    return int(bool(wrong))
