"""Work on several things at once, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
R = TypeVar("R")

_MOST = 61
"""Processes of a pool, at the most: Windows waits for no more at once."""


def side_by_side(work: Callable[[A, B], R], tasks: Sequence[tuple[A, B]]) -> Iterator[R]:
    """Yield the results of `work` for each task as they are ready; raise what it raises.

    Where processes cannot be started (a program read from a pipe), the work is done here. It must
    then bear being done twice for the same task.
    """
    if len(tasks) > 1:
        try:
            yield from _in_processes(work, tasks)
        except BrokenProcessPool:
            pass
        else:
            return
    for task in tasks:
        yield work(*task)


def _in_processes(work: Callable[[A, B], R], tasks: Sequence[tuple[A, B]]) -> Iterator[R]:
    workers = min(len(tasks), os.cpu_count() or 1, _MOST)
    # Spawned, not forked: a fork copies locks that other threads hold.
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawned) as pool:
        running = [pool.submit(work, *task) for task in tasks]
        try:
            for done in as_completed(running):
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
