"""`perfgen layouts preview`: a layout's documents with made-up values, again after every save."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import note, result, show_json, styled
from perfgen.cli.options import PATH, output_modes
from perfgen.errors import PerfgenError
from perfgen.files import write_whole
from perfgen.layouts import find_layout, load_layout
from perfgen.settings import find_settings


@click.command(
    cls=ChineseCommand, lives_on=True,
    help="试印一个版式：每一列都填上试填的内容，生成 Word 和 PDF；每保存一次版式就重印，"
    "按 Ctrl-C 结束。",
)  # fmt: skip
@click.argument("layout_id", metavar="版式")
@click.option("-o", "--output", type=PATH, default=Path("试印"), metavar="文件夹",
              help="放到哪个文件夹；不写是 试印")  # fmt: skip
@click.option("--once", is_flag=True, help="只印一次，不守着")
@click.option("--layouts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="自己的版式文件夹，可以写多次")  # fmt: skip
@output_modes
@click.pass_obj
def preview(
    outer: tuple[Path, ...],
    layout_id: str,
    output: Path,
    once: bool,
    folders: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Print once, then again whenever a file of the layout was saved."""
    from perfgen.watching import saves_in  # noqa: PLC0415  (heavy: not for --help)

    folder = find_layout(layout_id, (*folders, *outer, *find_settings(Path()).layouts))
    if once:
        _tell(_printed(folder, output), as_json=as_json)
        return 0
    note(f"守着 {folder}，保存一次试印一次；按 Ctrl-C 结束")
    stop = Event()
    try:
        _try(folder, output, as_json=as_json)
        for _ in saves_in(folder, stop):
            _try(folder, output, as_json=as_json)
    except KeyboardInterrupt:
        stop.set()
    note("已结束")
    return 0


def _try(folder: Path, output: Path, *, as_json: bool) -> None:
    """Print; a fault of the layout is told, and the watch goes on."""
    try:
        _tell(_printed(folder, output), as_json=as_json)
    except PerfgenError as error:
        if as_json:
            show_json({"ok": False, "error": error.message}, indent=None)
        else:
            result(f"{styled('✗', fg='red')} {error.message}")


def _printed(folder: Path, output: Path) -> list[Path]:
    from perfgen.build import Request, build  # noqa: PLC0415
    from perfgen.trial.checking import made_up_workbook  # noqa: PLC0415

    layout = load_layout(folder)
    workbook = made_up_workbook(layout)
    request = Request(layout_id=layout.id, layouts=(folder,), formats=("docx", "pdf"))
    built = build(workbook, request)
    files = {output / f"{layout.id}.{kind}": content for kind, content in built.documents.items()}
    files[output / workbook.name] = workbook.content
    write_whole(files)
    return sorted(files)


def _tell(files: list[Path], *, as_json: bool) -> None:
    names = [str(file) for file in files]
    if as_json:
        show_json({"ok": True, "files": names}, indent=None)
    else:
        result(f"{styled('✓', fg='green')} 已试印 {'、'.join(names)}")
