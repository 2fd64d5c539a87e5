"""`perfgen layouts new`: a layout of the user's own, copied from one at hand."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, result, show_json, verdict
from perfgen.cli.options import PATH, output_modes
from perfgen.errors import LayoutError
from perfgen.layouts import available_layouts, find_layout
from perfgen.layouts.new import new_layout, shared_styles
from perfgen.settings import LAYOUTS, find_settings


@click.command(
    cls=ChineseCommand,
    help="由现有版式复制一个新的。放到 --layouts 的文件夹；不写就放到 layouts，自动认得。",
)
@click.argument("layout_id", metavar="新标识")
@click.option("--from", "source", metavar="版式", help="由哪个版式复制，例如 suzhou-targets")
@click.option("--layouts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="放到哪个文件夹（写多次时放到第一个）")  # fmt: skip
@output_modes
@click.pass_obj
def new(
    outer: tuple[Path, ...],
    layout_id: str,
    source: str | None,
    folders: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Copy a layout folder under a new id."""
    folders = (*folders, *outer)
    known = (*(folder for folder in folders if folder.is_dir()), *find_settings(Path()).layouts)
    if source is None:
        raise LayoutError(
            "没有写明由哪个版式复制",
            hint=f"加上 --from，现有版式：{'、'.join(available_layouts(known))}",
        )
    home = next(iter((*folders, *find_settings(Path()).layouts)), Path(LAYOUTS))
    layout = new_layout(layout_id, find_layout(source, known), home)
    files = sorted(
        str(file.relative_to(layout.folder)) for file in layout.folder.rglob("*") if file.is_file()
    )
    if as_json:
        show_json({"ok": True, "layout": layout.id, "folder": str(layout.folder), "files": files})
        return
    explained = {
        "layout.toml": "工作表、列、规则、评分",
        layout.template: "版面的模板（Jinja）",
        **{style.name: "样式（CSS）" for style in layout.styles},
    }
    for name in files:
        result(f"  {layout.folder / name}  {explained.get(name, '')}".rstrip())
    for name in shared_styles(layout):
        result(f"  另用共用样式 {name}，要改就复制到自己的文件夹")
    verdict(
        f"已复制成版式 {layout.id}；改好后运行 {command_name()} init {layout.id} 看填报工作簿",
        good=True,
    )
