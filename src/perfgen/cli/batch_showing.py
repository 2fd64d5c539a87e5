"""How a batch is told of at its end: the table, what went wrong, and the line with the verdict."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from perfgen.batch.finding import RESULTS
from perfgen.batch.outcomes import (
    Outcome,
    Verdict,
    commonest,
    exit_code,
    notices_of,
    tally,
)
from perfgen.batch.sheets import results_bytes
from perfgen.batch.table import SCHEMA, table_data, table_lines
from perfgen.cli.console import COLOURS, note, result, show_error, show_json, styled, verdict
from perfgen.cli.progress import duration
from perfgen.errors import OutputError
from perfgen.files import write_whole

MOST_LINES = 60
"""Workbooks that are listed on a terminal; where there are more, only those that went wrong."""

MOST_TROUBLES = 20
MOST_PLACES = 3
CANNOT_RUN = 2


def show_table(outcomes: Sequence[Outcome], home: Path, seconds: float, *, as_json: bool) -> int:
    """Write 汇总.xlsx, print the table, and return the exit code."""
    file: Path | None = home / RESULTS
    code = exit_code(outcomes)
    try:
        write_whole({home / RESULTS: results_bytes(outcomes, home)})
    except OutputError as error:  # the documents are there all the same
        show_error(error)
        file, code = None, CANNOT_RUN
    if as_json:
        said = {"schema": SCHEMA, "ok": code == 0, "results": str(file) if file else None}
        show_json(said | table_data(outcomes, seconds))
        return code
    for line in table_lines(_listed(outcomes)):
        result(line)
    result()
    _show_commonest(outcomes)
    _show_troubles(outcomes)
    for notice in notices_of(outcomes):
        note(f"{styled('注意', fg='cyan')} {notice}")
    for outcome in outcomes:
        for aside in outcome.aside:
            note(f"{styled('注意', fg='yellow')} 原来的文件改过或换过，保留在 {aside}")
    counts = "，".join(f"{one.value} {count}" for one, count in tally(outcomes).items())
    where = f"；结果表 {file}" if file else ""
    verdict(f"{len(outcomes)} 个工作簿：{counts}；用时 {duration(seconds)}{where}", good=code == 0)
    return code


def show_interrupted(done: int, total: int) -> None:
    """Say how far the batch came before Ctrl-C."""
    note(f"已中断：{total} 个工作簿做完了 {done} 个；再运行一次，接着做其余的")


def _listed(outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    if len(outcomes) <= MOST_LINES or not sys.stdout.isatty():
        return outcomes
    bad = (Verdict.FAILED, Verdict.REFUSED)
    return [outcome for outcome in outcomes if outcome.verdict in bad]


def _show_commonest(outcomes: Sequence[Outcome]) -> None:
    found = commonest(outcomes)
    if not found:
        return
    result("最常见的问题：")
    for one in found:
        label = styled(f"{one.severity.label}[{one.code}]", fg=COLOURS[one.severity])
        result(f"  {label} {one.title}：{one.workbooks} 个工作簿，{one.findings} 处")
    result()


def _show_troubles(outcomes: Sequence[Outcome]) -> None:
    troubles = [one for one in outcomes if one.trouble]
    for outcome in troubles[:MOST_TROUBLES]:
        trouble = outcome.trouble
        assert trouble is not None, "only those with trouble come here"
        note(f"{styled('未完成', fg='red')} {styled(str(outcome.workbook), bold=True)}")
        note(f"  {trouble.message}")
        for place in trouble.places[:MOST_PLACES]:
            note(f"  {place}")
        if len(trouble.places) > MOST_PLACES:
            note(f"  …… 另有 {len(trouble.places) - MOST_PLACES} 处")
        if trouble.hint:
            note(f"  建议：{trouble.hint}")
    if len(troubles) > MOST_TROUBLES:
        note(f"另有 {len(troubles) - MOST_TROUBLES} 个没有完成，见结果表的“未完成”")
