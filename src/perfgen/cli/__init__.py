"""The command line: one small module for each command, and one error boundary for all."""

from __future__ import annotations

import os
import signal
import sys
import threading
from io import TextIOWrapper

import click

from perfgen import __version__
from perfgen.cli.chinese import ChineseGroup, usage_message
from perfgen.cli.console import (
    OutputStopped,
    command_name,
    error_data,
    note,
    note_traceback,
    show_error,
    show_json,
)
from perfgen.cli.ending import give_streams, silence, written_so_far
from perfgen.errors import PerfgenError
from perfgen.files import forget_placed, reason

CANNOT_RUN = 2
INTERRUPTED = 130
_WITHOUT_CHINESE = ("ascii", "us-ascii", "ansi_x3.4-1968", "iso-8859-1", "latin-1")
"""What a terminal is said to write where nobody set a language; it is UTF-8 in truth."""


@click.group(
    cls=ChineseGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, "-V", "--version", message="perfgen %(version)s", help="显示版本"
)
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """由一个 Excel 工作簿生成预算绩效报告：Word 文件和可公开的 PDF。

    先用 perfgen init 生成填报工作簿，填好后运行 perfgen build。
    """
    if ctx.invoked_subcommand is None:
        note(ctx.get_help())
        return CANNOT_RUN
    return None


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit.

    0 is done, 1 refused by findings, 2 could not run, 130 interrupted.
    """
    sys.exit(run_and_exit_code(sys.argv[1:] if args is None else args))


def run_and_exit_code(args: list[str]) -> int:
    """Run the command line in a terminal's encoding, and return the exit code."""
    give_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a Chinese Windows writes GBK, without some signs
            stream.reconfigure(encoding=_encoding_for(stream), errors="replace")
    return run(args)


def run(args: list[str]) -> int:
    """Run the command line and return the exit code. The one place where errors become words."""
    forget_placed()
    try:
        return _told(args)
    except OutputStopped as stopped:
        return _output_stopped(stopped)
    except (KeyboardInterrupt, click.Abort):
        return _interrupted()


def _told(args: list[str]) -> int:
    """Run a command, and tell what stopped it."""
    try:
        _check_file_names()
        code = cli.main(args=args, prog_name=command_name(), standalone_mode=False)
    except PerfgenError as error:
        _report(error, args)
        return error.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else command_name()
        _report(PerfgenError(usage_message(error), hint=f"{path} --help 查看用法"), args)
        return CANNOT_RUN
    except (OutputStopped, click.Abort):
        raise
    except OSError as error:
        name = f"：{error.filename}" if error.filename else ""
        message = f"系统没有允许这一步（{reason(error)}）{name}{written_so_far()}"
        _report(PerfgenError(message), args)
        if "--debug" in args:
            note_traceback(error)
        return CANNOT_RUN
    except UnicodeEncodeError:
        hint = "换一个文件名再运行"
        _report(PerfgenError("文件名或内容里有不成字的字节，写不出来", hint=hint), args)
        return CANNOT_RUN
    except Exception as error:  # the last boundary: nobody should meet a traceback
        return _unknown(error, args)
    return code if isinstance(code, int) else 0


def _interrupted() -> int:
    """Say so once, however often Ctrl-C is pressed."""
    in_charge = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_charge else None
    try:
        note(f"已中断{written_so_far()}")
    except OutputStopped as stopped:
        silence(stopped.stream)
    if before is not None:
        signal.signal(signal.SIGINT, before)
    return INTERRUPTED


def _output_stopped(stopped: OutputStopped) -> int:
    """Where results go to a program that has ended, as `perfgen check | more` may, say nothing."""
    silence(stopped.stream)
    if stopped.reader_is_gone:
        return CANNOT_RUN
    message = f"结果没有显示出来（{reason(stopped.error)}）{written_so_far()}"
    try:
        show_error(PerfgenError(message, hint="检查输出重定向到的文件和磁盘空间"))
    except OutputStopped as again:
        silence(again.stream)
    return CANNOT_RUN


def _encoding_for(stream: TextIOWrapper) -> str:
    """Return the stream's own encoding, and UTF-8 where nobody has chosen any."""
    chosen = bool(os.environ.get("PYTHONIOENCODING"))
    return stream.encoding if chosen or stream.encoding.lower() not in _WITHOUT_CHINESE else "utf-8"


def _check_file_names() -> None:
    """Refuse a machine whose settings allow no Chinese in the names of files."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower() in _WITHOUT_CHINESE:
        raise PerfgenError(
            f"文件名编码是 {encoding}，不能用中文文件名",
            hint="设置环境变量 LANG=C.UTF-8 或 PYTHONUTF8=1，再运行一次",
        )


def _report(error: PerfgenError, args: list[str]) -> None:
    try:
        if "--json" in args:
            show_json(error_data(error))
    finally:
        show_error(error)
    if "--debug" in args and error.__cause__ is not None:
        note_traceback(error.__cause__)


def _unknown(error: Exception, args: list[str]) -> int:
    hint = f"加上 --debug 再运行一次，把全部输出和工作簿交给技术人员{written_so_far()}"
    _report(PerfgenError(f"perfgen 自身出了错：{type(error).__name__}: {error}", hint=hint), args)
    if "--debug" in args:
        note_traceback(error)
    return CANNOT_RUN
