"""The garbage collector, held back while a document is printed (内存回收).

Walking over all boxes of a layout again and again, it takes a quarter of the time of a build, and
finds little.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold the collector back; use it with `with`, or as a decorator."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
