"""click's own words in Chinese: usage, headings of the help, and what was typed wrong."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from contextlib import nullcontext
from importlib import import_module
from typing import Any, ClassVar

import click

from perfgen.cli.console import as_typed
from perfgen.garbage import undisturbed

COMMANDS = {
    "init": ("perfgen.cli.init", "生成填报工作簿"),
    "check": ("perfgen.cli.check", "检查填好的工作簿"),
    "build": ("perfgen.cli.build", "由工作簿生成 Word 和 PDF 报告"),
    "serve": ("perfgen.cli.serve", "在浏览器里用：检查、看页面、取文件"),
    "batch": ("perfgen.cli.batch", "一次生成许多工作簿的报告，或只检查"),
    "cluster-check": ("perfgen.cli.cluster_check", "看一个集群里有哪些机器，能不能用来批量生成"),
    "pull": ("perfgen.cli.pull", "把在 Word 里改的文字写回工作簿"),
    "diff": ("perfgen.cli.diff", "对照两个工作簿，或上次生成以来改了什么"),
    "history": ("perfgen.cli.history", "列出最近几次生成的报告，取回其中一次"),
    "watch": ("perfgen.cli.watch", "守着工作簿，保存一次就生成一次"),
    "carry": ("perfgen.cli.carry", "由年初的目标表起草年终的自评工作簿"),
    "extract": ("perfgen.cli.extract", "取回 PDF 或 Word 报告里带着的数据"),
    "summarize": ("perfgen.cli.summarize", "把许多部门的报告汇总成一个工作簿"),
    "explain": ("perfgen.cli.explain", "解释一条检查规则"),
    "layouts": ("perfgen.cli.layouts", "列出可用的版式；layouts new 复制一个来改"),
    "fonts": ("perfgen.cli.fonts", "显示各类字体用的是哪个文件"),
    "doctor": ("perfgen.cli.doctor", "检查这台机器：缺什么，怎么办"),
}
"""Each command's module and its line in the help. Modules are imported when they are called."""


class _ChineseHelp(click.Command):
    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a Chinese explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份帮助"
        return option

    def get_help(self, ctx: click.Context) -> str:
        """Return the help, which calls the command as it was typed."""
        return as_typed(super().get_help(ctx))


class ChineseCommand(_ChineseHelp):
    """A command whose help speaks Chinese.

    It is over before its garbage matters, and runs undisturbed by the collector, unless it
    `lives_on`.
    """

    def __init__(self, *args: Any, lives_on: bool = False, **named: Any) -> None:
        """Note whether the command may run for days."""
        super().__init__(*args, **named)
        self.lives_on = lives_on

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with nullcontext() if self.lives_on else undisturbed():
            return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(_chinese_pieces(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Chinese heading."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)


def _chinese_pieces(pieces: list[str]) -> list[str]:
    words = {"[OPTIONS]": "[选项]", "COMMAND": "命令", "[ARGS]...": "[参数]..."}
    return [" ".join(words.get(word, word) for word in piece.split(" ")) for piece in pieces]


class ChineseGroup(_ChineseHelp, click.Group):
    """A group of commands: imports a command's module only when it is called."""

    command_class = ChineseCommand
    table: ClassVar[Mapping[str, tuple[str, str]]] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands, in the order an officer meets them."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        if cmd_name not in self.table:
            return None
        command: click.Command = getattr(
            import_module(self.table[cmd_name][0]), cmd_name.replace("-", "_")
        )
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            near = difflib.get_close_matches(name, self.table, n=1, cutoff=0.5)
            guess = f"是不是 {near[0]}？" if near else f"可用的命令：{'、'.join(self.table)}"
            raise click.UsageError(f"没有“{name}”这个命令，{guess}", ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        command = "[命令 [参数]...]" if ctx.parent else "命令 [参数]..."
        formatter.write_usage(ctx.command_path, f"[选项] {command}", prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands; no command's module is imported for it."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, line) in self.table.items()])
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(records)


def usage_message(error: click.ClickException) -> str:
    """Return what is wrong with the command line, in Chinese."""
    match error:
        case click.NoSuchOption():
            near = "、".join(error.possibilities or ())
            return f"没有选项 {error.option_name}" + (f"，是不是 {near}？" if near else "")
        case click.MissingParameter():
            return f"缺少{_param(error.param)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少内容，或写法不对"
        case click.BadParameter():
            return f"{_param(error.param)} 不对：{error.message}"
        case click.UsageError() if "unexpected extra argument" in error.message:
            return f"多余的参数：{error.message.partition('(')[2].rstrip(')')}"
        case click.FileError():
            return f"打不开文件 {error.ui_filename}"
    return error.message


def _param(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return f"选项 {param.opts[0]}"
    return f"参数 {param.human_readable_name}" if param else "参数"


def choice(allowed: tuple[str, ...]) -> Any:
    """Return a callback that refuses, in Chinese, a value that is not one of `allowed`."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and value not in allowed:
            raise click.BadParameter(f"只能是 {'、'.join(allowed)} 之一", ctx, param)
        return value

    return check
