"""`perfgen check`: every finding at once, before anything is printed."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.build import load
from perfgen.cli.build import counts
from perfgen.cli.chinese import ChineseCommand, choice
from perfgen.cli.console import finding_data, progress, result, show_finding, show_json, verdict
from perfgen.cli.options import layout_options, output_modes, workbook_argument
from perfgen.model.finding import Severity
from perfgen.settings import find_settings


@click.command(cls=ChineseCommand, help="检查填好的工作簿，列出全部发现；不生成文件。")
@workbook_argument
@click.option(
    "--fail-on",
    default="error",
    callback=choice(("error", "warning", "info")),
    metavar="级别",
    help="达到哪一级就以退出码 1 结束：error（默认）、warning、info",
)
@click.option("--show-waived", is_flag=True, help="也列出已在“说明事项”里说明的")
@layout_options
@output_modes
def check(
    workbook: Path,
    fail_on: str,
    show_waived: bool,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Check one workbook."""
    settings = find_settings(workbook.parent, Path())
    loaded = load(
        workbook,
        layout_id=layout_id,
        layouts=(*layouts, *settings.layouts),
        bounds=settings.checks,
        say=progress,
    )
    checked = loaded.checked
    grave = list(Severity)[: list(Severity).index(Severity(fail_on)) + 1]
    failed = any(finding.severity in grave for finding in checked.findings)
    if as_json:
        show_json(
            {
                "ok": not failed,
                "workbook": str(workbook),
                "layout": loaded.layout.id,
                "findings": [finding_data(finding) for finding in checked.findings],
                "waived": [finding_data(finding) for finding in checked.waived],
            }
        )
        return int(failed)
    for finding in checked.findings:
        show_finding(finding, workbook.name)
    if show_waived and checked.waived:
        result("已说明：")
        for finding in checked.waived:
            show_finding(finding, workbook.name)
    verdict(counts(checked), good=not failed)
    return int(failed)
