"""`perfgen build`: from a filled workbook to the documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from perfgen.as_of import standing
from perfgen.asking import request_for
from perfgen.build import Request
from perfgen.checks import Checked
from perfgen.cli.aside import show_aside
from perfgen.cli.changes import changes_data, show_changes
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import (
    command_name,
    counts,
    finding_data,
    note,
    progress,
    show_json,
    styled,
    verdict,
)
from perfgen.cli.destination import OUTPUT_HELP, as_formats, destination_of
from perfgen.cli.findings import findings_data, show_most_serious
from perfgen.cli.options import (
    PATH,
    as_of_option,
    layout_options,
    output_modes,
    printer_option,
    workbook_argument,
)
from perfgen.comparing.showing import around
from perfgen.keeping.record import MOST_BUILDS
from perfgen.model.finding import Severity
from perfgen.model.layout import Printer
from perfgen.rebuild import KEPT, Edited, Rebuilt, rebuild

SHOWN_CHANGES = 12
"""Lines about changes since the last build; `diff` shows them all."""

SHOWN = 6
"""Findings that `build` shows in full; `check` shows them all."""


@click.command(cls=ChineseCommand, help="由填好的工作簿生成报告：outputs/工作簿名.docx 和 .pdf。")
@workbook_argument
@click.option(
    "-o",
    "--output",
    type=PATH,
    metavar="位置",
    help=OUTPUT_HELP.format(example="报告.pdf"),
)
@click.option(
    "--format",
    "formats",
    callback=as_formats,
    metavar="格式",
    help="docx、pdf、html，用逗号分开；默认 docx,pdf",
)
@click.option("--strict", is_flag=True, help="检查有错误就不生成，退出码 1")
@click.option(
    "--disclose",
    is_flag=True,
    help="生成公开用的 PDF（标准文件名）、校验码和公开审核单；有未说明的错误就不生成，退出码 1",
)
@click.option("--force", is_flag=True, help="没有变化也重新生成")
@click.option(
    "--keep", type=click.IntRange(1, MOST_BUILDS), default=KEPT, metavar="次数",
    help="保留最近几次生成的文件，默认 5；perfgen history 可以取回",
)  # fmt: skip
@click.option(
    "--annex", "annexes", multiple=True, metavar="附件",
    help="在最后附上，如 adjustments（预算调整情况表），可以写多次",
)  # fmt: skip
@as_of_option
@click.option("--fonts", type=PATH, multiple=True, metavar="文件夹", help="字体文件夹，可以写多次")
@printer_option
@layout_options
@output_modes
def build(
    workbook: Path,
    output: Path | None,
    formats: tuple[str, ...],
    strict: bool,
    disclose: bool,
    force: bool,
    keep: int,
    annexes: tuple[str, ...],
    as_of: date | None,
    fonts: tuple[Path, ...],
    printer: Printer | None,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Build the documents of one workbook."""
    request, settings = request_for(
        workbook, layout_id=layout_id, layouts=layouts, fonts=fonts, printer=printer, as_of=as_of,
        annexes=annexes,
    )  # fmt: skip
    wanted, destination = destination_of(workbook.stem, output or settings.output, formats)
    request = replace(request, formats=wanted)
    if disclose:
        return _disclose(workbook, request, destination.parent, as_json=as_json)
    rebuilt = rebuild(
        workbook,
        request,
        destination=destination,
        strict=strict,
        force=force,
        keep=keep,
        say=progress,
    )
    if as_json:
        show_json(_data(rebuilt, workbook))
    else:
        _show(rebuilt, workbook)
    return 1 if rebuilt.refused else 0


def _disclose(workbook: Path, request: Request, home: Path, *, as_json: bool) -> int:
    """Pass the disclosure gate, or say what stands in the way."""
    from perfgen.disclosing import disclose  # noqa: PLC0415  (heavy: not for --help)

    done = disclose(workbook, request, home=home, say=progress)
    checked = done.loaded.checked
    show_aside(done.aside)
    if as_json:
        show_json(
            {
                "ok": bool(done.files),
                "workbook": str(workbook),
                "layout": done.loaded.layout.id,
                "files": [str(file) for file in done.files],
                "pages": done.pages,
                "fonts": list(done.notices),
                "findings": findings_data(checked),
                "waived": [finding_data(finding) for finding in checked.waived],
            }
        )
    elif done.files:
        _show_findings(checked, workbook)
        for notice in done.notices:
            note(f"{styled('注意', fg='cyan')} {notice}")
        names = "、".join(str(file) for file in done.files)
        verdict(f"可以公开：{names}（{done.pages} 页）；{counts(checked)}", good=True)
    else:
        _show_findings(checked, workbook)
        errors = checked.count(Severity.ERROR)
        verdict(
            f"有 {errors} 个错误，不能公开，没有生成文件；改正，或核实后写进“说明事项”", good=False
        )
    return 0 if done.files else 1


def _show(rebuilt: Rebuilt, workbook: Path) -> None:
    checked = rebuilt.loaded.checked
    day = standing(rebuilt.loaded.report)
    if rebuilt.repaired:
        note("上次生成中途停了，已经补全")
    if rebuilt.changes is not None and rebuilt.changes.any:
        note(styled("与上次生成相比：", bold=True))
        show_changes(rebuilt.changes, most=SHOWN_CHANGES)
    for edited in rebuilt.edited:
        _show_edited(edited)
    if rebuilt.unchanged:
        names = "、".join(str(file) for file in rebuilt.files)
        verdict(
            f"{day}没有变化，{names} 保持原样（--force 重新生成）；{counts(checked)}", good=True
        )
        return
    _show_findings(checked, workbook)
    for notice in rebuilt.notices:
        note(f"{styled('注意', fg='cyan')} {notice}")
    if rebuilt.refused:
        errors = checked.count(Severity.ERROR)
        verdict(f"{day}检查有 {errors} 个错误，没有生成文件（--strict）", good=False)
        return
    names = "、".join(str(file) for file in rebuilt.files)
    pages = f"（PDF {rebuilt.pages} 页）" if rebuilt.pages else ""
    verdict(f"{day}已生成 {names}{pages}；{counts(checked)}", good=True)


def _show_edited(edited: Edited) -> None:
    """Say where a document went that was altered by hand, and what differs in it."""
    mark = styled("注意", fg="yellow")
    if edited.file.suffix != ".docx":
        note(f"{mark} 原来的文件改过或换过，保留在 {edited.file}")
        return
    others = f"有{'、'.join(edited.others)}；" if edited.others else ""
    words = "改过的文字：" if edited.paragraphs else "文字没有改；可能改了格式，或只是另存过"
    if edited.others and not edited.paragraphs:
        words = "文字没有改"
    note(f"{mark} Word 文件改过，保留在 {edited.file}：{others}{words}")
    for old, new in edited.paragraphs[:SHOWN]:
        before, after = around(old, new)
        note(f"  {before or '（没有）'} → {after or '（删去）'}")
    if len(edited.paragraphs) > SHOWN:
        note(f"  …… 另有 {len(edited.paragraphs) - SHOWN} 处")
    if edited.paragraphs:
        note(f"  要写回工作簿，运行 {command_name()} pull {edited.file}")


def _show_findings(checked: Checked, workbook: Path) -> None:
    left = show_most_serious(checked, workbook.name, SHOWN)
    if left > 0:
        note(f"另有 {left} 项检查提示，运行 {command_name()} check {workbook} 查看全部")


def _data(rebuilt: Rebuilt, workbook: Path) -> dict[str, object]:
    loaded, changes = rebuilt.loaded, rebuilt.changes
    return {
        "ok": not rebuilt.refused,
        "unchanged": rebuilt.unchanged,
        "changes": changes_data(changes) if changes is not None else None,
        "edited": [
            {
                "file": str(edited.file),
                "paragraphs": [list(pair) for pair in edited.paragraphs],
                "others": list(edited.others),
            }
            for edited in rebuilt.edited
        ],
        "workbook": str(workbook),
        "layout": loaded.layout.id,
        "as_of": str(loaded.report.as_of) if loaded.report.as_of else None,
        "files": [str(file) for file in rebuilt.files],
        "pages": rebuilt.pages,
        "fonts": list(rebuilt.notices),
        "findings": findings_data(loaded.checked),
        "waived": [finding_data(finding) for finding in loaded.checked.waived],
    }
