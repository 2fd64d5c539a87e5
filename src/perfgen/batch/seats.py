"""Where a job is done on this machine (工位): one warm child process, renewed before it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock

from perfgen.batch.jobs import Do, Job, Lost, Made, stumble
from perfgen.batch.work import do
from perfgen.bounds import MEGABYTE, Bounds, CallFailed, Limit, OutOfBounds, Worker

TIMEOUT = 600
"""Seconds that one workbook may take. The largest report that there is takes a tenth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What a child may use: `most` for one workbook; beyond `memory` or `count` it is renewed.

    Printers keep what they have made; a child that has grown gives it back only by ending.
    """

    seconds: int = TIMEOUT
    most: int = 2048 * MEGABYTE
    memory: int = 300 * MEGABYTE
    count: int = 250


class Seat:
    """A child process at which one thread has its jobs done, one after the other."""

    def __init__(self, renewal: Renewal, function: Do = do) -> None:
        """Start nothing yet: where all workbooks are as they were, no child is needed."""
        self._renewal = renewal
        self._do = function
        self._lock = Lock()
        self._stopped = False
        self._served = 0
        self._worker: Worker | None = None

    def do(self, job: Job) -> Made:
        """Return what the child makes of a job. Raises Lost where it ended before."""
        worker = self._ready()
        try:
            made = worker.call(self._do, job)
        except OutOfBounds as error:
            self._leave()
            raise Lost(self._why(error.limit)) from error
        except CallFailed as error:
            return Made(trouble=stumble(error))
        self._served += 1
        if worker.memory > self._renewal.memory or self._served >= self._renewal.count:
            self._leave()
        return made

    def stop(self) -> None:
        """Kill the child, whatever it does; the thread that waits for it gets Lost."""
        with self._lock:
            self._stopped = True
            if self._worker is not None:
                self._worker.kill()

    def close(self) -> None:
        """End the child; nobody waits for it any more."""
        self.stop()
        if self._worker is not None:
            self._worker.close()

    def _ready(self) -> Worker:
        with self._lock:
            if self._stopped:
                raise Lost("已经停下")
            if self._worker is None:
                self._worker, self._served = self._made(), 0
            return self._worker

    def _made(self) -> Worker:
        limits = self._renewal
        bounds = Bounds(seconds=limits.seconds, memory=limits.most, clock=limits.seconds)
        return Worker(bounds, (do.__module__,))

    def _leave(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def _why(self, limit: Limit) -> str:
        return {
            Limit.TIME: f"超过 {self._renewal.seconds} 秒没有做完，已停下",
            Limit.MEMORY: f"要用的内存超过 {self._renewal.most // MEGABYTE} MB，已停下",
            Limit.DIED: "处理它的进程中断了（内存不够，或者被结束）",
        }[limit]


class SharedSeat:
    """One of several threads at a few seats: while one writes, the child works for another."""

    def __init__(self, seats: Sequence[Seat], free: SimpleQueue[Seat]) -> None:
        """Share these seats, of which some are free."""
        self._seats = seats
        self._free = free

    def do(self, job: Job) -> Made:
        """Return what becomes of a job at the next seat that is free. Raises Lost."""
        seat = self._free.get()
        try:
            return seat.do(job)
        finally:
            self._free.put(seat)

    def stop(self) -> None:
        """Kill the children, whatever they do."""
        for seat in self._seats:
            seat.stop()

    def close(self) -> None:
        """End the children; nobody waits for them any more."""
        for seat in self._seats:
            seat.close()


def shared_seats(count: int, renewal: Renewal) -> list[SharedSeat]:
    """Return places for twice as many threads as there are children."""
    seats = [Seat(renewal) for _ in range(count)]
    free: SimpleQueue[Seat] = SimpleQueue()
    for seat in seats:
        free.put(seat)
    return [SharedSeat(seats, free) for _ in range(2 * count)]
