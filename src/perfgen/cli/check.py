"""`perfgen check`: every finding at once, before anything is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from perfgen.as_of import standing
from perfgen.asking import request_for
from perfgen.build import Loaded, build
from perfgen.checks.persons.personal import masked_text
from perfgen.cli.chinese import ChineseCommand, choice
from perfgen.cli.console import (
    counts,
    finding_data,
    note,
    progress,
    result,
    show_finding,
    show_json,
    styled,
    verdict,
)
from perfgen.cli.findings import findings_data, show_causes, show_first, show_heading
from perfgen.cli.options import (
    PATH,
    as_of_option,
    layout_options,
    output_modes,
    workbook_argument,
)
from perfgen.errors import OutputError
from perfgen.files import write_whole
from perfgen.model.finding import Finding, Severity
from perfgen.model.places import Places
from perfgen.model.records import Waiver

SCHEMA = "check-1"
"""The name of the JSON output: docs/schema/check-1.json describes it."""


@click.command(cls=ChineseCommand, help="检查填好的工作簿，列出全部发现；不生成报告。")
@workbook_argument
@click.option(
    "--fail-on",
    default="error",
    callback=choice(("error", "warning", "info")),
    metavar="级别",
    help="达到哪一级就以退出码 1 结束：error（默认）、warning、info",
)
@click.option("--annotate", "copy", type=PATH, metavar="文件",
              help="另存一份加了批注和底色的工作簿，原文件不动")  # fmt: skip
@as_of_option
@click.option("--show-waived", is_flag=True, help="也列出已在“说明事项”里说明的")
@layout_options
@output_modes
def check(
    workbook: Path,
    fail_on: str,
    copy: Path | None,
    as_of: date | None,
    show_waived: bool,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Check one workbook."""
    copy = _copy_path(copy, workbook) if copy else None
    request, _ = request_for(workbook, layout_id=layout_id, layouts=layouts, as_of=as_of)
    loaded = build(workbook, request, say=progress).loaded
    places = Places(loaded.report, loaded.layout, mask=masked_text)
    failed = _is_bad(loaded, Severity(fail_on))
    notices = _annotate(loaded, places, copy) if copy else ()
    if as_json:
        show_json(
            _data(
                loaded, workbook, places, failed=failed, fail_on=fail_on, copy=copy, notices=notices
            )
        )
        return int(failed)
    _show(loaded, places, show_waived=show_waived)
    for notice in notices:
        note(f"{styled('注意', fg='cyan')} {notice}")
    written = f"；批注副本 {copy}" if copy else ""
    verdict(standing(loaded.report) + counts(loaded.checked) + written, good=not failed)
    return int(failed)


def _is_bad(loaded: Loaded, level: Severity) -> bool:
    grave = list(Severity)[: list(Severity).index(level) + 1]
    return any(finding.severity in grave for finding in loaded.checked.findings)


# --- the screen ----------------------------------------------------------------------------------


def _show(loaded: Loaded, places: Places, *, show_waived: bool) -> None:
    checked, name = loaded.checked, loaded.workbook.name
    show_first(checked)
    show_causes(checked, name, lambda finding: places.find(finding.ref))
    if show_waived and checked.explained:
        show_heading("已说明", len(checked.explained), "green")
        for explained in checked.explained:
            finding = explained.finding
            show_finding(finding, name, place=places.find(finding.ref))
            result(f"  说明：{_explanation(explained.waiver)}")
            result()


def _explanation(waiver: Waiver) -> str:
    until = f"有效期至 {waiver.expires}" if waiver.expires else "没有写有效期"
    notes = "，".join(part for part in (waiver.officer, until) if part)
    return f"{waiver.reason or '没有写理由'}（{notes}）"


# --- for programs --------------------------------------------------------------------------------


def _data(
    loaded: Loaded,
    workbook: Path,
    places: Places,
    *,
    failed: bool,
    fail_on: str,
    copy: Path | None,
    notices: Sequence[str],
) -> dict[str, Any]:
    checked = loaded.checked

    def data(finding: Finding) -> dict[str, Any]:
        return finding_data(finding, places.find(finding.ref))

    return {
        "schema": SCHEMA,
        "ok": not failed,
        "workbook": str(workbook),
        "layout": loaded.layout.id,
        "as_of": loaded.report.as_of.isoformat() if loaded.report.as_of else None,
        "fail_on": fail_on,
        "counts": {
            **{severity.value: checked.count(severity) for severity in Severity},
            "waived": len(checked.explained),
        },
        "findings": findings_data(checked, lambda finding: places.find(finding.ref)),
        "waived": [
            {**data(explained.finding), "waiver": _waiver_data(explained.waiver)}
            for explained in checked.explained
        ],
        "annotated": str(copy) if copy else None,
        "notices": list(notices),
    }


def _waiver_data(waiver: Waiver) -> dict[str, Any]:
    ref = waiver.cell("rule")
    return {
        "reason": waiver.reason,
        "officer": waiver.officer,
        "expires": waiver.expires.isoformat() if waiver.expires else None,
        "sheet": ref.sheet if ref else None,
        "row": ref.row if ref else None,
    }


# --- the annotated copy --------------------------------------------------------------------------


def _copy_path(copy: Path, workbook: Path) -> Path:
    """Return where the copy goes. Raises OutputError where that is not a new workbook."""
    if copy.is_dir():
        copy = copy / f"{workbook.stem}-批注{workbook.suffix}"
    elif copy.suffix == "":
        copy = copy.with_name(copy.name + workbook.suffix)
    if copy.suffix.lower() != workbook.suffix.lower():
        raise OutputError(
            f"批注副本与原工作簿的类型应当相同，不能是 {copy.suffix}",
            hint=f"写成 {copy.with_suffix(workbook.suffix).name}",
        )
    if copy.exists() and workbook.exists() and copy.samefile(workbook):
        raise OutputError("批注副本写的正是原工作簿，没有改动它", hint="换一个文件名")
    return copy


def _annotate(loaded: Loaded, places: Places, copy: Path) -> tuple[str, ...]:
    """Write the copy; return what the officer has to know about it."""
    from perfgen.annotated import annotated_copy  # noqa: PLC0415
    from perfgen.workbook.annotating import is_annotated  # noqa: PLC0415

    if copy.is_file() and not is_annotated(copy.read_bytes()):
        raise OutputError(
            f"{copy} 已经存在，又不是批注副本，没有覆盖", hint="换一个文件名，或先移走它"
        )
    progress(f"写批注 {copy.name}")
    annotated = annotated_copy(loaded, places)
    write_whole({copy: annotated.content})
    return annotated.notices
