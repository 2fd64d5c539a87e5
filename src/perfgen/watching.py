"""Waiting for a workbook to be saved (守候), with the watchfiles library.

Excel writes a temporary file and renames it, WPS writes in place, a network drive takes its time:
so a change counts when the file can be opened whole and has stopped growing.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

SETTLING = 0.2
"""Seconds between two looks at a file that is being written."""

PATIENCE = 30.0
"""Seconds after which a file that is still not whole is handed on, for its error to be told."""

DEBOUNCE = 600
"""Milliseconds in which several changes count as one save."""


def saves_of(workbook: Path, stop: Event) -> Iterator[Path]:
    """Yield the workbook each time it was saved and is whole, until `stop` is set.

    Excel's `~$` files and everything else in the folder are ignored.
    """
    folder = workbook.absolute().parent
    for changes in watch(
        folder,
        watch_filter=lambda _, path: Path(path).name == workbook.name,
        debounce=DEBOUNCE,
        recursive=False,
        stop_event=stop,
        raise_interrupt=True,
    ):
        if changes and wait_until_whole(workbook, stop):
            yield workbook


def saves_in(folder: Path, stop: Event) -> Iterator[None]:
    """Yield each time files in a folder or below it were saved, until `stop` is set."""
    for changes in watch(folder, debounce=DEBOUNCE, stop_event=stop, raise_interrupt=True):
        if changes:
            yield None


def wait_until_whole(workbook: Path, stop: Event) -> bool:
    """Return True once the workbook can be opened and no longer grows; False where it is gone."""
    deadline = time.monotonic() + PATIENCE
    before: tuple[int, int] | None = None
    while not stop.is_set():
        now = _state(workbook)
        if now is not None and now == before and zipfile.is_zipfile(workbook):
            return True
        if time.monotonic() > deadline:
            return now is not None
        before = now
        time.sleep(SETTLING)
    return False


def _state(workbook: Path) -> tuple[int, int] | None:
    try:
        state = workbook.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns
