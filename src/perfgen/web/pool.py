"""Where work is done (工位): a few warm child processes, each within bounds of time and memory.

A task is asked for by its key; while it runs, asking again gives the same ticket. A task that is
stopped, or hits a bound, takes its child with it, and nobody else's work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from queue import PriorityQueue, SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from perfgen.bounds import MEGABYTE, Bounds, CallFailed, Limit, OutOfBounds, Worker
from perfgen.errors import PerfgenError
from perfgen.web.tasks import MODULES

SEATS = 2
BOUNDS = Bounds(seconds=300, memory=2048 * MEGABYTE)
RENEWED = 700 * MEGABYTE
"""A child that holds more after a call is replaced: printers keep what they have made."""

STOPPED = "已停下"
_WHY = {
    Limit.TIME: "超过时间上限，已停下。工作簿可能太大，或者里面有异常的内容",
    Limit.MEMORY: "要用的内存太多，已停下。工作簿可能太大，或者里面有异常的内容",
    Limit.DIED: "处理它的进程中断了（内存不够，或者被结束）",
}

Key = tuple[str, ...]


@dataclass(slots=True)
class Ticket:
    """A task that was asked for. `trouble` says why it came to nothing; empty while it may."""

    progress: Path
    trouble: str = ""
    _over: Event = field(default_factory=Event)
    _worker: Worker | None = None
    _stopped: bool = False
    _lock: Lock = field(default_factory=Lock)

    @property
    def done(self) -> bool:
        """Return whether the task came to an end, good or bad."""
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, but not for long; return whether it came."""
        return self._over.wait(seconds)

    def stop(self) -> None:
        """Stop the task, whether it waits or runs."""
        with self._lock:
            self._stopped = True
            if self._worker is not None:
                self._worker.kill()

    def stage(self) -> str:
        """Return the line of its progress."""
        try:
            return self.progress.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return "排队" if self._worker is None else "开始"

    def _begin(self, worker: Worker) -> bool:
        with self._lock:
            if not self._stopped:
                self._worker = worker
            return not self._stopped

    def _end(self, trouble: str = "") -> None:
        with self._lock:
            self._worker = None
            self.trouble = STOPPED if self._stopped and trouble else trouble
        self._over.set()


@dataclass(frozen=True, slots=True)
class Task:
    """What a child is to do: a function with its arguments, and what to do with its answer.

    `failed` is told a PerfgenError that the function raised. What waits `behind` lets others pass:
    one of many that nobody looks at yet.
    """

    function: Callable[..., Any]
    arguments: Sequence[Any]
    finish: Callable[[Any], None]
    failed: Callable[[PerfgenError], None]
    behind: bool = False


_Waiting = tuple[int, int, tuple[Key, Ticket, Task] | None]
"""What waits: its rank, its number among all, and what is asked; None ends a thread."""

_FIRST = -1


class Pool:
    """A few children, and the tickets of what they do."""

    def __init__(self, seats: int = SEATS, bounds: Bounds = BOUNDS) -> None:
        """Start nothing yet: the first page is to come soon."""
        self._bounds = bounds
        self._seats = seats
        self._free: SimpleQueue[Worker] = SimpleQueue()
        self._workers: set[Worker] = set()
        self._waiting: PriorityQueue[_Waiting] = PriorityQueue()
        self._numbers = count()
        self._tickets: dict[Key, Ticket] = {}
        self._lock = Lock()

    def warm(self) -> None:
        """Start the children, if they are not there."""
        with self._lock:
            missing = self._seats - len(self._workers)
            for _ in range(missing):
                self._free.put(self._new())
                Thread(target=self._serve, name="perfgen-web", daemon=True).start()

    def ticket(self, key: Key) -> Ticket | None:
        """Return the ticket of a task that was asked for and did not come to its end."""
        with self._lock:
            return self._tickets.get(key)

    def ask(self, key: Key, progress: Path, task: Task) -> Ticket:
        """Have a task done, unless it is being done; return its ticket."""
        self.warm()
        with self._lock:
            known = self._tickets.get(key)
            if known is not None and not known.done:
                return known
            ticket = self._tickets[key] = Ticket(progress)
        progress.unlink(missing_ok=True)
        self._waiting.put((int(task.behind), next(self._numbers), (key, ticket, task)))
        return ticket

    def forget(self, key: Key) -> None:
        """Forget how a task ended, so that it may be tried again."""
        with self._lock:
            ticket = self._tickets.pop(key, None)
        if ticket is not None:
            ticket.stop()

    def forget_all(self, first: str = "") -> None:
        """Stop and forget all tasks whose key begins with `first`; all there are without it."""
        with self._lock:
            keys = [key for key in self._tickets if not first or key[0] == first]
        for key in keys:
            self.forget(key)

    def close(self) -> None:
        """End all children, whatever they do."""
        with self._lock:
            tickets, workers = list(self._tickets.values()), list(self._workers)
        for ticket in tickets:
            ticket.stop()
        for worker in workers:
            self._waiting.put((_FIRST, next(self._numbers), None))
            worker.kill()

    def _new(self) -> Worker:
        worker = Worker(self._bounds, MODULES)
        self._workers.add(worker)
        return worker

    def _serve(self) -> None:
        """Do one task after the other, until the pool is closed."""
        while (asked := self._waiting.get()[2]) is not None:
            self._do(*asked)

    def _do(self, key: Key, ticket: Ticket, task: Task) -> None:
        worker = self._free.get()
        trouble = STOPPED
        try:
            if ticket._begin(worker):
                trouble = self._call(worker, task)
        except Exception as error:  # the officer hears of it, and the seat is free again
            trouble = f"perfgen 自身出了错：{type(error).__name__}: {error}"
        finally:
            ticket._end(trouble)
            if not trouble:
                with self._lock:
                    if self._tickets.get(key) is ticket:
                        del self._tickets[key]
            self._free.put(self._fit(worker))

    def _call(self, worker: Worker, task: Task) -> str:
        """Have it done; return what was in the way, if anything."""
        try:
            answer = worker.call(task.function, *task.arguments)
        except OutOfBounds as error:
            return _WHY[error.limit]
        except PerfgenError as error:
            task.failed(error)
            return ""
        except CallFailed as error:
            last = str(error).strip().splitlines()[-1]
            return f"perfgen 自身出了错：{last}。把工作簿交给技术人员"
        task.finish(answer)
        return ""

    def _fit(self, worker: Worker) -> Worker:
        """The same child, or a new one where it ended or has grown."""
        if worker.is_alive and worker.memory <= RENEWED:
            return worker
        worker.close()
        with self._lock:
            self._workers.discard(worker)
            return self._new()
