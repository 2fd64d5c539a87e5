"""`perfgen watch`: builds whenever the workbook is saved, one line each time, until Ctrl-C."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import counts, error_data, note, note_traceback, result, show_json, styled
from perfgen.cli.destination import as_formats, destination_of
from perfgen.cli.options import PATH, layout_options, printer_option, workbook_argument
from perfgen.comparing.showing import count_words
from perfgen.errors import PerfgenError, WorkbookError
from perfgen.model.layout import Printer


@click.command(
    cls=ChineseCommand, lives_on=True, help="守着工作簿：每保存一次就重新生成一次，按 Ctrl-C 结束。"
)
@workbook_argument
@click.option("-o", "--output", type=PATH, metavar="位置", help="放到哪个文件夹，或写成哪个文件")
@click.option("--format", "formats", callback=as_formats, metavar="格式",
              help="docx、pdf、html，用逗号分开；默认 docx,pdf")  # fmt: skip
@click.option("--fonts", type=PATH, multiple=True, metavar="文件夹", help="字体文件夹，可以写多次")
@printer_option
@layout_options
@click.option("--json", "as_json", is_flag=True, help="每次生成输出一行 JSON，供程序使用")
@click.option("--debug", is_flag=True, help="出错时显示技术细节")
def watch(
    workbook: Path,
    output: Path | None,
    formats: tuple[str, ...],
    fonts: tuple[Path, ...],
    printer: Printer | None,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Build now, and again after each save; an error is told and the watch goes on."""
    from perfgen.watching import saves_of, wait_until_whole  # noqa: PLC0415

    if not workbook.is_file():
        raise WorkbookError(f"没有这个文件：{workbook}", hint="检查文件名和文件夹")
    stop = Event()
    options: dict[str, Any] = {
        "output": output, "formats": formats, "fonts": fonts, "printer": printer,
        "layout_id": layout_id, "layouts": layouts,
    }  # fmt: skip
    note(f"守着 {workbook}，保存一次生成一次；按 Ctrl-C 结束")
    try:
        wait_until_whole(workbook, stop)
        _tell(_once(workbook, options, debug=debug), as_json=as_json)
        for _ in saves_of(workbook, stop):
            _tell(_once(workbook, options, debug=debug), as_json=as_json)
    except KeyboardInterrupt:
        stop.set()
    note("已结束")
    return 0


def _once(workbook: Path, options: dict[str, Any], *, debug: bool) -> dict[str, Any]:
    """Build once; what came of it, as data. An error is no reason to stop watching."""
    started = time.monotonic()
    try:
        data = _built(workbook, options)
    except PerfgenError as error:
        data = {**error_data(error), "line": _error_line(error)}
    except Exception as error:  # the watch outlives whatever one build meets
        if debug:
            note_traceback(error)
        line = f"perfgen 自身出了错：{type(error).__name__}: {error}"
        data = {"ok": False, "error": {"message": line, "hint": None}, "line": line}
    return {**data, "time": time.strftime("%H:%M:%S"),
            "seconds": round(time.monotonic() - started, 1)}  # fmt: skip


def _built(workbook: Path, options: dict[str, Any]) -> dict[str, Any]:
    from perfgen.asking import request_for  # noqa: PLC0415
    from perfgen.rebuild import rebuild  # noqa: PLC0415

    request, settings = request_for(
        workbook,
        layout_id=options["layout_id"],
        layouts=options["layouts"],
        fonts=options["fonts"],
        printer=options["printer"],
    )
    wanted, destination = destination_of(
        workbook.stem, options["output"] or settings.output, options["formats"]
    )
    rebuilt = rebuild(workbook, replace(request, formats=wanted), destination=destination)
    files = [str(file) for file in rebuilt.files]
    words = count_words(rebuilt.changes) if rebuilt.changes else ""
    aside = "".join(f"；改过的文件保留在 {one.file}" for one in rebuilt.edited)
    if rebuilt.unchanged:
        line = "没有变化"
    else:
        line = f"已生成 {'、'.join(files)}{f'（{words}）' if words else ''}{aside}"
    return {
        "ok": True,
        "unchanged": rebuilt.unchanged,
        "files": files,
        "line": f"{line}；{counts(rebuilt.loaded.checked)}",
    }


def _error_line(error: PerfgenError) -> str:
    problems = error.problems if isinstance(error, WorkbookError) else ()
    first = f"：{problems[0].where} {problems[0].message}" if problems else ""
    return f"{error.message}{first}"


def _tell(data: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        show_json({k: v for k, v in data.items() if k != "line"}, indent=None)
        return
    mark = styled("✓", fg="green") if data["ok"] else styled("✗", fg="red")
    result(f"{data['time']} {mark} {data['line']}（{data['seconds']} 秒）")
