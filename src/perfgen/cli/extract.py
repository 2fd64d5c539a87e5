"""`perfgen extract`: the data that a document carries, as JSON, CSV, or a filled workbook."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from perfgen.characters import json_escaped
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, note, progress, show_json, verdict
from perfgen.cli.init import workbook_path
from perfgen.cli.options import PATH, layout_options, output_modes
from perfgen.errors import LayoutError, OutputError
from perfgen.files import write_whole
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.model.layout import Layout
from perfgen.settings import find_settings


@click.command(
    cls=ChineseCommand,
    help="取回 PDF 或 Word 报告里带着的数据：默认把 JSON 印在屏幕上，也可以写成 CSV、工作簿。",
)
@click.argument("document", type=PATH, metavar="报告")
@click.option("-o", "--output", type=PATH, metavar="文件", help="把 JSON 写成这个文件")
@click.option("--csv", "folder", type=PATH, metavar="文件夹", help="每张表写一个 CSV，放到这里")
@click.option("--xlsx", "workbook", type=PATH, metavar="文件", help="还原成填好的工作簿")
@click.option("--force", is_flag=True, help="文件已经存在也覆盖")
@layout_options
@output_modes
def extract(
    document: Path,
    output: Path | None,
    folder: Path | None,
    workbook: Path | None,
    force: bool,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Write what the document carries."""
    from perfgen.disclosed.documents import data_of_document  # noqa: PLC0415  (heavy)
    from perfgen.disclosed.reading import read_json  # noqa: PLC0415
    from perfgen.disclosed.writing import file_name, tables_csv  # noqa: PLC0415

    progress(f"读取 {document.name}")
    content = data_of_document(document)
    data = read_json(content, document.name)
    files: dict[Path, bytes] = {}
    if output:
        path = output / f"{document.stem}.json" if output.is_dir() else output
        files[path] = content
    if folder:
        for name, table in tables_csv(data).items():
            files[folder / f"{file_name(name)}.csv"] = table
    place = workbook_path(workbook, default=f"{document.stem}.xlsx") if workbook else None
    _refuse_existing([*files, *([place] if place else [])], document, force=force)
    write_whole(files)  # these need no layout, and come in any case
    after = ""
    if place:
        folders = (*layouts, *find_settings(document.parent, Path()).layouts)
        layout = _layout(data, layout_id, folders, document.name)
        files[place] = _workbook(data, layout)
        after = _what_next(place, layout)
        progress(f"生成 {place.name}")
        write_whole({place: files[place]})
    names = [str(file) for file in files]
    if as_json:
        show_json({"ok": True, "files": names, **({} if files else {"data": data})})
    elif not files:
        _print(content, data)
    else:
        if place and data.get("as_of"):
            note(f"数据是截至 {data['as_of']} 的，不是全年的")
        verdict(f"已从 {document.name} 取回 {'、'.join(names)}{after}", good=True)


def _refuse_existing(paths: list[Path], document: Path, *, force: bool) -> None:
    for path in paths:
        if path.resolve() == document.resolve():
            raise OutputError(f"写的正是 {document.name} 自己", hint="换一个文件名")
        if path.exists() and not force:
            raise OutputError(f"{path} 已经存在，没有覆盖", hint="换一个文件名，或加 --force 覆盖")


def _layout(
    data: Mapping[str, Any], layout_id: str | None, folders: tuple[Path, ...], name: str
) -> Layout:
    wanted = layout_id or str(data["layout"]["id"])
    if not layout_id and wanted not in available_layouts(folders):
        raise LayoutError(
            f"{name} 是用版式“{wanted}”（{data['layout']['title']}）生成的，这里没有这个版式，"
            "不能还原成工作簿；JSON 和 CSV 可以照样取回",
            hint="用 --layouts 写明这个版式所在的文件夹",
        )
    return load_layout(find_layout(wanted, folders))


def _workbook(data: Mapping[str, Any], layout: Layout) -> bytes:
    from perfgen.disclosed.filling import content_of_data  # noqa: PLC0415
    from perfgen.workbook.writing import workbook_bytes  # noqa: PLC0415

    return workbook_bytes(layout, content=content_of_data(data, layout))


def _what_next(place: Path, layout: Layout) -> str:
    """What gives the report again, and what the officer fills in first (补填)."""
    from perfgen.disclosed.data import kept_private  # noqa: PLC0415  (heavy)

    private = "、".join(kept_private(layout))
    missing = f"（{private}不公开，没有还原，要补填）" if private else ""
    return f"；运行 {command_name()} build {place} 得到同样的报告{missing}"


def _print(content: bytes, data: Mapping[str, Any]) -> None:
    """Print the JSON as it is, its Chinese escaped where the encoding lacks some."""
    unicode = (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    document = content.decode("utf-8-sig") if unicode else json.dumps(data, indent=1)
    click.echo(json_escaped(document), nl=not unicode)
