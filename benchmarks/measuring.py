"""How the benchmarks measure: whole processes, in turns, medians; the largest resident size."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median

ROUNDS = int(os.environ.get("ROUNDS", "5"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results: what was compared, what came out, what is wanted, the details."""

    what: str
    measured: str
    wanted: str
    details: str

    @property
    def line(self) -> str:
        """Return the line as a row of a Markdown table."""
        return f"| {self.what} | {self.measured} | {self.wanted} | {self.details} |"


def timed(command: Sequence[str], allowed: Sequence[int] = (0,)) -> float:
    """Return the seconds that a command takes, start-up included."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - start
    if done.returncode not in allowed:
        raise SystemExit(done.stderr.decode(errors="replace"))
    return seconds


def in_turns(runs: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return each run's median; the runs take turns, so that all meet the same machine.

    Each runs once before, so that files are in the system's cache.
    """
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            times[name].append(run())
    return {name: median(values) for name, values in times.items()}


def peak_memory(command: Sequence[str]) -> int:
    """Return the largest resident size of a command, in MB."""
    script = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script, *command], check=True, capture_output=True, text=True
    )
    return int(shown.stdout) // 1024


def machine() -> str:
    """Return what was measured on: processors, system, Python, the libraries that matter."""
    parts = [
        f"{os.cpu_count()} processors",
        platform.platform(terse=True),
        f"Python {platform.python_version()}",
    ]
    for package in ("typst", "openpyxl", "lxml", "docxtpl"):
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(parts)
