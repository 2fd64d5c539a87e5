"""`perfgen cluster-check`: which workers a cluster has, and whether a batch may use them."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.batch.cluster.client import WorkerThere, connected, workers_there
from perfgen.batch.cluster.makes import Make, this_make
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.cluster_options import certificates, tls_options
from perfgen.cli.console import result, show_json, styled, verdict
from perfgen.cli.options import output_modes


@click.command(
    cls=ChineseCommand,
    lives_on=True,
    help="看一个 Dask 集群里有哪些工作进程，各用什么版本，能不能用来批量生成；退出码 1 表示不能。",
)
@click.argument("address", metavar="地址")
@tls_options
@output_modes
def cluster_check(
    address: str,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    as_json: bool,
    debug: bool,
) -> int:
    """Look at the workers of a cluster."""
    with connected(address, certificates(tls_ca, tls_cert, tls_key)) as client:
        workers = workers_there(client)
    usable = bool(workers) and not any(worker.differs() for worker in workers)
    if as_json:
        show_json({"ok": usable, "address": address, "here": _make_data(this_make()),
                   "workers": [_data(worker) for worker in workers]})  # fmt: skip
        return int(not usable)
    for worker in workers:
        told = worker.differs()
        mark = styled("✗", fg="red") if told else styled("✓", fg="green")
        words = f"不同：{'，'.join(told)}" if told else "与这里相同"
        result(f"{mark} {worker.address}  {worker.threads} 个线程  {words}")
    threads = sum(worker.threads for worker in workers)
    said = f"{address} 有 {len(workers)} 个工作进程，共 {threads} 个线程"
    verdict(said + ("，可以使用" if usable else "，不能使用"), good=usable)
    return int(not usable)


def _data(worker: WorkerThere) -> dict[str, object]:
    return {
        "address": worker.address,
        "threads": worker.threads,
        "ok": not worker.differs(),
        "make": _make_data(worker.make) if worker.make else None,
        "differs": list(worker.differs()),
    }


def _make_data(make: Make) -> dict[str, object]:
    return {
        "perfgen": make.perfgen,
        "code": make.code,
        "system": make.system,
        "python": make.python,
        "zlib": make.zlib,
        "wheels": dict(make.wheels),
    }
