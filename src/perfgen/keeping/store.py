"""Where the builds of one document are kept, and how a build comes in: whole, or not at all.

`outputs/.perfgen/<name>/` holds record.json and a folder for each kept build, with its documents
and its snapshot. A build is written there first; then the record says that it is being put in
place; then the documents are; then the record says that it is done. Killed anywhere, the next run
has all it needs to finish.

The record and the copies may be a stranger's: only documents of this very name are read or
written, and a copy counts only where it is the one that the record tells of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from perfgen.comparing.snapshot import Snapshot
from perfgen.errors import OutputError, PerfgenError
from perfgen.files import write_whole
from perfgen.keeping.aside import put_aside, same_content
from perfgen.keeping.folder import (
    LOCK,
    MOST_DOCUMENT,
    RECORD,
    SNAPSHOT,
    RecordFolder,
    hash_plain,
    is_plain_file,
    read_plain,
    remove,
)
from perfgen.keeping.inputs import content_hash
from perfgen.keeping.leftovers import sweep
from perfgen.keeping.record import (
    Build,
    Record,
    from_json,
    snapshot_from_json,
    snapshot_to_json,
    to_json,
)

KINDS = ("docx", "pdf", "html")
"""The suffixes of the documents that a build writes."""

MOST_COMPARED = 10
"""Kept builds, the last ones, with which a document is compared part by part."""

PATIENCE = 120
"""Seconds to wait for another build of the same document."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a build came to: its files, and where altered documents went, by name."""

    files: tuple[Path, ...]
    build: Build
    aside: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Altered:
    """A document that is not as any kept build wrote it.

    `content` is None where the file is too large to be read, `written` where no kept build wrote
    a document of this name.
    """

    name: str
    content: bytes | None
    written: bytes | None = None


class Store:
    """The builds of one document: `destination` is its path without a suffix."""

    def __init__(self, destination: Path) -> None:
        """Look at the record beside `destination`; nothing is written yet."""
        self.destination = destination
        self.folder = RecordFolder(destination)
        self.names = tuple(f"{destination.name}.{kind}" for kind in KINDS)

    # --- reading ---------------------------------------------------------------------------------

    def record(self) -> Record:
        """Return what is known; an unreadable record counts as none, and is written anew."""
        try:
            return from_json(self.folder.read_record(), self.names)
        except (OSError, ValueError):
            return Record()

    @property
    def is_unread(self) -> bool:
        """Whether there is a record that says nothing here: broken, or of a later perfgen."""
        return self.folder.has_record() and not self.record().builds

    def snapshot(self, build: Build) -> Snapshot | None:
        """Return the snapshot of a build; None where it is no longer there."""
        try:
            return snapshot_from_json(self.folder.read_kept(build.number, SNAPSHOT))
        except (OSError, ValueError):
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
        files = [self._path(name) for name in last.outputs]
        return all(is_plain_file(file) and hash_plain(file) not in earlier for file in files)

    def altered(self, names: Sequence[str]) -> tuple[Altered, ...]:
        """Return those of these documents that lie there and are not as a kept build wrote them."""
        record = self.record()
        found = (self._altered(name, record) for name in names)
        return tuple(one for one in found if one is not None)

    def _altered(self, name: str, record: Record) -> Altered | None:
        path = self._path(name)
        if not is_plain_file(path):
            return None
        if hash_plain(path) in {build.outputs.get(name, "") for build in record.builds}:
            return None
        try:
            content = read_plain(path, MOST_DOCUMENT)
        except OSError:
            return Altered(name, None)
        written: bytes | None = None
        for build in record.builds[: -MOST_COMPARED - 1 : -1]:
            copy = self._copy(build, name)
            if copy is not None and same_content(copy, content):
                return None
            written = written or copy
        return Altered(name, content, written)

    def _copy(self, build: Build, name: str) -> bytes | None:
        """The document that a build left beside the record; None unless it is that very one."""
        try:
            content = self.folder.read_kept(build.number, name)
        except OSError:
            return None
        return content if content_hash(content) == build.outputs.get(name) else None

    def copies(self, build: Build) -> dict[str, bytes] | None:
        """Return all documents of a build by name; None where one is gone."""
        copies = {name: self._copy(build, name) for name in build.outputs}
        whole = {name: copy for name, copy in copies.items() if copy is not None}
        return whole if len(whole) == len(copies) else None

    def _path(self, name: str) -> Path:
        return self.destination.parent / name

    # --- writing ---------------------------------------------------------------------------------

    def lock(self) -> FileLock:
        """Return the lock that one build holds while it writes."""
        self.folder.prepare()
        return FileLock(self.folder.path / LOCK, timeout=PATIENCE)

    def keep(
        self, contents: Mapping[str, bytes], build: Build, snapshot: Snapshot, *, count: int
    ) -> Kept:
        """Put a build's documents (suffix → bytes) in their places, and remember it.

        Altered documents are put aside before. Raises OutputError where something cannot be
        written; the documents of the last build then stay.
        """
        try:
            with self.lock():
                self._finish_last()
                return self._keep(contents, build, snapshot, count)
        except Timeout as error:
            raise OutputError(
                f"另一个 perfgen 正在生成 {self.destination.name}", hint="等它完成再运行"
            ) from error

    def repair(self) -> Kept | None:
        """Finish what a killed build left half done; None where there was nothing."""
        if not self.folder.has_record():
            return None
        with self.lock():
            return self._finish_last()

    def restore(self, number: int) -> Kept:
        """Put the documents of an earlier build back, altered ones aside.

        Raises OutputError where there is no such build, or its documents are gone.
        """
        with self.lock():
            self._finish_last()
            record = self.record()
            build = record.find(number)
            if build is None:
                known = "、".join(str(one.number) for one in record.builds) or "无"
                raise OutputError(f"没有第 {number} 次生成的记录", hint=f"现有：{known}")
            contents = self.copies(build)
            if contents is None:
                raise OutputError(
                    f"第 {number} 次生成的文件已经不在了，或者改动过", hint="重新运行 perfgen build"
                )
            aside = self._replace(contents, record)
            return Kept(tuple(self._path(name) for name in contents), build, aside)

    def _keep(
        self, contents: Mapping[str, bytes], build: Build, snapshot: Snapshot, count: int
    ) -> Kept:
        record = self.record()
        names = {f"{self.destination.name}.{suffix}": data for suffix, data in contents.items()}
        hashes = {name: content_hash(data) for name, data in names.items()}
        build = replace(build, number=record.next_number, outputs=hashes, done=False)
        place = self.folder.place(build.number)
        remove(place)
        write_whole(
            {place / name: data for name, data in names.items()}
            | {place / SNAPSHOT: snapshot_to_json(snapshot)}
        )
        self._write(record.adding(build))
        try:
            aside = self._replace(names, record)
        except PerfgenError:
            self._write(record)
            remove(place)
            raise
        self._done(record, build, count)
        files = tuple(self._path(name) for name in names)
        return Kept(files, replace(build, done=True), aside)

    def _replace(self, contents: Mapping[str, bytes], record: Record) -> dict[str, Path]:
        """Write documents in their places; return where the altered ones went that lay there."""
        aside: dict[str, Path] = {}
        new: list[Path] = []
        try:
            for name, content in contents.items():
                altered = self._altered(name, record)
                if altered is not None and altered.content != content:
                    aside[name], is_new = put_aside(self._path(name))
                    new += [aside[name]] * is_new
            write_whole({self._path(name): data for name, data in contents.items()})
        except PerfgenError:
            for copy in new:  # the altered document itself still lies in its place
                copy.unlink(missing_ok=True)
            raise
        return aside

    def _write(self, record: Record) -> None:
        write_whole({self.folder.path / RECORD: to_json(record)})

    def _done(self, record: Record, build: Build, count: int) -> None:
        kept = record.adding(replace(build, done=True)).keeping(count)
        self._write(kept)
        self.folder.remove_others({one.number for one in kept.builds})
        sweep(self.destination.parent, self.folder)

    def _finish_last(self) -> Kept | None:
        """Put the documents of a build that was killed on the way in their places."""
        record = self.record()
        last = record.last
        if last is None or last.done:
            return None
        contents = self.copies(last)
        if contents is None:
            self._write(Record(record.builds[:-1]))
            sweep(self.destination.parent, self.folder)
            return Kept((), last)
        missing = {name: data for name, data in contents.items()
                   if hash_plain(self._path(name)) != last.outputs[name]}  # fmt: skip
        aside = self._replace(missing, record)
        self._write(record.adding(replace(last, done=True)))
        sweep(self.destination.parent, self.folder)
        return Kept(tuple(self._path(name) for name in contents), last, aside)


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
