"""No text that a cell can hold keeps a rule busy: time grows with the text, not with its square.

The bound is on the processor time of the child, so a busy machine does not matter. A regular
expression that goes back over 32,767 characters for each of them takes minutes.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90
"""Of the processor; a run takes up to fifteen."""

SAMPLES = {
    "suzhou-commerce-2023": (0, 28),
    "guangzhou-commerce-2023": (14, 42),
    "projects-self-evaluation-2023": (10,),
}


def limit_processor_time():
    """Let the kernel end the child when its processor time is used up."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


@pytest.mark.parametrize(
    ("sample", "start"), [(name, start) for name, starts in SAMPLES.items() for start in starts]
)
def test_every_rule_is_done_with_the_longest_cells(sample, start):
    child = [
        sys.executable, Path(__file__).with_name("long_cells.py"),
        ROOT / "inputs" / f"{sample}.xlsx", str(start),
    ]  # fmt: skip
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        child, check=False, preexec_fn=limit_processor_time, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
