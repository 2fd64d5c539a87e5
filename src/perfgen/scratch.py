"""Folders for a moment (临时文件夹) that nobody is left with: a run that was killed leaves its own
behind, and the next run takes it away.

Each has a lock file that its process holds; the system lets go of it when the process is gone.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "perfgen-"
LOCK = ".perfgen-lock"

_JUST_MADE = 3.0
"""Seconds for which a folder may still have no lock."""


@contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """Give a new folder in the system's temporary folder, and take it away in the end."""
    home = Path(tempfile.gettempdir())
    sweep(home)
    with tempfile.TemporaryDirectory(
        prefix=f"{PREFIX}{purpose}-", dir=home, ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        with FileLock(folder / LOCK, thread_local=False):
            yield folder


@cache
def sweep(home: Path) -> None:
    """Take away what runs that were killed have left in `home`; once in a process."""
    for folder in home.glob(f"{PREFIX}*"):
        with suppress(OSError):  # someone else's, or gone meanwhile
            if _is_left_behind(folder):
                shutil.rmtree(folder)


def _is_left_behind(folder: Path) -> bool:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or abs(time.time() - found.st_mtime) < _JUST_MADE:
        return False
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        return False
    lock = folder / LOCK
    if lock.is_symlink() or not lock.is_file():
        return False  # none of ours
    try:
        with FileLock(lock, timeout=0):
            return True
    except Timeout:
        return False
