"""`perfgen batch`: the documents of many workbooks, in parallel, and one table of all of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import click

from perfgen.batch.cluster.security import Certificates
from perfgen.batch.desk import Desk, Plan, Task
from perfgen.batch.finding import Wanted
from perfgen.batch.jobs import Aim
from perfgen.batch.outcomes import Outcome
from perfgen.batch.running import Places, run
from perfgen.batch.seats import TIMEOUT, Renewal, shared_seats
from perfgen.cli.batch_showing import show_interrupted, show_table
from perfgen.cli.batch_tasks import Asked, prepare
from perfgen.cli.chinese import ChineseCommand, choice
from perfgen.cli.cluster_options import certificates, tls_options
from perfgen.cli.destination import DEFAULT_FORMATS, as_formats
from perfgen.cli.options import PATH, as_of_option, layout_options, output_modes
from perfgen.cli.progress import shown_progress
from perfgen.errors import OutputError
from perfgen.model.finding import Severity
from perfgen.rebuild import KEPT
from perfgen.settings import OUTPUTS

INTERRUPTED = 130


@click.command(
    cls=ChineseCommand,
    lives_on=True,
    help="一次生成许多工作簿的报告：找出文件夹里的全部工作簿，几个进程同时做，最后列出结果表。"
    "没有变化的跳过；中途停下，再运行一次就接着做。",
)
@click.argument("places", nargs=-1, required=True, type=PATH, metavar="文件夹或工作簿...")
@click.option("-o", "--output", type=PATH, metavar="文件夹", help=f"放到哪个文件夹，默认 {OUTPUTS}")
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="个数",
              help="同时用几个进程，默认与处理器核数相同")  # fmt: skip
@click.option("--include", multiple=True, metavar="写法",
              help="只做符合的，如 *自评*.xlsx，可以写多次")  # fmt: skip
@click.option("--exclude", multiple=True, metavar="写法", help="不做符合的，可以写多次")
@click.option(
    "--format", "formats", callback=as_formats, metavar="格式",
    help="docx、pdf、html，用逗号分开；默认 docx,pdf",
)  # fmt: skip
@click.option("--check-only", is_flag=True, help="只检查，不生成报告")
@click.option(
    "--fail-on", default="error", callback=choice(("error", "warning", "info")), metavar="级别",
    help="与 --check-only 同用：达到哪一级算不通过：error（默认）、warning、info",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="检查有错误的不生成")
@click.option("--disclose", is_flag=True, help="生成公开用的 PDF、校验码和公开审核单")
@click.option("--annotate", is_flag=True, help="另存加了批注和底色的工作簿，放在报告旁边")
@click.option("--force", is_flag=True, help="没有变化也重新生成")
@click.option(
    "--keep", type=click.IntRange(min=1), default=KEPT, metavar="次数",
    help="每份保留最近几次生成的文件，默认 5",
)  # fmt: skip
@click.option("--annex", "annexes", multiple=True, metavar="附件",
              help="在最后附上，如 adjustments，可以写多次")  # fmt: skip
@as_of_option
@click.option("--fonts", type=PATH, multiple=True, metavar="文件夹", help="字体文件夹，可以写多次")
@click.option("--timeout", type=click.IntRange(min=1), default=TIMEOUT, metavar="秒",
              help=f"一个工作簿最多用多少秒，默认 {TIMEOUT}")  # fmt: skip
@click.option("--cluster", metavar="地址", help="用一个 Dask 集群做，如 tls://主机:8786")
@click.option("--shared", is_flag=True,
              help="与 --cluster 同用：各台机器看得到同一个文件夹，工作簿不必发送")  # fmt: skip
@tls_options
@layout_options
@output_modes
def batch(
    places: tuple[Path, ...],
    output: Path | None,
    jobs: int | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    formats: tuple[str, ...],
    check_only: bool,
    fail_on: str,
    strict: bool,
    disclose: bool,
    annotate: bool,
    force: bool,
    keep: int,
    annexes: tuple[str, ...],
    as_of: date | None,
    fonts: tuple[Path, ...],
    timeout: int,
    cluster: str | None,
    shared: bool,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    layout_id: str | None,
    layouts: tuple[Path, ...],
    as_json: bool,
    debug: bool,
) -> int:
    """Build the documents of many workbooks."""
    if check_only and disclose:
        raise click.UsageError("--check-only 和 --disclose 只能写一个")
    if output is not None and output.suffix and not output.is_dir():
        raise OutputError(f"-o 后面要写文件夹，不能是 {output.name}", hint="如 -o 报送")
    asked = Asked(
        output=output, layout_id=layout_id, layouts=layouts, fonts=fonts, annexes=annexes,
        as_of=as_of, formats=() if check_only else formats or DEFAULT_FORMATS,
    )  # fmt: skip
    plan = Plan(
        aim=Aim.CHECK if check_only else Aim.DISCLOSE if disclose else Aim.BUILD,
        strict=strict, annotate=annotate, force=force, keep=keep, fail_on=Severity(fail_on),
        shared=shared,
    )  # fmt: skip
    started = time.monotonic()
    tasks, outcomes = prepare(places, Wanted(include, exclude), asked)
    names = [*(one.workbook for one in outcomes), *(task.workbook for task in tasks)]
    order = {name: place for place, name in enumerate(names)}
    desk = Desk(plan)
    begun = len(outcomes)
    renewal = Renewal(seconds=timeout)
    with (
        _on_cluster(cluster, certificates(tls_ca, tls_cert, tls_key), tasks, desk, renewal)
        if cluster
        else _on_this_machine(renewal)
    ) as (seats, count):
        finished = _work_through(tasks, desk, seats, jobs or count, outcomes)
    if not finished:
        show_interrupted(begun + len(desk.finished), len(order))
        return INTERRUPTED
    outcomes.sort(key=lambda outcome: order[outcome.workbook])
    seconds = time.monotonic() - started
    return show_table(outcomes, output or Path(OUTPUTS), seconds, as_json=as_json)


def _work_through(
    tasks: Sequence[Task], desk: Desk, places: Places, count: int, outcomes: list[Outcome]
) -> bool:
    """Add the outcome of each task to `outcomes`; False where Ctrl-C came before the end."""
    label = "检查" if desk.plan.aim is Aim.CHECK else "生成"
    try:
        with closing(run(tasks, desk, places, count)) as working:
            outcomes.extend(shown_progress(working, len(tasks), label))
    except KeyboardInterrupt:
        return False
    return True


@contextmanager
def _on_this_machine(renewal: Renewal) -> Iterator[tuple[Places, int]]:
    """Child processes of this machine: what makes them, and how many are best."""
    yield (lambda count: shared_seats(count, renewal)), _cores()


@contextmanager
def _on_cluster(
    address: str, certified: Certificates, tasks: Sequence[Task], desk: Desk, renewal: Renewal
) -> Iterator[tuple[Places, int]]:
    """Workers of a cluster, in the same way."""
    from perfgen.batch.cluster.client import cluster_at  # noqa: PLC0415  (an extra)
    from perfgen.batch.cluster.luggage import pack  # noqa: PLC0415

    printing = any(desk.plan.prints_pdf(task.request) for task in tasks)
    requests = [task.request for task in tasks]
    with cluster_at(
        address, certified, lambda: pack(requests, prints_pdf=printing), renewal
    ) as cluster:
        yield cluster.places, cluster.wanted


def _cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
