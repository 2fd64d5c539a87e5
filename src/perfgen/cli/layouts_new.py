"""`perfgen layouts new`: a layout of the user's own, copied from one at hand."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, result, show_json, verdict
from perfgen.cli.options import PATH, output_modes
from perfgen.errors import LayoutError
from perfgen.layouts import available_layouts, find_layout
from perfgen.layouts.new import blank_layout, new_layout, shared_styles
from perfgen.settings import LAYOUTS, find_settings


@click.command(
    cls=ChineseCommand,
    help="由现有版式复制一个新的，或从空白做起。放到 --layouts 的文件夹；不写就放到 layouts，"
    "自动认得。",
)
@click.argument("layout_id", metavar="新标识")
@click.option("--from", "source", metavar="版式", help="由哪个版式复制，例如 suzhou-targets")
@click.option("--blank", is_flag=True, help="从空白做起：只有单位、年度和金额单位")
@click.option("--layouts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="放到哪个文件夹（写多次时放到第一个）")  # fmt: skip
@output_modes
@click.pass_obj
def new(
    outer: tuple[Path, ...],
    layout_id: str,
    source: str | None,
    blank: bool,
    folders: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Copy a layout folder under a new id."""
    folders = (*folders, *outer)
    known = (*(folder for folder in folders if folder.is_dir()), *find_settings(Path()).layouts)
    if blank == (source is not None):
        raise LayoutError(
            "--from 和 --blank 要写一个，也只能写一个",
            hint=f"由现有的复制写 --from，现有版式：{'、'.join(available_layouts(known))}；"
            "从空白做起写 --blank",
        )
    home = next(iter((*folders, *find_settings(Path()).layouts)), Path(LAYOUTS))
    origin = blank_layout() if source is None else find_layout(source, known)
    layout = new_layout(layout_id, origin, home)
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
    shown = _seen_from_here(layout.folder)
    for name in files:
        result(f"  {shown / name}  {explained.get(name, '')}".rstrip())
    for name in shared_styles(layout):
        result(f"  另用共用样式 {name}，要改就复制到自己的文件夹")
    made = "做好空白" if blank else "复制成"
    verdict(
        f"已{made}版式 {layout.id}；改好后运行 {command_name()} init {layout.id} 看填报工作簿",
        good=True,
    )


def _seen_from_here(folder: Path) -> Path:
    """A folder as it is called where the command runs; its whole path where it lies elsewhere."""
    whole, here = folder.resolve(), Path().resolve()
    return whole.relative_to(here) if whole.is_relative_to(here) else folder
