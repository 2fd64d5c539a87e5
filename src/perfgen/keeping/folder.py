"""The folder of one record, where only plain folders and plain files count (记录文件夹).

It may have come from anybody: links are not followed, nothing that is no plain file is opened, and
no more is read than what a build writes.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from perfgen.errors import OutputError
from perfgen.files import reason

FOLDER = ".perfgen"
RECORD, SNAPSHOT, LOCK = "record.json", "snapshot.json", "lock"

MOST_RECORD = 1024 * 1024
MOST_SNAPSHOT = 16 * 1024 * 1024
MOST_DOCUMENT = 100 * 1024 * 1024
"""Bytes that are read, at the most."""

_NUMBER = re.compile("[0-9]{4,6}")
_MOUNT_POINT = 0xA0000003
"""How Windows marks a folder that stands for another one (a junction)."""


def is_plain_file(path: Path) -> bool:
    """Return whether a regular file is there: no link to one, no device, no pipe."""
    return stat.S_ISREG(_mode(path))


def is_plain_folder(path: Path) -> bool:
    """Return whether a folder is there, and no link to one."""
    return stat.S_ISDIR(_mode(path))


def read_plain(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file. Raises OSError where it is none, or holds more."""
    with os.fdopen(_opened(path), "rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise OSError(f"{path} is larger than {most} bytes")
    return content


def hash_plain(path: Path) -> str | None:
    """Return the SHA-256 of a plain file; None where there is none, or it is too large."""
    try:
        with os.fdopen(_opened(path), "rb") as stream:
            if os.fstat(stream.fileno()).st_size > MOST_DOCUMENT:
                return None
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


class RecordFolder:
    """The folder of one document's record, `.perfgen/<name>/` beside the document."""

    def __init__(self, destination: Path) -> None:
        """Know the place; nothing is read or written yet. `destination` has no suffix."""
        if destination.name in ("", ".."):
            raise OutputError("文件名只有点，不能用它生成文件", hint="给工作簿换一个名字")
        self.path = destination.parent / FOLDER / destination.name

    def place(self, number: int) -> Path:
        """Return the folder of a build."""
        return self.path / f"{number:04d}"

    def read_record(self) -> bytes:
        """Return the bytes of the record. Raises OSError."""
        return self._read(self.path / RECORD, MOST_RECORD)

    def read_kept(self, number: int, name: str) -> bytes:
        """Return a file that a build left. Raises OSError where it is gone, or no plain file."""
        most = MOST_SNAPSHOT if name == SNAPSHOT else MOST_DOCUMENT
        return self._read(self.place(number) / name, most)

    def has_folder(self) -> bool:
        """Return whether anything was kept at all, in plain folders."""
        return self._is_real(self.path)

    def has_record(self) -> bool:
        """Return whether there is a record at all."""
        return self.has_folder() and is_plain_file(self.path / RECORD)

    def prepare(self) -> None:
        """Make the folder; what stands in the way of it or of its files is removed.

        Raises OutputError where that cannot be done.
        """
        try:
            for folder in (self.path.parent, self.path):
                if not is_plain_folder(folder):
                    _remove_if_special(folder)
                    folder.mkdir(parents=True, exist_ok=True)
            for name in (RECORD, LOCK):
                if not is_plain_file(self.path / name):
                    remove(self.path / name)
                if not is_plain_file(self.path / name) and os.path.lexists(self.path / name):
                    raise OSError(errno.EEXIST, name)
        except OSError as error:
            raise OutputError(
                f"不能写入文件夹 {self.path.parent.parent}（{reason(error)}）",
                hint="检查权限，或用 -o 换一个文件夹",
            ) from error

    def builds(self) -> Iterator[Path]:
        """Yield what stands where builds leave their files, whatever it is."""
        if self._is_real(self.path):
            yield from (entry for entry in self.path.iterdir() if _NUMBER.fullmatch(entry.name))

    def remove_others(self, numbers: Collection[int]) -> None:
        """Remove all builds but these."""
        kept = {self.place(number).name for number in numbers}
        for place in list(self.builds()):
            if place.name not in kept:
                remove(place)

    def _read(self, path: Path, most: int) -> bytes:
        if not self._is_real(path.parent):
            raise OSError(f"{path.parent} is no plain folder")
        return read_plain(path, most)

    def _is_real(self, folder: Path) -> bool:
        """Whether each folder from `.perfgen` down to this one is a plain one."""
        top = self.path.parent.parent
        between = [one for one in (folder, *folder.parents) if one != top and top in one.parents]
        return all(is_plain_folder(one) for one in between)


def remove(path: Path) -> None:
    """Remove whatever is there, as far as it can be; links are not followed."""
    if is_plain_folder(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        with suppress(OSError):  # whoever needs the place looks whether it is free
            _unlink(path)


def _remove_if_special(path: Path) -> None:
    """Remove a link, a pipe or a device; a plain file stays, for mkdir to complain of."""
    if os.path.lexists(path) and not is_plain_file(path):
        _unlink(path)


def _unlink(path: Path) -> None:
    """Remove a file or a link; on Windows a link to a folder is removed as a folder is."""
    try:
        path.unlink()
    except PermissionError:
        path.rmdir()


def _mode(path: Path) -> int:
    """The kind of what is there, itself and not what it points to; 0 where there is nothing."""
    try:
        state = path.lstat()
    except (OSError, ValueError):
        return 0
    is_junction = getattr(state, "st_reparse_tag", 0) == _MOUNT_POINT
    return 0 if is_junction else state.st_mode


def _opened(path: Path) -> int:
    """Open a plain file to read, without waiting and without following a link."""
    if not is_plain_file(path):
        raise OSError(f"{path} is no plain file")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags)
