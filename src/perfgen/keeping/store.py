"""Where the builds of one document are kept, and how a build comes in: whole, or not at all.

`outputs/.perfgen/<name>/` holds record.json and a folder for each kept build, with its documents
and its snapshot. A build is written there first; then the record says that it is being put in
place; then the documents are; then the record says that it is done. Killed anywhere, the next run
has all it needs to finish.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from perfgen.comparing.snapshot import Snapshot
from perfgen.errors import OutputError, PerfgenError
from perfgen.files import reason, write_whole
from perfgen.keeping.inputs import content_hash, file_hash
from perfgen.keeping.record import (
    Build,
    Record,
    from_json,
    snapshot_from_json,
    snapshot_to_json,
    to_json,
)

FOLDER = ".perfgen"
RECORD, SNAPSHOT = "record.json", "snapshot.json"
PATIENCE = 120
"""Seconds to wait for another build of the same document."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a build came to: its files, and edited documents that were set aside."""

    files: tuple[Path, ...]
    build: Build
    aside: tuple[Path, ...] = ()


class Store:
    """The builds of one document: `destination` is its path without a suffix."""

    def __init__(self, destination: Path) -> None:
        """Look at the record beside `destination`; nothing is written yet."""
        self.destination = destination
        self.folder = destination.parent / FOLDER / destination.name

    # --- reading ---------------------------------------------------------------------------------

    def record(self) -> Record:
        """Return what is known; an unreadable record counts as none, and is written anew."""
        try:
            return from_json((self.folder / RECORD).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return Record()

    def snapshot(self, build: Build) -> Snapshot | None:
        """Return the snapshot of a build; None where it is no longer there."""
        try:
            return snapshot_from_json((self._place(build) / SNAPSHOT).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def is_current(self, key: str) -> bool:
        """Return whether the last build had this key and its documents still lie there.

        A Word file that was edited since is the officer's own, and lies there too; one that was
        restored from an earlier build is not what the workbook says now.
        """
        record = self.record()
        last = record.last
        if last is None or last.key != key or not last.done:
            return False
        earlier = {digest for build in record.builds[:-1] for digest in build.outputs.values()}
        earlier -= set(last.outputs.values())
        files = [self.destination.parent / name for name in last.outputs]
        return all(file.is_file() and file_hash(file) not in earlier for file in files)

    def changed_since(self, name: str) -> bytes | None:
        """Return the bytes of a document that no kept build wrote; None if one did.

        None, too, where there is no such document.
        """
        path = self.destination.parent / name
        if not path.is_file():
            return None
        written = {build.outputs.get(name) for build in self.record().builds}
        content = path.read_bytes()
        return None if content_hash(content) in written else content

    # --- writing ---------------------------------------------------------------------------------

    def lock(self) -> FileLock:
        """Return the lock that one build holds while it writes."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"不能写入文件夹 {self.destination.parent}（{reason(error)}）",
                hint="检查权限，或用 -o 换一个文件夹",
            ) from error
        return FileLock(self.folder / "lock", timeout=PATIENCE)

    def keep(
        self,
        contents: Mapping[str, bytes],
        build: Build,
        snapshot: Snapshot,
        *,
        count: int,
        aside: Mapping[str, Path] | None = None,
    ) -> Kept:
        """Put a build's documents (suffix → bytes) in their places, and remember it.

        `aside` maps names of outputs that were edited to where they are moved before. Raises
        OutputError where something cannot be written; the documents of the last build then stay.
        """
        try:
            with self.lock():
                self._finish_last()
                return self._keep(contents, build, snapshot, count, aside or {})
        except Timeout as error:
            raise OutputError(
                f"另一个 perfgen 正在生成 {self.destination.name}", hint="等它完成再运行"
            ) from error

    def repair(self) -> bool:
        """Finish what a killed build left half done; return whether there was anything."""
        if not (self.folder / RECORD).is_file():
            return False
        with self.lock():
            return self._finish_last()

    def _keep(
        self,
        contents: Mapping[str, bytes],
        build: Build,
        snapshot: Snapshot,
        count: int,
        aside: Mapping[str, Path],
    ) -> Kept:
        record = self.record()
        number = max([0, *(known.number for known in record.builds), *self._numbers()]) + 1
        names = {f"{self.destination.name}.{suffix}": data for suffix, data in contents.items()}
        hashes = {name: content_hash(data) for name, data in names.items()}
        build = replace(build, number=number, outputs=hashes, done=False)
        place = self._place(build)
        write_whole(
            {place / name: data for name, data in names.items()}
            | {place / SNAPSHOT: snapshot_to_json(snapshot)}
        )
        write_whole({self.folder / RECORD: to_json(record.adding(build))})
        moved: tuple[Path, ...] = ()
        try:
            moved = self._set_aside(aside)
            write_whole({self.destination.parent / name: data for name, data in names.items()})
        except PerfgenError:
            for copy in moved:  # the edited document itself still lies in its place
                copy.unlink(missing_ok=True)
            write_whole({self.folder / RECORD: to_json(record)})
            shutil.rmtree(place, ignore_errors=True)
            raise
        self._done(record, build, count)
        files = tuple(self.destination.parent / name for name in names)
        return Kept(files, replace(build, done=True), moved)

    def _set_aside(self, aside: Mapping[str, Path]) -> tuple[Path, ...]:
        """Copy edited documents to their new names; the originals are then written over."""
        write_whole(
            {path: (self.destination.parent / name).read_bytes() for name, path in aside.items()}
        )
        return tuple(aside.values())

    def _done(self, record: Record, build: Build, count: int) -> None:
        kept = record.adding(replace(build, done=True)).keeping(count)
        write_whole({self.folder / RECORD: to_json(kept)})
        known = {self._place(one).name for one in kept.builds}
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)
        self._sweep()

    def _finish_last(self) -> bool:
        """Put the documents of a build that was killed on the way in their places."""
        record = self.record()
        last = record.last
        if last is None or last.done:
            return False
        place = self._place(last)
        wanted = {self.destination.parent / name: place / name for name in last.outputs}
        if all(copy.is_file() for copy in wanted.values()):
            missing = {
                path: copy.read_bytes()
                for path, copy in wanted.items()
                if not path.is_file() or file_hash(path) != last.outputs[path.name]
            }
            write_whole(missing)
            write_whole({self.folder / RECORD: to_json(record.adding(replace(last, done=True)))})
        else:
            write_whole({self.folder / RECORD: to_json(Record(record.builds[:-1]))})
        self._sweep()
        return True

    def _sweep(self) -> None:
        """Remove the temporary files of writers that were killed: nobody writes but us now."""
        for place in (self.destination.parent, self.folder, *self.folder.glob("[0-9]*")):
            for leftover in (*place.glob(".perfgen-*.tmp"), *place.glob(".perfgen-*.old")):
                if place != self.destination.parent or _is_old(leftover):
                    leftover.unlink(missing_ok=True)

    def restore(self, number: int, *, aside: Mapping[str, Path] | None = None) -> Kept:
        """Put the documents of an earlier build back. Raises OutputError where they are gone."""
        with self.lock():
            self._finish_last()
            record = self.record()
            build = record.find(number)
            if build is None:
                known = "、".join(str(one.number) for one in record.builds) or "无"
                raise OutputError(f"没有第 {number} 次生成的记录", hint=f"现有：{known}")
            place = self._place(build)
            try:
                contents = {name: (place / name).read_bytes() for name in build.outputs}
            except OSError as error:
                raise OutputError(
                    f"第 {number} 次生成的文件已经不在了（{reason(error)}）",
                    hint="重新运行 perfgen build",
                ) from error
            moved = self._set_aside({n: to for n, to in (aside or {}).items() if n in contents})
            write_whole({self.destination.parent / name: data for name, data in contents.items()})
            files = tuple(self.destination.parent / name for name in contents)
            return Kept(files, build, moved)

    def _place(self, build: Build) -> Path:
        return self.folder / f"{build.number:04d}"

    def _numbers(self) -> list[int]:
        return [int(folder.name) for folder in self.folder.glob("[0-9]*") if folder.name.isdigit()]


def _is_old(file: Path) -> bool:
    """Whether a temporary file is an hour old: a younger one may be another document's."""
    try:
        return datetime.now().timestamp() - file.stat().st_mtime > 3600
    except OSError:
        return False


def last_snapshot(home: Path, workbook: Path) -> Snapshot:
    """Return the snapshot of a workbook's last build in `home`.

    Raises OutputError where there is no record of one.
    """
    store = Store(home / workbook.stem)
    last = store.record().last
    snapshot = store.snapshot(last) if last else None
    if snapshot is None:
        raise OutputError(
            f"{home} 里没有 {workbook.name} 的生成记录",
            hint="先运行 perfgen build，或写出要对照的两个工作簿",
        )
    return snapshot
