"""A command run within bounds: what it said, and what it took."""

import io
import os
import resource
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from perfgen.bounds import MEGABYTE, Bounds

BOUNDS = Bounds(seconds=120, memory=1500 * MEGABYTE, clock=1200)
"""Generous: a test must not fail on a slow machine. `benchmarks/hostile_workbooks.py` measures."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, words, seconds of processor time, bytes at most."""

    code: int
    out: str
    err: str
    seconds: float
    memory: int


def run_in(folder: str, *arguments: str) -> Ended:
    """Run a command in a folder; called in a child process."""
    from perfgen import cli  # noqa: PLC0415  (in the child)

    os.chdir(folder)
    out, err = io.StringIO(), io.StringIO()
    started = time.process_time()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(list(arguments))
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Ended(code, out.getvalue(), err.getvalue(), seconds, memory)
