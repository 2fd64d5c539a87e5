"""Prints how long `perfgen check` takes on a workbook of 74 indicators, start-up included."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

SAMPLE = Path(__file__).resolve().parent.parent / "inputs" / "suzhou-commerce-2023.xlsx"
ROUNDS = 10


def timed(command: Sequence[str]) -> float:
    """Return the seconds that a command takes; findings make `check` exit with 1."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - start


def main() -> None:
    """Measure `perfgen check` and a bare Python, in turns, after one run of each."""
    commands = {
        "check": [sys.executable, "-m", "perfgen", "check", str(SAMPLE)],
        "bare": [sys.executable, "-c", "pass"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, command in commands.items():
            seconds = timed(command)
            if number:
                times[name].append(seconds)
    medians = {name: median(values) * 1000 for name, values in times.items()}
    print(
        f"perfgen check {SAMPLE.name}: {medians['check']:.0f} ms, the median of {ROUNDS} runs "
        f"(bare Python {medians['bare']:.0f} ms)"
    )


if __name__ == "__main__":
    main()
