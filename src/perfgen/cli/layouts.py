"""`perfgen layouts`: the layouts at hand."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import result, show_json
from perfgen.cli.options import PATH, output_modes
from perfgen.layouts import available_layouts, load_layout


@click.command(cls=ChineseCommand, help="列出可用的版式。")
@click.option("--layouts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="自己的版式文件夹，可以写多次")  # fmt: skip
@output_modes
def layouts(folders: tuple[Path, ...], as_json: bool, debug: bool) -> None:
    """List the layouts."""
    found = [load_layout(folder) for folder in available_layouts(folders).values()]
    if as_json:
        show_json(
            {
                "layouts": [
                    {"id": layout.id, "title": layout.title, "description": layout.description}
                    for layout in found
                ]
            }
        )
        return
    for layout in found:
        result(f"{click.style(layout.id, bold=True)}  {layout.title}")
        result(f"    {layout.description}")
