"""A real Dask scheduler and its workers, each a process of its own on the loopback."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from patience import WAIT
from perfgen.batch.cluster.client import connected
from perfgen.batch.cluster.security import Certificates

SOURCE = Path(__file__).parents[2] / "src"
LEAVING = 60
"""Seconds for a worker to end its children; it is there in one or two."""


class FarWorkers:
    """A scheduler, and workers that come and go."""

    def __init__(self, folder, *options, scheme="tcp"):
        self.folder = folder
        self.options = options
        self.processes = []
        ready = folder / "scheduler.json"
        self._start("dask_scheduler", "--port", "0", "--scheduler-file", ready,
                    "--protocol", scheme)  # fmt: skip
        self._ready = ready
        wait_for(lambda: ready.is_file() and "address" in ready.read_text("utf-8"))
        text = ready.read_text("utf-8")
        self.address = next(part for part in text.split('"') if part.startswith(f"{scheme}://"))

    def add_worker(self, source=SOURCE, nanny=True):
        """Start a worker of one thread; by default with a nanny that starts it anew."""
        return self._start(
            "dask_worker", self.address, "--nthreads", "1", "--local-directory", self.folder,
            "--nanny" if nanny else "--no-nanny", source=source,
        )  # fmt: skip

    def wait_for_workers(self, count, certificates=None):
        """Wait until so many workers are connected."""
        with connected(self.address, certificates or Certificates()) as client:
            wait_for(lambda: len(client.nthreads()) == count)

    def close(self):
        """End them as an administrator does, workers first; what does not go is killed."""
        for process in reversed(self.processes):
            end(process)

    def _start(self, module, *arguments, source=SOURCE):
        log = (self.folder / f"{module}{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1",
             "--no-dashboard", *map(str, self.options), *map(str, arguments)],
            stdout=log, stderr=log, start_new_session=True, cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(source)},
        )  # fmt: skip
        log.close()
        self.processes.append(process)
        return process


def end(process):
    """Ask a process to end, so that it tidies up; kill it, and all that it started, if need be."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=LEAVING)
    kill_for_good(process)


def kill_for_good(process):
    """Kill a process and all that it started, so that nothing starts it anew."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def kill_under_nanny(nanny):
    """Kill the worker that a nanny looks after; the nanny starts another one."""
    for child in children_of(nanny.pid):
        os.kill(child, signal.SIGKILL)


def children_of(pid):
    """The processes that a process started by spawning, as workers are."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    found = [int(one) for task in threads for one in (task / "children").read_text("ascii").split()]
    return [child for child in found if b"spawn_main" in command_of(child)]


def command_of(pid):
    """The command of a process; nothing where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def wait_for(condition, seconds=WAIT):
    """Return what a condition gives, as soon as that is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come")
