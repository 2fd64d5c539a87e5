"""The temporary files of writers that were killed, swept away (清理临时文件)."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from perfgen.keeping.folder import RecordFolder, is_plain_file, is_plain_folder

_TEMPORARY = re.compile(r"\.perfgen-[A-Za-z0-9_]{1,20}\.(?:tmp|old)")
_AN_HOUR = 3600
_MOST = 100_000
"""Files of one folder that are looked at."""


def sweep(home: Path, record: RecordFolder) -> None:
    """Remove them from the record's folders, where nobody writes but us now, and from `home`.

    There a young one may be another document's, so that only those an hour old go.
    """
    for leftover in _leftovers(home):
        if _is_old(leftover):
            _remove(leftover)
    for place in (record.path, *record.builds()):
        if is_plain_folder(place):
            for leftover in _leftovers(place):
                _remove(leftover)


def _leftovers(folder: Path) -> Iterator[Path]:
    for file in list(islice(folder.iterdir(), _MOST)):
        if _TEMPORARY.fullmatch(file.name) and is_plain_file(file):
            yield file


def _remove(file: Path) -> None:
    with suppress(OSError):  # the next build sweeps again
        file.unlink()


def _is_old(file: Path) -> bool:
    try:
        return time.time() - file.lstat().st_mtime > _AN_HOUR
    except OSError:  # its writer was quicker
        return False
