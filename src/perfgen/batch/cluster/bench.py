"""What stands on each worker of a cluster (工作台): the luggage, and a seat for each thread.

A worker's threads only wait; the work is done in child processes as on one machine, so that a
workbook that hangs or takes all memory costs that child, and not the worker.
"""

from __future__ import annotations

import shutil
from collections import deque
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from perfgen.batch.cluster.luggage import Luggage, do_far_away, unpack
from perfgen.batch.cluster.makes import Make, this_make
from perfgen.batch.jobs import Job, Lost, Made
from perfgen.batch.seats import Renewal, Seat


class OtherMake(Exception):
    """A worker that joined later and builds with something else; `make` is what it has."""

    def __init__(self, worker: str, make: Make) -> None:
        """Keep who it is and what it builds with."""
        super().__init__(worker, make)
        self.worker = worker
        self.make = make


class Bench(WorkerPlugin):
    """Set up by Dask on each worker, those that join later, too."""

    idempotent = True

    def __init__(self, name: str, luggage: Luggage, renewal: Renewal, make: Make) -> None:
        """Pack what every worker gets; `name` tells one batch's bench from another's."""
        self.name = name
        self._luggage = luggage
        self._renewal = renewal
        self._make = make

    def setup(self, worker: Any) -> None:
        """Unpack."""
        self._home = Path(worker.local_directory) / self.name
        self._lock = Lock()
        self._idle: deque[Seat] = deque()
        self._seats: list[Seat] = []
        self._address = str(worker.address)
        unpack(self._luggage, self._home)
        self._luggage = Luggage({}, self._luggage.places, self._luggage.environment)

    def teardown(self, worker: Any) -> None:
        """End the children, and take the luggage away."""
        for seat in self._seats:
            seat.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def do(self, job: Job) -> Made:
        """Return what becomes of a job, done at a seat that is free. Raises Lost or OtherMake."""
        if this_make() != self._make:
            raise OtherMake(self._address, this_make())
        seat = self._free_seat()
        try:
            return seat.do(job)
        finally:
            self._idle.append(seat)

    def _free_seat(self) -> Seat:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            seat = Seat(self._renewal, partial(do_far_away, str(self._home), self._luggage))
            self._seats.append(seat)
            return seat


def do_at(bench: str, job: Job) -> Made:
    """Do a job at the bench of the worker on which this runs. Raises Lost or OtherMake."""
    plugin = get_worker().plugins.get(bench)
    if not isinstance(plugin, Bench):
        raise Lost("工作进程还没有准备好")
    return plugin.do(job)
