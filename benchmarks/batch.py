"""Prints how `perfgen batch` stands: beside LibreOffice, on one process and two, on Dask.

WORKBOOKS says how many workbooks of 74 indicators (200); FORMAT which documents (docx,pdf).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread

from workbooks import enlarged

HERE = Path(__file__).resolve().parent
WORKBOOKS = int(os.environ.get("WORKBOOKS", "200"))
FORMAT = os.environ.get("FORMAT", "docx,pdf")
COLD_BUILDS = 5
PORT = 28786
PERFGEN = (sys.executable, "-m", "perfgen")


def timed(command: Sequence[object]) -> float:
    """Return the seconds that a command takes, start-up included."""
    start = time.perf_counter()
    subprocess.run(
        [str(one) for one in command], check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - start


class HighestMemory:
    """The most that any worker of perfgen held while this was watching, in MB."""

    def __init__(self) -> None:
        self.most = 0
        self._end = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> HighestMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(0.2):
            for process in Path("/proc").glob("[0-9]*"):
                self.most = max(self.most, _memory_of_worker(process))


def _memory_of_worker(process: Path) -> int:
    try:
        if b"spawn_main" not in (process / "cmdline").read_bytes():
            return 0
        status = (process / "status").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) // 1024 if lines else 0


def batch(workbooks: Path, output: Path, *options: object) -> float:
    """Return the seconds of one batch."""
    return timed((*PERFGEN, "batch", workbooks, "-o", output, "--format", FORMAT, *options))


def one_by_one(workbooks: Path, folder: Path) -> float:
    """Return the median of cold builds, each of another workbook."""
    chosen = sorted(workbooks.glob("*.xlsx"))[:COLD_BUILDS]
    return median(
        timed((*PERFGEN, "build", one, "-o", folder / "cold", "--format", FORMAT)) for one in chosen
    )


def on_dask(workbooks: Path, folder: Path) -> float:
    """Return the seconds of the batch on a scheduler with two workers of this machine."""
    address = f"tcp://127.0.0.1:{PORT}"
    dask = (sys.executable, "-m")
    local = ("--host", "127.0.0.1", "--no-dashboard")
    commands = [(*dask, "distributed.cli.dask_scheduler", *local, "--port", str(PORT))]
    commands += [(*dask, "distributed.cli.dask_worker", address, "--nthreads", "1", *local)] * 2
    processes = []
    try:
        for command in commands:
            processes.append(
                subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            )  # fmt: skip
            time.sleep(4)
        return batch(workbooks, folder / "dask", "--cluster", address)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def office_many(workbooks: Path, folder: Path) -> float | None:
    """Return the seconds of docxtpl and one call of LibreOffice; None where that is missing."""
    office = shutil.which("soffice")
    if office is None:
        return None
    script, plans = HERE / "peers" / "office_many.py", folder / "plans"
    subprocess.run([sys.executable, script, "prepare", workbooks, plans], check=True)
    return timed((sys.executable, script, "convert", plans, office))


def skip_pass(workbooks: Path, output: Path) -> float:
    """Return the milliseconds for each workbook that is as it was, start-up left out."""
    shown = subprocess.run(
        [*PERFGEN, "batch", str(workbooks), "-o", str(output), "--format", FORMAT, "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    data = json.loads(shown.stdout)
    assert data["counts"] == {"unchanged": WORKBOOKS}
    return float(data["seconds"]) * 1000 / WORKBOOKS


def main(folder: Path) -> None:
    """Measure, one after the other on one machine."""
    workbooks = folder / "workbooks"
    workbooks.mkdir()
    for number in range(1, WORKBOOKS + 1):
        enlarged(74, workbooks / f"{number:04d}.xlsx", variant=number)
    cold = one_by_one(workbooks, folder)
    one = batch(workbooks, folder / "one", "-j", 1)
    with HighestMemory() as memory:
        two = batch(workbooks, folder / "two", "-j", 2)
    skipped = skip_pass(workbooks, folder / "two")
    dask = on_dask(workbooks, folder)
    office = office_many(workbooks, folder)
    print(f"batch of {WORKBOOKS} ({FORMAT}), 2 processes: {two:.1f} s")
    if office is None:
        print("batch / docxtpl + LibreOffice: not measured, soffice is not installed")
    else:
        print(f"batch / docxtpl + LibreOffice: {two / office:.2f}")
    print(f"1 process / 2: {one / two:.2f} ({os.cpu_count()} cores)")
    print(f"each further workbook / a cold build: {(one - cold) / (WORKBOOKS - 1) / cold:.2f}")
    print(f"highest memory of a worker: {memory.most} MB")
    print(f"Dask with 2 workers / 2 processes: {dask / two:.2f}")
    print(f"skipping one that is unchanged: {skipped:.1f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(Path(name))
