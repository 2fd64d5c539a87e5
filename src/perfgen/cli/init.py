"""`perfgen init`: a fill-in workbook, ready for the officer."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, note, progress, show_json, verdict
from perfgen.cli.options import PATH, output_modes
from perfgen.errors import LayoutError, OutputError
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.model.years import YEAR_HINT, as_year
from perfgen.settings import find_settings

SUFFIX = ".xlsx"


def _year(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    year = as_year(value)
    if year is None:
        raise click.BadParameter(YEAR_HINT, ctx, param)
    return year


@click.command(cls=ChineseCommand, help="生成填报工作簿，打开就能填。perfgen layouts 列出版式。")
@click.argument("layout_id", required=False, metavar="版式")
@click.option("-o", "--output", type=PATH, metavar="文件", help="写成哪个文件，或放到哪个文件夹")
@click.option("--unit", metavar="单位", help="单位全称，写进工作簿")
@click.option("--year", callback=_year, metavar="年度", help="年度，例如 2023")
@click.option("--force", is_flag=True, help="文件已经存在也覆盖，里面填的内容会丢失")
@click.option("--layouts", type=PATH, multiple=True, metavar="文件夹",
              help="自己的版式文件夹，可以写多次")  # fmt: skip
@output_modes
def init(
    layout_id: str | None,
    output: Path | None,
    unit: str | None,
    year: int | None,
    force: bool,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Write the fill-in workbook of one layout."""
    from perfgen.workbook.writing import write_workbook  # noqa: PLC0415  (heavy: not for --help)
    from perfgen.workbook.writing.naming import (  # noqa: PLC0415
        about_ready,
        file_name,
        ready_year,
    )

    layouts = (*layouts, *find_settings(output.parent if output else Path(), Path()).layouts)
    if layout_id is None:
        known = "、".join(available_layouts(layouts))
        raise LayoutError(
            "没有写明版式", hint=f"现有版式：{known}；例如 perfgen init {known.split('、')[0]}"
        )
    layout = load_layout(find_layout(layout_id, layouts))
    path = workbook_path(output, default=file_name(layout, unit, year))
    if path.exists() and not force:
        raise OutputError(
            f"{path} 已经存在，没有覆盖", hint="用 -o 换一个文件名，或加 --force 覆盖"
        )
    progress(f"生成 {path.name}")
    write_workbook(layout, path, year=year, unit=unit)
    ready = ready_year(layout, year)
    if as_json:
        show_json(
            {
                "ok": True,
                "layout": layout.id,
                "files": [str(path)],
                "unit": unit,
                "year": year,
                "ready_year": ready,
                "sheets": [sheet.name for sheet in layout.sheets],
            }
        )
        return
    if ready is not None and ready != year:
        note(about_ready(year, ready))
    shown = f'"{path}"' if " " in str(path) else str(path)
    verdict(f"已生成 {path}；填好保存后运行 {command_name()} check {shown}", good=True)


def workbook_path(output: Path | None, *, default: str) -> Path:
    """Return the workbook to write; a folder gets a file of the default name.

    Raises OutputError where `output` is no workbook's name.
    """
    if output is None:
        return Path(default)
    if output.is_dir():
        return output / default
    if output.suffix == "":
        return output.with_name(output.name + SUFFIX)
    if output.suffix.lower() != SUFFIX:
        raise OutputError(
            f"填报工作簿只能是 {SUFFIX}，不能是 {output.suffix}",
            hint=f"写成 {output.with_suffix(SUFFIX).name}",
        )
    return output
