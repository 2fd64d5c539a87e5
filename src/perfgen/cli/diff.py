"""`perfgen diff`: what differs between two workbooks, or since the last build."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.cli.aside import show_aside
from perfgen.cli.changes import changes_data, show_changes
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import progress, result, show_json, verdict
from perfgen.cli.destination import OUTPUT_HELP, as_formats, destination_of
from perfgen.cli.options import PATH, layout_options, output_modes, printer_option
from perfgen.comparing.changes import Changes
from perfgen.comparing.showing import count_words
from perfgen.errors import WorkbookError
from perfgen.model.layout import Printer


@click.command(
    cls=ChineseCommand,
    help="对照两个工作簿（先旧后新），或一个工作簿与它上次生成时的内容。按名称对照，与行号无关。",
)
@click.argument("old", type=PATH, metavar="旧工作簿")
@click.argument("new", type=PATH, required=False, metavar="[新工作簿]")
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="位置",
    help=OUTPUT_HELP.format(example="对照表.pdf"),
)
@click.option(
    "--format",
    "formats",
    callback=as_formats,
    metavar="格式",
    help="另印一份调整对照表：docx、pdf、html，用逗号分开；写了 -o 的，默认 docx,pdf",
)
@click.option("--fonts", type=PATH, multiple=True, metavar="文件夹", help="字体文件夹，可以写多次")
@printer_option
@layout_options
@output_modes
def diff(
    old: Path,
    new: Path | None,
    output: Path | None,
    formats: tuple[str, ...],
    fonts: tuple[Path, ...],
    printer: Printer | None,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> None:
    """Show what differs, and print it where a format is asked for."""
    from perfgen.asking import request_for  # noqa: PLC0415  (heavy: not for --help)
    from perfgen.build import load  # noqa: PLC0415
    from perfgen.comparing import compare, take_snapshot  # noqa: PLC0415
    from perfgen.keeping import last_snapshot  # noqa: PLC0415

    latest = new or old
    request, settings = request_for(
        latest, layout_id=layout_id, layouts=layouts, fonts=fonts, printer=printer
    )
    loaded = load(latest, request, say=progress)
    after = take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)
    wanted, destination = destination_of(
        f"{latest.stem}-调整对照表", output or settings.output, formats
    )
    if new is None:
        before = last_snapshot(destination.parent, old)
        words = f"与上次生成 {old.name} 时相比"
    else:
        earlier = load(old, request, say=progress)
        if earlier.layout.id != loaded.layout.id:
            raise WorkbookError(
                f"{old.name} 是 {earlier.layout.id}，{new.name} 是 {loaded.layout.id}，版式不同，"
                "不能对照",
                hint="对照同一种版式的两个工作簿",
            )
        before = take_snapshot(earlier.report, earlier.figures, earlier.checked, earlier.layout)
        words = f"{old.name} → {new.name}"
    changes = compare(before, after)
    files: tuple[Path, ...] = ()
    if formats or output:
        from perfgen.comparing.printing import print_comparison  # noqa: PLC0415
        from perfgen.keeping import write_beside_altered  # noqa: PLC0415

        printed = print_comparison(changes, after, loaded, wanted, request, progress)
        documents = {f"{destination.name}.{kind}": data for kind, data in printed.items()}
        files = tuple(destination.parent / name for name in documents)
        show_aside(write_beside_altered(destination, documents))
    if as_json:
        show_json({"ok": True, "files": [str(file) for file in files], **changes_data(changes)})
    else:
        _show(changes, words, files)


def _show(changes: Changes, words: str, files: tuple[Path, ...]) -> None:
    show_changes(changes, say=result)
    counts = count_words(changes) or "没有不同"
    written = f"；已生成 {'、'.join(str(file) for file in files)}" if files else ""
    verdict(f"{words}：{counts}{written}", good=True)
