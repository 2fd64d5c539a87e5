"""Bounds (限额): a call in a warm child process that may use so much time and memory, and no more.

What strangers wrote, such as a layout's template, runs there. Whatever it does, the caller goes on:
it gets the result, the error that the function raised, or `OutOfBounds`.

On Linux the system counts processor time and memory of the child. macOS counts the time alone, and
Windows the memory (a job object); there, and against a child that sleeps for ever, the clock is
the limit, which is generous.
"""

from __future__ import annotations

import atexit
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any, TypeVar

from perfgen.errors import PerfgenError

T = TypeVar("T")

MEGABYTE = 1024 * 1024
_PATIENCE = 6
"""Seconds of the clock for each second of processor time: a loaded machine is no fault."""
_LEAVING = 5
"""Seconds of the clock that a child has to end by itself."""


class Limit(Enum):
    """Which bound was hit, or that the child ended for a reason of its own."""

    TIME = "time"
    MEMORY = "memory"
    DIED = "died"


class OutOfBounds(Exception):
    """A call that hit a bound; its child is gone, and the next call gets a new one."""

    def __init__(self, limit: Limit) -> None:
        """Keep which bound it was."""
        super().__init__(limit.value)
        self.limit = limit


class CallFailed(Exception):
    """An error of the function's that is none of perfgen's own; the text is its traceback."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may use: `seconds` of processor time, `memory` in bytes.

    `clock` are the seconds that may pass meanwhile; a multiple of `seconds` where it is None.
    """

    seconds: int
    memory: int
    clock: float | None = None


class Worker:
    """A child process that serves one call after another, all within the same bounds.

    It starts when it is made, and again after a call that hit a bound. `modules` are imported
    before the first call comes. `memory` is what the child held after its last call, in bytes; 0
    where that is not known.
    """

    def __init__(self, bounds: Bounds, modules: Sequence[str] = ()) -> None:
        """Start the child; it gets ready while the caller does other things."""
        self._bounds = bounds
        self._modules = tuple(modules)
        self._lock = RLock()
        self.memory = 0
        self._start()

    def call(self, function: Callable[..., T], *args: Any) -> T:
        """Return what the function gives, run in the child; both must be picklable.

        Raises OutOfBounds where a bound is hit or the child dies, the PerfgenError that the
        function raises, or CallFailed for any other error of it.
        """
        with self._lock:
            if not self._process.is_alive():
                self._restart()
            try:
                self._connection.send((function, args))
                if not self._connection.poll(self._clock):
                    raise OutOfBounds(Limit.TIME)
                kind, value, self.memory = self._connection.recv()
            except (EOFError, OSError):
                limit = self._reason()
                self.close()
                raise OutOfBounds(limit) from None
            except BaseException:  # Ctrl-C, too: an answer that comes late is nobody's
                self.close()
                raise
        if kind == "value":
            return value  # type: ignore[no-any-return]
        if kind == "limit":
            raise OutOfBounds(value)
        raise value if kind == "error" else CallFailed(value)

    def close(self) -> None:
        """End the child, whatever it does."""
        with self._lock:
            self._connection.close()
            self.kill()
            self._process.join(_LEAVING)
            if self._process.is_alive():
                self._process.kill()
                self._process.join(_LEAVING)

    def kill(self) -> None:
        """Kill the child although another thread waits for it; that call raises OutOfBounds."""
        if self._process.is_alive():
            self._process.terminate()  # at once, and a tool that measures the child can save first

    @property
    def is_alive(self) -> bool:
        """Return whether the child is there; one that ended is started again by the next call."""
        return self._process.is_alive()

    @property
    def _clock(self) -> float:
        given = self._bounds.clock
        return self._bounds.seconds * _PATIENCE if given is None else given

    def _start(self) -> None:
        context = get_context("spawn")  # a fork would copy the threads' locks; Windows has none
        self._connection, other = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(other, self._bounds, self._modules), daemon=True
        )
        with _starting, _free_to_start(), _without_main(), _deaf_to_ctrl_c():
            self._process.start()
        other.close()

    def _restart(self) -> None:
        self.close()
        self._start()

    def _reason(self) -> Limit:
        """Why the child is gone."""
        self._process.join(_LEAVING)
        out_of_time = getattr(signal, "SIGXCPU", None)
        if out_of_time is not None and self._process.exitcode == -out_of_time:
            return Limit.TIME
        return Limit.DIED


_starting = RLock()
"""One child starts at a time: meanwhile the process is not what it is."""


@contextmanager
def _free_to_start() -> Iterator[None]:
    """Let a child start a child of its own.

    multiprocessing forbids it, for fear of orphans; ours end by themselves when their pipe closes.
    """
    config: dict[str, Any] = getattr(current_process(), "_config", {})
    was = config.pop("daemon", None)
    try:
        yield
    finally:
        if was is not None:
            config["daemon"] = was


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let a child start with Ctrl-C blocked: it would end in words of Python's own.

    The signal waits meanwhile, and reaches the caller afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_main() -> Iterator[None]:
    """Let a child start without the caller's main program, which spawning would run again.

    That program may have no guard, or no file at all; what a child calls stands in modules.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


_workers: dict[tuple[Bounds, tuple[str, ...]], Worker] = {}
_workers_lock = RLock()


def worker_for(bounds: Bounds, modules: Sequence[str] = ()) -> Worker:
    """Return this process's warm worker for these bounds; it is started at the first call."""
    key = bounds, tuple(modules)
    with _workers_lock:
        if key not in _workers:
            if not _workers:
                atexit.register(close_workers)
            _workers[key] = Worker(bounds, modules)
        return _workers[key]


def close_workers() -> None:
    """End all warm workers of this process."""
    with _workers_lock:
        while _workers:
            _workers.popitem()[1].close()


# --- in the child --------------------------------------------------------------------------------


def _serve(connection: Connection, bounds: Bounds, modules: Sequence[str]) -> None:
    """Answer calls until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's to answer
    if signal.getsignal(signal.SIGTERM) is signal.SIG_IGN:  # a caller who will not be ended
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _bound_memory(bounds.memory)
    for module in modules:
        importlib.import_module(module)
    while True:
        try:
            function, args = connection.recv()
        except (EOFError, OSError):
            return
        _bound_time(bounds.seconds)
        answer = _answer(function, args)
        del function, args
        try:
            connection.send((*answer, resident_memory()))
        except OSError:  # the caller is gone
            return
        del answer


def _answer(function: Callable[..., Any], args: Sequence[Any]) -> tuple[str, Any]:
    try:
        return "value", function(*args)
    except MemoryError:
        return "limit", Limit.MEMORY
    except PerfgenError as error:
        return "error", error
    except Exception:  # whatever it is, the caller hears of it
        return "failed", traceback.format_exc()


def resident_memory() -> int:
    """Return the memory that this process holds, in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return _most_memory()


if sys.platform == "win32":
    from perfgen.windows_job import bound_memory as _bound_memory

    def _most_memory() -> int:
        return 0

    def _bound_time(seconds: int) -> None:
        """Windows has no bound of processor time for a running process: the clock decides."""

else:
    import resource

    def _most_memory() -> int:
        """macOS tells the most that there ever was, in bytes; for what is there it has no call."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def _bound_memory(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or size <= hard:
            resource.setrlimit(resource.RLIMIT_DATA, (size, hard))

    def _bound_time(seconds: int) -> None:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(usage.ru_utime + usage.ru_stime) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if hard == resource.RLIM_INFINITY or spent + seconds <= hard:
            resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))
