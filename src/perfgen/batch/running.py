"""Working through many tasks at once (并行处理): a thread for each seat, and one way out for all.

A task whose worker was lost is tried once more, alone, when all others are done; then it is told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Protocol

from perfgen.batch.desk import Desk, Task
from perfgen.batch.jobs import Ended, Job, Lost, Made, Trouble
from perfgen.batch.outcomes import Outcome, failed

_LOOK = 0.1
"""Seconds between two looks for Ctrl-C."""


class Place(Protocol):
    """Where jobs are done, one after the other: a child process here, or a machine elsewhere."""

    def do(self, job: Job) -> Made:
        """Return what becomes of a job. Raises Lost or Ended."""

    def stop(self) -> None:
        """Let the call that waits come back at once, with Lost."""

    def close(self) -> None:
        """Give back what the place holds."""


Places = Callable[[int], Sequence[Place]]
"""Makes so many places, or fewer."""


def run(
    tasks: Sequence[Task], desk: Desk, places: Places, count: int
) -> Generator[Outcome, None, None]:
    """Yield each outcome as it comes.

    When the caller stops listening, as by Ctrl-C, the workers are stopped, and what is being
    written is written to its end. Raises the PerfgenError by which a place can serve no more.
    """
    again: list[Task] = []

    def lost_first(task: Task, _: Lost) -> None:
        again.append(task)

    def lost_again(task: Task, lost: Lost) -> Outcome:
        hint = "单独重做了一次，还是这样；单独运行这一个看看，其余的不受影响"
        return failed(task.workbook, Trouble(str(lost), hint))

    yield from _run(tasks, desk, places, count, lost_first)
    for task in again:
        yield from _run((task,), desk, places, 1, lost_again)


def _run(
    tasks: Sequence[Task],
    desk: Desk,
    places: Places,
    count: int,
    when_lost: Callable[[Task, Lost], Outcome | None],
) -> Iterator[Outcome]:
    left = deque(tasks)
    results: SimpleQueue[Outcome | BaseException | None] = SimpleQueue()
    stop = Event()

    def serve(place: Place) -> None:
        try:
            while not stop.is_set():
                try:
                    task = left.popleft()
                except IndexError:
                    break
                try:
                    results.put(desk.handle(task, place.do))
                except Lost as lost:
                    if not stop.is_set():
                        outcome = when_lost(task, lost)
                        if outcome is not None:
                            results.put(outcome)
        except BaseException as error:  # the caller raises it
            results.put(error)
        finally:
            results.put(None)

    with _working(places(min(count, len(tasks))) if tasks else (), serve, stop) as threads:
        running = len(threads)
        while running:
            try:
                result = results.get(timeout=_LOOK)
            except Empty:
                continue
            if result is None:
                running -= 1
            elif isinstance(result, Ended):
                raise result.error
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result


@contextmanager
def _working(
    places: Sequence[Place], serve: Callable[[Place], None], stop: Event
) -> Iterator[Sequence[Thread]]:
    """Threads that serve, one for each place; all are over when this is."""
    threads = [Thread(target=serve, args=(place,), name="perfgen-batch") for place in places]
    try:
        for thread in threads:
            thread.start()
        yield threads
    finally:
        stop.set()
        for place in places:
            place.stop()
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        for place in places:
            place.close()
