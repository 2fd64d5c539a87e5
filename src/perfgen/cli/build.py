"""`perfgen build`: from a filled workbook to the documents."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.build import FORMATS, Built, build_documents, load
from perfgen.checks import Checked
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import (
    command_name,
    finding_data,
    note,
    progress,
    show_finding,
    show_json,
    verdict,
)
from perfgen.cli.options import PATH, layout_options, output_modes, workbook_argument
from perfgen.errors import OutputError
from perfgen.model.finding import Severity
from perfgen.settings import OUTPUTS, find_settings

DEFAULT_FORMATS = ("docx", "pdf")
OTHER_DOCUMENTS = ("doc", "wps", "rtf", "odt", "ofd", "txt", "md", "htm", "xls", "xlsx", "et")
"""What an officer may ask for and perfgen does not write; anything else names a folder."""

SHOWN = 6
"""Findings that `build` shows in full; `check` shows them all."""


def _formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The formats named, in their order; none where the option is not used."""
    names = [name.strip(" .").lower() for name in (value or "").replace("，", ",").split(",")]
    for name in names:
        if name and name not in FORMATS:
            raise click.BadParameter(
                f"不认识的格式“{name}”，可以写 {'、'.join(FORMATS)}", ctx, param
            )
    return tuple(dict.fromkeys(name for name in names if name))


@click.command(cls=ChineseCommand, help="由填好的工作簿生成报告：outputs/工作簿名.docx 和 .pdf。")
@workbook_argument
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="位置",
    help="放到哪个文件夹，或写成哪个文件（如 报告.pdf）",
)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    metavar="格式",
    help="docx、pdf、html，用逗号分开；默认 docx,pdf",
)
@click.option("--strict", is_flag=True, help="检查有错误就不生成，退出码 1")
@click.option("--fonts", type=PATH, multiple=True, metavar="文件夹", help="字体文件夹，可以写多次")
@layout_options
@output_modes
def build(
    workbook: Path,
    output: Path | None,
    formats: tuple[str, ...],
    strict: bool,
    fonts: tuple[Path, ...],
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Build the documents of one workbook."""
    settings = find_settings(workbook.parent, Path())
    wanted, destination = _destination(workbook, output or settings.output, formats)
    loaded = load(
        workbook,
        layout_id=layout_id,
        layouts=(*layouts, *settings.layouts),
        bounds=settings.checks,
        say=progress,
    )
    built = build_documents(
        loaded,
        formats=wanted,
        destination=destination,
        fonts=(*fonts, *settings.fonts),
        strict=strict,
        say=progress,
    )
    if as_json:
        show_json(_data(built))
    else:
        _show(built)
    return 1 if built.refused else 0


def _destination(
    workbook: Path, output: Path | None, formats: tuple[str, ...]
) -> tuple[tuple[str, ...], Path]:
    """Return the formats wanted and the path of the documents without their suffix."""
    if output is None or output.is_dir():
        return formats or DEFAULT_FORMATS, (output or Path(OUTPUTS)) / workbook.stem
    suffix = output.suffix.lower().lstrip(".")
    if suffix in FORMATS:
        if formats and suffix not in formats:
            raise OutputError(
                f"-o 写的是 .{suffix}，--format 却是 {'、'.join(formats)}", hint="两处写一致"
            )
        return formats or (suffix,), output.with_suffix("")
    if suffix in OTHER_DOCUMENTS:
        raise OutputError(
            f"不能写成 .{suffix} 文件", hint=f"可以写成 {'、'.join(f'.{name}' for name in FORMATS)}"
        )
    return formats or DEFAULT_FORMATS, output / workbook.stem


def _show(built: Built) -> None:
    checked = built.loaded.checked
    _show_findings(checked, built.loaded.path)
    for notice in built.notices:
        note(f"{click.style('注意', fg='cyan')} {notice}")
    if built.refused:
        errors = checked.count(Severity.ERROR)
        verdict(f"检查有 {errors} 个错误，没有生成文件（--strict）", good=False)
        return
    names = "、".join(str(file) for file in built.files)
    pages = f"（PDF {built.pages} 页）" if built.pages else ""
    verdict(f"已生成 {names}{pages}；{counts(checked)}", good=True)


def _show_findings(checked: Checked, workbook: Path) -> None:
    serious = [f for f in checked.findings if f.severity is not Severity.INFO]
    for finding in serious[:SHOWN]:
        show_finding(finding, workbook.name, err=True)
    left = len(checked.findings) - min(len(serious), SHOWN)
    if left > 0:
        note(f"另有 {left} 项检查提示，运行 {command_name()} check {workbook} 查看全部")


def counts(checked: Checked) -> str:
    """Return the counts of the findings in words: 检查：错误 3，提醒 6."""
    parts = [
        f"{severity.label} {number}" for severity in Severity if (number := checked.count(severity))
    ]
    waived = f"，已说明 {len(checked.waived)}" if checked.waived else ""
    return (f"检查：{'，'.join(parts)}" if parts else "检查没有发现问题") + waived


def _data(built: Built) -> dict[str, object]:
    loaded = built.loaded
    return {
        "ok": not built.refused,
        "workbook": str(loaded.path),
        "layout": loaded.layout.id,
        "files": [str(file) for file in built.files],
        "pages": built.pages,
        "fonts": list(built.notices),
        "findings": [finding_data(finding) for finding in loaded.checked.findings],
        "waived": [finding_data(finding) for finding in loaded.checked.waived],
    }
