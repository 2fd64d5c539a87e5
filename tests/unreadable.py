"""A file that is there and cannot be read, whoever asks: as on a disk that fails."""

import sys
from pathlib import Path

import pytest

MEMORY = Path("/proc/self/mem")
"""A file of Linux's whose first byte nobody can read."""


def make_unreadable(path):
    """Put such a file there; skips the test where the system has none."""
    if sys.platform != "linux":
        pytest.skip("只有 Linux 有这样的文件")
    path.symlink_to(MEMORY)
