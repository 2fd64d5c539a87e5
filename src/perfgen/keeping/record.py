"""The record of one document's builds, as it lies in `outputs/.perfgen/<name>/record.json`.

Small and for programs: hashes of what went in and came out, and where the earlier documents are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from perfgen.comparing.snapshot import Entry, Snapshot

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build. `key` stands for all that went in; `outputs` are the hashes of what came out.

    `done` is False while the documents are being put in their places: a build that was killed
    then is finished by the next run, from the copies beside the record.
    """

    number: int
    time: str
    workbook: str
    workbook_hash: str
    key: str
    layout: str
    perfgen: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    note: str = ""
    as_of: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """All builds of one document that are known, the oldest first."""

    builds: tuple[Build, ...] = ()

    @property
    def last(self) -> Build | None:
        """Return the latest build."""
        return self.builds[-1] if self.builds else None

    def find(self, number: int) -> Build | None:
        """Return a build by its number."""
        return next((build for build in self.builds if build.number == number), None)

    def adding(self, build: Build) -> Record:
        """Return the record with one more build, or with that build in its new state."""
        others = tuple(known for known in self.builds if known.number != build.number)
        return Record((*others, build))

    def keeping(self, count: int) -> Record:
        """Return the record of the last `count` builds."""
        return Record(self.builds[-max(count, 1) :])


def to_json(record: Record) -> bytes:
    """Return the record as it is written."""
    data = {"version": VERSION, "builds": [asdict(build) for build in record.builds]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(text: bytes) -> Record:
    """Return the record that was written. Raises ValueError where it is none."""
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError("another version")
    known = set(Build.__slots__)
    builds = tuple(
        Build(**{name: value for name, value in build.items() if name in known})
        for build in data["builds"]
    )
    return Record(builds)


def snapshot_to_json(snapshot: Snapshot) -> bytes:
    """Return a snapshot as it is written."""
    return (json.dumps(asdict(snapshot), ensure_ascii=False) + "\n").encode()


def snapshot_from_json(text: bytes) -> Snapshot:
    """Return the snapshot that was written. Raises ValueError, KeyError or TypeError otherwise."""
    data: dict[str, Any] = json.loads(text)
    entries = tuple(
        replace(Entry(**{**entry, "numbers": ()}), numbers=tuple(entry["numbers"]))
        for entry in data["entries"]
    )
    findings = tuple(dict(finding) for finding in data["findings"])
    return Snapshot(**{**data, "entries": entries, "findings": findings})
