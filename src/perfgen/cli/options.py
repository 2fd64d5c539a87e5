"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from perfgen.cli.chinese import choice
from perfgen.model.layout import PRINTERS

F = TypeVar("F", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


def workbook_argument(function: F) -> F:
    """Add the argument 工作簿."""
    return click.argument("workbook", type=PATH, metavar="工作簿")(function)


def layout_options(function: F) -> F:
    """Add `--layout` and `--layouts`."""
    function = click.option(
        "--layouts", type=PATH, multiple=True, metavar="文件夹", help="自己的版式文件夹，可以写多次"
    )(function)
    return click.option(
        "--layout", "layout_id", metavar="版式", help="版式标识；填报工作簿自带，一般不用写"
    )(function)


def _as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    from perfgen.workbook.kinds import Unreadable, read_day  # noqa: PLC0415  (not for all)

    try:
        return None if value is None else read_day(value)
    except Unreadable as error:
        raise click.BadParameter(f"{error.message}，{error.hint}", ctx, param) from None


def as_of_option(function: F) -> F:
    """Add `--as-of`."""
    return click.option(
        "--as-of",
        callback=_as_day,
        metavar="日期",
        help="只计到这一天（含）为止的预算调整，如 2023-06-30",
    )(function)


def printer_option(function: F) -> F:
    """Add `--printer`."""
    return click.option(
        "--printer",
        callback=choice(PRINTERS),
        metavar="程序",
        help="印 PDF 的程序：typst 或 weasyprint；默认由版式定，一般是 typst",
    )(function)


def output_modes(function: F) -> F:
    """Add `--json` and `--debug`."""
    function = click.option("--debug", is_flag=True, help="出错时显示技术细节")(function)
    return click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出，供程序使用")(
        function
    )
