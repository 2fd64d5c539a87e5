"""Measures what each file of the hostile collection costs: wanted are 2 s and 300 MB at most.

`python benchmarks/hostile_workbooks.py` prints a line for each kind that takes more than half of
that, and the worst of all. Each is checked by a process of its own, start-up included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS, MEGABYTES = 2.0, 300


def make_all(folder: Path) -> None:
    """Write the collection, in another process: a child's peak begins with its parent's size."""
    script = ROOT / "tests" / "hostile" / "hostile_collection.py"
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    subprocess.run(
        [sys.executable, script, folder], env={**os.environ, "PYTHONPATH": paths}, check=True
    )


def measured(workbook: Path) -> tuple[float, int]:
    """Return the processor time of a check in seconds, and its memory in MB."""
    command = [sys.executable, "-m", "perfgen", "check", str(workbook)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main() -> int:
    """Measure every kind; return 1 where one costs more than is wanted."""
    times: list[tuple[float, str]] = []
    sizes: list[tuple[int, str]] = []
    with tempfile.TemporaryDirectory() as name:
        make_all(Path(name))
        for file in sorted(Path(name).glob("*.xlsx")):
            seconds, memory = measured(file)
            times.append((seconds, file.stem))
            sizes.append((memory, file.stem))
            if seconds > SECONDS / 2 or memory > MEGABYTES / 2:
                print(f"{file.stem:40} {seconds:6.2f} s {memory:5} MB", flush=True)
    (slowest, kind), (largest, other) = max(times), max(sizes)
    print(f"{len(times)} kinds; at most {slowest:.2f} s ({kind}), {largest} MB ({other})")
    return int(slowest > SECONDS or largest > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
