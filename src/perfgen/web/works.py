"""Recent work (最近的工作): a folder for each workbook that was dropped, in the user's own folder.

A work's folder has a name of our own making; what the officer's file is called is data inside it.
Each time a workbook is dropped again it becomes the next version. What is found is written beside
the version, whole, so that a closed tab or a killed server loses nothing.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from perfgen.files import write_whole

if TYPE_CHECKING:
    from perfgen.workbook.opening import WorkbookFile

FORM, MANY = "form", "many"
"""Kinds of works: one whose workbook is still to be filled in, and one that names others."""

KEPT_DAYS = 30
"""Days after which work that nobody touched is taken away."""

VERSIONS = 10
"""Versions of a workbook that are kept, the last ones."""

META, WORKBOOK = "work.json", "工作簿.xlsx"
"""The workbook's name on the disk, whatever the officer calls it; messages may bear it."""
_ID = re.compile("[0-9a-f]{16}")
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is known of a work: the file's name, where it lies on this machine, its version.

    `stamp` tells whether a file on this machine was saved since; `title` is what it turned out to
    be. `watched` says that the page follows each save, `kind` what sort of work it is, `note` what
    the officer should know of it, `among` the number of the many works that it is one of.
    """

    name: str
    version: int = 1
    path: str = ""
    stamp: str = ""
    watched: bool = False
    title: str = ""
    kind: str = "workbook"
    note: str = ""
    among: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: its number, its folder, and what is known of it."""

    id: str
    folder: Path
    meta: Meta

    @property
    def stem(self) -> str:
        """Return the name of its documents, without a suffix."""
        return Path(self.meta.name).stem or "报告"

    @property
    def address(self) -> str:
        """Return the address of its page."""
        if self.meta.kind == MANY:
            return f"/many/{self.id}"
        unfilled = self.meta.kind == FORM and self.meta.version == 1
        return f"/start/{self.id}" if unfilled else f"/works/{self.id}"

    @property
    def suffix(self) -> str:
        """Return the suffix of its workbook: copies are of the same kind."""
        return Path(self.meta.name).suffix.lower() or ".xlsx"

    @property
    def place(self) -> Path:
        """Return the folder of the version that counts."""
        return self.version(self.meta.version)

    def version(self, number: int) -> Path:
        """Return the folder of a version."""
        return self.folder / f"{number:04d}"

    @property
    def workbook(self) -> WorkbookFile:
        """Return the workbook itself. Raises OSError where it is gone."""
        from perfgen.workbook.opening import WorkbookFile  # noqa: PLC0415  (the page waits)

        return WorkbookFile(self.meta.name, (self.place / WORKBOOK).read_bytes())

    @property
    def touched(self) -> float:
        """Return when it was last worked at, in seconds of the clock."""
        return (self.folder / META).stat().st_mtime

    def result(self, name: str) -> dict[str, Any] | None:
        """Return a result of this version; None where there is none, or not yet."""
        return read_json(self.place / f"{name}.json")


class Works:
    """All recent work of one officer."""

    def __init__(self, home: Path) -> None:
        """Know the folder; it is made when something is kept."""
        self.home = home
        self._lock = RLock()

    def find(self, number: str) -> Work | None:
        """Return a piece of work; None where there is none, or its number is none of ours."""
        if not _ID.fullmatch(number):
            return None
        folder = self.home / number
        data = read_json(folder / META)
        if data is None:
            return None
        try:
            return Work(number, folder, Meta(**data))
        except TypeError:
            return None

    def all(self) -> list[Work]:
        """Return all works, the latest first."""
        return sorted(self._all(), key=lambda work: work.touched, reverse=True)

    def _all(self) -> Iterator[Work]:
        folders = list(self.home.iterdir()) if self.home.is_dir() else []
        yield from (work for folder in folders if (work := self.find(folder.name)) is not None)

    def add(self, meta: Meta, content: bytes) -> Work:
        """Keep a workbook as a new piece of work."""
        number = secrets.token_hex(8)
        work = Work(number, self.home / number, replace(meta, name=plain_name(meta.name)))
        self._write(work, content)
        return work

    def add_version(self, work: Work, content: bytes, **known: Any) -> Work:
        """Keep a workbook that was dropped again; versions of long ago are taken away."""
        with self._lock:
            now = self.find(work.id) or work
            meta = replace(now.meta, version=now.meta.version + 1, **known)
            newer = replace(now, meta=replace(meta, name=plain_name(meta.name)))
            self._write(newer, content)
        old = newer.version(newer.meta.version - VERSIONS)
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        return newer

    def note(self, work: Work, **known: Any) -> Work:
        """Write down more that is known of a work."""
        with self._lock:
            now = self.find(work.id)
            if now is None:
                return work
            changed = replace(now, meta=replace(now.meta, **known))
            write_whole({changed.folder / META: _json(asdict(changed.meta))})
            return changed

    def forget(self, work: Work) -> None:
        """Take a work away, with all that was made of it."""
        shutil.rmtree(work.folder, ignore_errors=True)

    def forget_all(self) -> None:
        """Take all work away."""
        for work in self._all():
            self.forget(work)

    def clean(self, now: Callable[[], float] = time.time) -> int:
        """Take away what nobody touched for long; return how many works that were."""
        oldest = now() - KEPT_DAYS * 24 * 3600
        old = [work for work in self._all() if work.touched < oldest]
        for work in old:
            self.forget(work)
        for folder in list(self._lost(oldest)):
            shutil.rmtree(folder, ignore_errors=True)
        return len(old)

    def _lost(self, oldest: float) -> Iterator[Path]:
        """Folders of ours without a work, such as what came after its work was cleared."""
        folders = list(self.home.iterdir()) if self.home.is_dir() else []
        for folder in folders:
            ours = _ID.fullmatch(folder.name) and folder.is_dir()
            if ours and folder.stat().st_mtime < oldest and self.find(folder.name) is None:
                yield folder

    def _write(self, work: Work, content: bytes) -> None:
        private(self.home)
        write_whole({work.place / WORKBOOK: content})
        write_whole({work.folder / META: _json(asdict(work.meta))})


def private(folder: Path) -> None:
    """Make a folder that nobody else reads."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def plain_name(name: str) -> str:
    """Return the last part of a file's name as it was sent, without what steers a terminal."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(char for char in last if char.isprintable()).strip(" .")
    return shown[-_LONGEST_NAME:] or "工作簿.xlsx"


def write_results(place: Path, results: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Write results (name → data) and files beside a version; the results come last."""
    if files:
        write_whole({place / name: content for name, content in files.items()})
    write_whole({place / f"{name}.json": _json(data) for name, data in results.items()})


def read_json(file: Path) -> dict[str, Any] | None:
    """Return the data of a file; None where there is none, or it is broken."""
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
