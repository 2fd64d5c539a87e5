"""Prints perfgen's speed beside its peers', as ratios of medians measured in turns in one run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "inputs" / "suzhou-commerce-2023.xlsx"
ROUNDS = int(os.environ.get("ROUNDS", "5"))


def timed(command: Sequence[str]) -> float:
    """Return the seconds that a command takes, start-up included."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def in_turns(runs: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return each run's median; the runs take turns, so that all meet the same machine."""
    for run in runs.values():
        run()
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
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


def whole_builds(folder: Path) -> None:
    """Compare the whole build of the sample with its peers."""
    perfgen = [sys.executable, "-m", "perfgen", "build", "--force", str(SAMPLE), "-o", str(folder)]
    plan = folder / "plan.json"
    prepare = [sys.executable, str(HERE / "peers" / "prepare.py"), str(SAMPLE), str(plan)]
    subprocess.run(prepare, check=True)
    bare = [sys.executable, str(HERE / "peers" / "bare_weasyprint.py"), str(plan)]
    runs = {"perfgen": lambda: timed(perfgen), "weasyprint": lambda: timed(bare)}
    office = shutil.which("soffice")
    if office:
        peer = [sys.executable, str(HERE / "peers" / "docxtpl_libreoffice.py"), str(plan), office]
        runs["office"] = lambda: timed(peer)
    medians = in_turns(runs)
    passes = json.loads(plan.read_text(encoding="utf-8"))["layouts"]
    print(f"perfgen build (docx, pdf; {passes} layouts): {medians['perfgen']:.2f} s")
    print(f"build / WeasyPrint: {medians['perfgen'] / medians['weasyprint']:.2f}")
    if office:
        ratio = medians["perfgen"] / medians["office"]
        print(f"build / docxtpl + LibreOffice: {ratio:.2f}")
    else:
        print("build / docxtpl + LibreOffice: not measured, soffice is not installed")
    print(f"peak memory of the build: {peak_memory(perfgen)} MB")


def word_tables() -> None:
    """Compare the Word printer's tables with docxtpl's, in one warm process."""
    shown = subprocess.run(
        [sys.executable, str(HERE / "peers" / "word_tables.py"), str(ROUNDS)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    print(shown.stdout, end="")


def start_up() -> None:
    """Print how long `perfgen --help` takes beside a bare Python."""
    medians = in_turns(
        {
            "help": lambda: timed([sys.executable, "-m", "perfgen", "--help"]),
            "python": lambda: timed([sys.executable, "-c", "pass"]),
        }
    )
    print(f"perfgen --help: {medians['help'] * 1000:.0f} ms "
          f"(bare Python {medians['python'] * 1000:.0f} ms)")  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        whole_builds(Path(name))
    word_tables()
    start_up()
