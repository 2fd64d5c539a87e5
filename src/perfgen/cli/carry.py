"""`perfgen carry`: the self-evaluation's workbook, started from the year's targets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, note, progress, result, show_json, verdict
from perfgen.cli.init import workbook_path
from perfgen.cli.options import PATH, layout_options, output_modes, workbook_argument
from perfgen.errors import LayoutError, OutputError
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.model.layout import Layout
from perfgen.settings import find_settings


@click.command(
    cls=ChineseCommand,
    help="由年初填好的目标表起草年终自评工作簿：单位、职能、任务、指标和目标值、预算都带过来。",
)
@workbook_argument
@click.option("-o", "--output", type=PATH, metavar="文件", help="写成哪个文件，或放到哪个文件夹")
@click.option("--to", "target_id", metavar="版式", help="自评的版式；只有一种合适时不用写")
@click.option("--force", is_flag=True, help="文件已经存在也覆盖，里面填的内容会丢失")
@layout_options
@output_modes
def carry(
    workbook: Path,
    output: Path | None,
    target_id: str | None,
    force: bool,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Write a workbook of the later layout, filled with what the targets hold."""
    from perfgen.build import Request, read_workbook  # noqa: PLC0415  (heavy: not for --help)
    from perfgen.carry import carry as carried_from  # noqa: PLC0415
    from perfgen.workbook.writing import write_workbook  # noqa: PLC0415

    settings = find_settings(workbook.parent, Path())
    folders = (*layouts, *settings.layouts)
    request = Request(layout_id=layout_id, layouts=folders, limits=settings.limits)
    source, report = read_workbook(workbook, request, say=progress)
    target = _target(source, target_id, folders)
    name = f"{report.unit}{report.year}年度{target.document}.xlsx"
    path = workbook_path(output, default=name)
    if path.resolve() == workbook.resolve():
        raise OutputError("写的正是目标表自己", hint="用 -o 换一个文件名")
    if path.exists() and not force:
        raise OutputError(
            f"{path} 已经存在，没有覆盖", hint="用 -o 换一个文件名，或加 --force 覆盖"
        )
    carried = carried_from(report, source, target)
    progress(f"生成 {path.name}")
    write_workbook(target, path, content=carried.content)
    if as_json:
        show_json(
            {
                "ok": True,
                "from": source.id,
                "layout": target.id,
                "files": [str(path)],
                "carried": dict(carried.counts),
                "left": [
                    {"sheet": left.sheet, "header": left.header, "cells": left.count}
                    for left in carried.left
                ],
            }
        )
        return
    result(f"带过来：{'，'.join(f'{name} {n} 行' for name, n in carried.counts.items()) or '无'}")
    if carried.left:
        note("没有地方放、没有带过来的：")
        for left in carried.left:
            note(f"  {workbook.name} › {left.sheet}：{left.header}（{left.count} 处）")
    verdict(f"已生成 {path}；填好完成情况后运行 {command_name()} build {path}", good=True)


def _target(source: Layout, target_id: str | None, folders: Sequence[Path]) -> Layout:
    """The layout named, else the only one that can be started from the source."""
    if target_id:
        return load_layout(find_layout(target_id, folders))
    fitting = [
        layout
        for layout in map(load_layout, available_layouts(folders).values())
        if source.id in layout.carrying.sources
    ]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise LayoutError(
            f"没有由 {source.id} 结转的自评版式", hint="用 --to 写明版式，perfgen layouts 列出全部"
        )
    names = "、".join(layout.id for layout in fitting)
    raise LayoutError(f"可以结转到几种版式：{names}", hint="用 --to 写明一种")
