"""`perfgen layouts`: the layouts at hand; `perfgen layouts new`: one more, to change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import click

from perfgen.cli.chinese import ChineseGroup
from perfgen.cli.console import result, show_json, styled
from perfgen.cli.options import PATH, output_modes
from perfgen.errors import LayoutError
from perfgen.layouts import available_layouts, load_layout, templates_folder
from perfgen.model.layout import Layout
from perfgen.settings import find_settings


class _LayoutsGroup(ChineseGroup):
    table: ClassVar[Mapping[str, tuple[str, str]]] = {
        "new": ("perfgen.cli.layouts_new", "由现有版式复制一个新的，改成自己的"),
        "check": ("perfgen.cli.layouts_check", "一次列出版式里不对的和没有用到的"),
        "preview": ("perfgen.cli.layouts_preview", "用试填的内容印一份，保存一次重印一次"),
    }


@click.group(
    cls=_LayoutsGroup, invoke_without_command=True, help="列出可用的版式，复制、检查、试印一个。"
)
@click.option("--layouts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="自己的版式文件夹，可以写多次")  # fmt: skip
@output_modes
@click.pass_context
def layouts(ctx: click.Context, folders: tuple[Path, ...], as_json: bool, debug: bool) -> None:
    """List the layouts, where no further command is given."""
    ctx.obj = folders
    if ctx.invoked_subcommand is not None:
        return
    places = available_layouts((*folders, *find_settings(Path()).layouts))
    found: list[Layout] = []
    broken: dict[str, LayoutError] = {}
    for layout_id, folder in places.items():
        try:
            found.append(load_layout(folder))
        except LayoutError as error:
            broken[layout_id] = error
    if as_json:
        show_json(
            {
                "layouts": [
                    {
                        "id": layout.id,
                        "title": layout.title,
                        "document": layout.document,
                        "description": layout.description,
                        "folder": str(layout.folder),
                    }
                    for layout in found
                ],
                "broken": [
                    {"id": name, "message": fault.message} for name, fault in broken.items()
                ],
            }
        )
        return
    for layout in found:
        result(f"{styled(layout.id, bold=True)}  {layout.title}")
        own = "" if layout.folder.parent == templates_folder() else f"（{layout.folder}）"
        result(f"    {layout.description}{own}")
    for name, fault in broken.items():
        result(f"{styled(name, bold=True)}  {styled('用不了', fg='red')}")
        result(f"    {fault.message}")
