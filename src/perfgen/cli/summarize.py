"""`perfgen summarize`: many departments' reports gathered into one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import note, progress, show_json, styled, verdict
from perfgen.cli.init import workbook_path
from perfgen.cli.options import PATH, output_modes
from perfgen.cli.progress import shown_progress
from perfgen.errors import DocumentError, OutputError
from perfgen.files import write_whole
from perfgen.settings import Settings, find_settings

DEFAULT = "汇总表.xlsx"


@click.command(
    cls=ChineseCommand,
    lives_on=True,
    help="把许多部门的报告（工作簿、PDF、Word）汇总成一个工作簿：每份一行，另列全部项目和指标。",
)
@click.argument("files", nargs=-1, required=True, metavar="文件...")
@click.option("-o", "--output", type=PATH, metavar="文件", help=f"写成哪个文件，默认 {DEFAULT}")
@click.option("--force", is_flag=True, help="文件已经存在也覆盖")
@click.option(
    "--layouts", type=PATH, multiple=True, metavar="文件夹", help="自己的版式文件夹，可以写多次"
)
@output_modes
def summarize(
    files: tuple[str, ...],
    output: Path | None,
    force: bool,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Gather the reports; files that cannot be read are listed, and the exit code is 1."""
    from perfgen.summary import (  # noqa: PLC0415  (heavy)
        collecting,
        find_files,
        read_entries,
        write_summary,
    )

    path = workbook_path(output, default=DEFAULT)
    if path.exists() and not force:
        raise OutputError(f"{path} 已经存在，没有覆盖", hint="换一个文件名，或加 --force 覆盖")
    found, missing = find_files(files, path)

    @cache
    def settings(folder: Path) -> Settings:
        return find_settings(folder, Path())

    entries = read_entries(
        found,
        layouts=lambda file: (*layouts, *settings(file.parent).layouts),
        bounds=lambda file: settings(file.parent).checks,
        limits=lambda file: settings(file.parent).limits,
    )
    with collecting() as collected:
        collected.unread.extend(missing)
        collected.add_all(shown_progress(entries, len(found), "读取"))
        _show_unread(collected.unread)
        if not collected.heads:
            raise DocumentError("没有读到一份报告，没有生成汇总表", hint="按上面的提示改好再运行")
        progress(f"生成 {path.name}")
        write_whole({path: lambda stream: write_summary(stream, collected)})
    unread = collected.unread
    data = _data(path, collected.heads, unread)
    if as_json:
        show_json(data)
    else:
        copies = sum(not one["counted"] for one in data["reports"])
        said = f"，其中重复 {copies} 份不计入合计" if copies else ""
        if twice := data["projects_counted_twice"]:
            said += f"；有 {twice} 个项目几份报告里都有，合计里计了几次，见“备注”"
        failed = f"；{len(unread)} 个文件没有读取，见“未读取”" if unread else ""
        verdict(f"已汇总 {len(collected.heads)} 份报告{said}，写入 {path}{failed}", good=not unread)
    return 1 if unread else 0


def _show_unread(unread: Any) -> None:
    for one in unread:
        note(f"{styled('未读取', fg='red')} {styled(one.file, bold=True)}")
        note(f"  {one.message}")
        if one.hint:
            note(f"  建议：{one.hint}")


def _data(path: Path, entries: Any, unread: Any) -> dict[str, Any]:
    from perfgen.summary import find_copies  # noqa: PLC0415
    from perfgen.summary.entries import UNIT  # noqa: PLC0415

    copies = find_copies(entries)
    return {
        "ok": not unread,
        "file": str(path),
        "amount_unit": UNIT,
        "reports": [
            {
                "file": entry.file,
                "source": entry.source,
                "unit": entry.unit,
                "year": entry.year,
                "layout": entry.layout,
                "document": entry.document,
                "basis": entry.basis,
                "initial": _digits(entry.money.initial),
                "adjusted": _digits(entry.money.adjusted),
                "actual": _digits(entry.money.actual),
                "score": _digits(entry.mark),
                "full": _digits(entry.full),
                "findings": _counts(entry.findings),
                "counted": place not in copies.counted,
                "note": copies.note_of(place),
            }
            for place, entry in enumerate(entries)
        ],
        "projects_counted_twice": copies.counted_twice,
        "unread": [{"file": one.file, "message": one.message, "hint": one.hint} for one in unread],
    }


def _digits(value: Any) -> str | None:
    from perfgen.model.numbers import plain  # noqa: PLC0415

    return None if value is None else plain(value)


def _counts(findings: Mapping[Any, int] | None) -> dict[str, int] | None:
    return None if findings is None else {s.value: count for s, count in findings.items()}
