"""`perfgen history`: the builds of a workbook that are kept, and getting one back."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import result, show_json, styled, verdict
from perfgen.cli.options import PATH, output_modes, workbook_argument
from perfgen.settings import OUTPUTS, find_settings


@click.command(cls=ChineseCommand, help="列出一个工作簿最近几次生成的报告，或取回其中一次的。")
@workbook_argument
@click.option("--restore", type=click.IntRange(min=1), metavar="编号", help="取回这一次的文件")
@click.option("-o", "--output", type=PATH, metavar="文件夹", help="报告所在的文件夹；默认 outputs")
@output_modes
def history(
    workbook: Path, restore: int | None, output: Path | None, as_json: bool, debug: bool
) -> None:
    """List the kept builds, or put the documents of one back."""
    from perfgen.comparing import compare  # noqa: PLC0415  (heavy: not for --help)
    from perfgen.comparing.showing import count_words  # noqa: PLC0415
    from perfgen.keeping import Store  # noqa: PLC0415
    from perfgen.rebuild import restore_build  # noqa: PLC0415

    home = output or find_settings(workbook.parent, Path()).output or Path(OUTPUTS)
    destination = home / workbook.stem
    if restore is not None:
        restored = restore_build(destination, restore)
        names = "、".join(str(file) for file in restored.files)
        if as_json:
            show_json({"ok": True, "number": restore, "files": [str(f) for f in restored.files],
                       "aside": [str(file) for file in restored.aside.values()]})  # fmt: skip
            return
        for name, file in restored.aside.items():
            result(f"  原来的 {name} 改过，保留在 {file}")
        verdict(f"已取回第 {restore} 次生成的 {names}", good=True)
        return
    store = Store(destination)
    builds = store.record().builds
    if as_json:
        show_json(
            {
                "ok": True,
                "builds": [
                    {
                        "number": build.number,
                        "time": build.time,
                        "workbook": build.workbook,
                        "layout": build.layout,
                        "perfgen": build.perfgen,
                        "pages": build.pages,
                        "note": build.note,
                        "outputs": dict(build.outputs),
                    }
                    for build in builds
                ],
            }
        )
        return
    before = None
    for build in builds:
        snapshot = store.snapshot(build)
        words = count_words(compare(before, snapshot)) if before and snapshot else ""
        pages = f"，PDF {build.pages} 页" if build.pages else ""
        note = f"，{build.note}" if build.note else ""
        number = styled(f"第 {build.number} 次", bold=True)
        result(f"{number}  {build.time[:16].replace('T', ' ')}  {'、'.join(build.outputs)}"
               f"{pages}{note}")  # fmt: skip
        if words:
            result(f"    与前一次相比：{words}")
        before = snapshot or before
    if builds:
        verdict(f"保留着 {len(builds)} 次；用 --restore 编号 取回", good=True)
    else:
        unread = "；那里的记录读不懂：坏了，或由更新的 perfgen 写成" if store.is_unread else ""
        verdict(f"{home} 里没有 {workbook.name} 的生成记录{unread}", good=not unread)
