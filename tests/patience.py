"""How long a test lets perfgen work before it calls it a hang."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

HANG = 120
"""Seconds of CPU. What is tested takes well under a second, and hours where it hangs: a
slow machine must pass. Speed is measured in `benchmarks/`."""

WAIT = 300
"""Seconds to wait for another process, which a loaded machine may leave standing for long."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Fail where what is inside takes more than `HANG` seconds of CPU."""
    started = time.process_time()
    yield
    assert time.process_time() - started < HANG
