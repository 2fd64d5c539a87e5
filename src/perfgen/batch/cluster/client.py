"""The side that asks (客户端): connects, looks at who is there, sends jobs and waits for each."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any

from perfgen.batch.cluster.makes import Make, differences, this_make
from perfgen.batch.cluster.security import (
    Certificates,
    ClusterError,
    check_workers,
    secured,
)
from perfgen.batch.jobs import Ended, Job, Lost, Made
from perfgen.batch.seats import Renewal

if TYPE_CHECKING:
    from distributed import Client

    from perfgen.batch.cluster.luggage import Luggage

PATIENCE = 10
"""Seconds to wait for a scheduler that does not answer."""

WITHOUT_WORKERS = 120
"""Seconds to wait for a worker where all are gone; a nanny makes a new one in a few."""

_LOOK = 1.0
_MOST_AT_ONCE = 64
_EACH = 2
"""Jobs that are on their way for each thread, so that none waits for the network."""


@dataclass(frozen=True, slots=True)
class WorkerThere:
    """A worker: its address, its threads, and what it builds with (or why that is not known)."""

    address: str
    threads: int
    make: Make | None
    trouble: str = ""

    def differs(self) -> Sequence[str]:
        """Return in what it differs from this machine; nothing where it may be used."""
        if self.make is None:
            return (self.trouble,)
        return differences(this_make(), self.make)


@contextmanager
def connected(address: str, certificates: Certificates) -> Iterator[Client]:
    """Talk to a scheduler. Raises ClusterError where that cannot be done, or is not safe."""
    try:
        security = secured(address, certificates)
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise ClusterError(
            "没有安装集群需要的 dask.distributed", hint="运行 pip install 'perfgen[cluster]'"
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told by us
    try:
        client = Client(address, security=security, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # OSError, TimeoutError, ssl errors, CommClosedError and others
        raise ClusterError(
            f"连不上集群 {address}（{type(error).__name__}）",
            hint="检查地址、端口和证书，以及调度程序是不是开着：perfgen cluster-check",
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=PATIENCE)


def workers_there(client: Client) -> list[WorkerThere]:
    """Return the workers that are connected, in order of their addresses.

    Raises ClusterError where one talks plainly over the network.
    """
    threads: Mapping[str, int] = client.nthreads()
    check_workers(threads)
    makes = client.run(this_make, on_error="return") if threads else {}
    return [_worker(address, threads[address], makes.get(address)) for address in sorted(threads)]


def _worker(address: str, threads: int, answer: Any) -> WorkerThere:
    if isinstance(answer, Make):
        return WorkerThere(address, threads, answer)
    if isinstance(answer, ImportError | AttributeError):
        return WorkerThere(address, threads, None, "没有安装 perfgen，或版本太旧")
    return WorkerThere(address, threads, None, f"没有回答（{type(answer).__name__}）")


def check_makes(workers: Sequence[WorkerThere]) -> None:
    """Raise ClusterError where there is no worker, or one of another make."""
    if not workers:
        raise ClusterError("集群里没有工作进程", hint="先启动工作进程，做法见 docs/扩展.md")
    for worker in workers:
        if told := worker.differs():
            raise ClusterError(
                f"工作进程 {worker.address} 与这里不同：{'，'.join(told)}；"
                "生成的文件会不一样，没有开始",
                hint="各台机器装同样的 perfgen（同一个锁文件）和 Python；"
                "perfgen cluster-check 列出全部",
            )


class Cluster:
    """A cluster on which the bench of this batch stands."""

    def __init__(self, client: Client, bench: str, threads: int) -> None:
        """Know whom to ask."""
        self._client = client
        self._bench = bench
        self.threads = threads

    @property
    def wanted(self) -> int:
        """Return how many jobs are best on their way at once."""
        return min(self.threads * _EACH, _MOST_AT_ONCE)

    def places(self, count: int) -> list[RemotePlace]:
        """Return so many places, each for one job at a time."""
        return [RemotePlace(self._client, self._bench) for _ in range(count)]


@contextmanager
def cluster_at(
    address: str, certificates: Certificates, pack: Callable[[], Luggage], renewal: Renewal
) -> Iterator[Cluster]:
    """Set a bench up on every worker of a cluster; the luggage is packed once that is allowed.

    Raises ClusterError where there is no cluster that can be used.
    """
    with connected(address, certificates) as client:
        from perfgen.batch.cluster.bench import Bench  # noqa: PLC0415  (an extra)

        workers = workers_there(client)
        check_makes(workers)
        name = f"perfgen-{secrets.token_hex(8)}"
        try:
            client.register_plugin(Bench(name, pack(), renewal, this_make()), name=name)
        except Exception as error:  # whatever went wrong on a worker comes back as it is
            raise ClusterError(
                f"工作进程准备不好（{type(error).__name__}: {error}）", hint="检查它们的磁盘空间"
            ) from error
        try:
            yield Cluster(client, name, sum(worker.threads for worker in workers))
        finally:
            _take_away(client, name)


def _take_away(client: Client, name: str) -> None:
    try:
        client.unregister_worker_plugin(name)
    except Exception:  # a cluster that is gone has nothing to take away
        logging.getLogger(__name__).debug("no bench to take away", exc_info=True)


class RemotePlace:
    """One job at a time, wherever Dask sends it. A worker that is lost costs a second try there."""

    def __init__(self, client: Client, bench: str) -> None:
        """Know whom to ask."""
        self._client = client
        self._bench = bench
        self._stopped = Event()

    def do(self, job: Job) -> Made:
        """Return what a worker makes of a job. Raises Lost, or Ended where nobody is there."""
        from perfgen.batch.cluster.bench import do_at  # noqa: PLC0415  (an extra)

        future = self._client.submit(do_at, self._bench, job, pure=False)
        try:
            return self._answer(future)
        finally:
            future.release()

    def stop(self) -> None:
        """Wait no longer."""
        self._stopped.set()

    def close(self) -> None:
        """Hold nothing."""

    def _answer(self, future: Any) -> Made:
        from distributed import KilledWorker  # noqa: PLC0415  (an extra)
        from distributed import TimeoutError as StillWaiting  # noqa: PLC0415

        from perfgen.batch.cluster.bench import OtherMake  # noqa: PLC0415

        alone_since: float | None = None
        while True:
            try:
                made: Made = future.result(timeout=_LOOK)
                return made
            except StillWaiting:
                if self._stopped.is_set():
                    future.cancel()
                    raise Lost("已经停下") from None
                alone_since = self._look_for_workers(alone_since)
            except (Lost, Ended):
                raise
            except KilledWorker as error:
                raise Lost("处理它的几个工作进程都中断了") from error
            except OtherMake as error:
                raise Ended(_other_make(error)) from error
            except (CancelledError, OSError) as error:
                raise Ended(
                    ClusterError(
                        f"与集群的联系断了（{type(error).__name__}）",
                        hint="做完的已经写好；调度程序恢复以后再运行一次，接着做其余的",
                    )
                ) from error

    def _look_for_workers(self, alone_since: float | None) -> float | None:
        """Since when there has been no worker; None where there is one. Raises Ended or OSError."""
        if self._client.nthreads():
            return None
        now = time.monotonic()
        if alone_since is not None and now - alone_since > WITHOUT_WORKERS:
            raise Ended(
                ClusterError(
                    f"{WITHOUT_WORKERS} 秒没有一个工作进程",
                    hint="做完的已经写好；启动工作进程以后再运行一次，接着做其余的",
                )
            )
        return alone_since or now


def _other_make(error: Any) -> ClusterError:
    told = "，".join(differences(this_make(), error.make))
    return ClusterError(
        f"中途加入的工作进程 {error.worker} 与这里不同：{told}，已停下",
        hint="做完的已经写好；让各台机器装同样的 perfgen，再运行一次",
    )
