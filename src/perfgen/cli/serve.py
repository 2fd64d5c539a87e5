"""`perfgen serve`: a page in the officer's own browser, for those who use no command line."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import note, result, show_json, verdict
from perfgen.cli.options import PATH
from perfgen.errors import PerfgenError

NEEDED = ("starlette", "uvicorn", "python_multipart")


@click.command(
    cls=ChineseCommand,
    lives_on=True,
    help="在浏览器里检查、看页面、取文件；按 Ctrl-C 结束。",
)
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="端口；默认自动选一个")
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器，只显示地址")
@click.option("--install", is_flag=True, help="生成可以双击的启动文件，放到桌面")
@click.option("--data", type=PATH, metavar="文件夹", help="最近的工作存在哪里；默认在用户文件夹")
@click.option("--json", "as_json", is_flag=True, help="地址以 JSON 输出，供程序使用")
@click.option("--debug", is_flag=True, help="出错时显示技术细节")
def serve(
    port: int | None,
    no_browser: bool,
    install: bool,
    data: Path | None,
    as_json: bool,
    debug: bool,
) -> None:
    """Serve the page, or write what starts it by a double click."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        raise PerfgenError(
            f"缺少网页用的软件包：{'、'.join(missing)}", hint="运行 pip install 'perfgen[web]'"
        )
    if install:
        from perfgen.web.starter import write_starter  # noqa: PLC0415

        file = write_starter()
        if as_json:
            show_json({"ok": True, "files": [str(file)]})
        else:
            verdict(f"已生成 {file}，双击就打开", good=True)
        return
    from perfgen.web.places import web_folder  # noqa: PLC0415
    from perfgen.web.serving import serve as serve_page  # noqa: PLC0415

    def tell(address: str, running: bool) -> None:
        if as_json:
            show_json({"ok": True, "address": address, "running": running}, indent=None)
        else:
            result(f"{'已经在运行' if running else '在浏览器里打开'}：{address}")
            if not running:
                note("只有这台电脑能打开；关掉这个窗口，或按 Ctrl-C，就结束")

    folder = Path.cwd()
    serve_page(folder, data or web_folder(), port=port, browser=not no_browser, tell=tell)
    if not as_json:
        note("已结束")
