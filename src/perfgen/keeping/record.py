"""The record of one document's builds, as it lies in `outputs/.perfgen/<name>/record.json`.

Small and for programs: hashes of what went in and came out, and where the earlier documents are.
A folder may have come from anybody: what is read is checked as a stranger's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated

from perfgen.comparing.snapshot import Snapshot
from perfgen.keeping.untrusted import Few, Like, Moment, Within, read_as, read_json

VERSION = 1

LAST_NUMBER = 999_999
"""The number of a build after which numbers begin again."""

MOST_BUILDS = 200
"""Builds whose documents are kept, at the most."""

Hash = Annotated[str, Like("[0-9a-f]{64}")]
Name = Annotated[str, Like("[^/]{1,255}")]
Word = Annotated[str, Like("[^/]{0,255}")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build. `key` stands for all that went in; `outputs` are the hashes of what came out.

    `done` is False while the documents are being put in their places: a build that was killed
    then is finished by the next run, from the copies beside the record.
    """

    number: Annotated[int, Within(1, LAST_NUMBER)]
    time: Annotated[str, Moment(datetime)]
    workbook: Name
    workbook_hash: Hash
    key: Hash
    layout: Word
    perfgen: Word
    outputs: Annotated[Mapping[Name, Hash], Few(20)] = field(default_factory=dict)
    pages: Annotated[int, Within(0, 1_000_000)] | None = None
    note: Word = ""
    as_of: Annotated[str, Moment(date, optional=True)] = ""
    done: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """All builds of one document that are known, the oldest first."""

    builds: Annotated[tuple[Build, ...], Few(MOST_BUILDS + 1)] = ()

    @property
    def last(self) -> Build | None:
        """Return the latest build."""
        return self.builds[-1] if self.builds else None

    @property
    def next_number(self) -> int:
        """Return the number of the next build; they begin again behind the last that there is."""
        return self.last.number % LAST_NUMBER + 1 if self.last else 1

    def find(self, number: int) -> Build | None:
        """Return a build by its number."""
        return next((build for build in self.builds if build.number == number), None)

    def adding(self, build: Build) -> Record:
        """Return the record with one more build, or with that build in its new state."""
        others = tuple(known for known in self.builds if known.number < build.number)
        return Record((*others, build))

    def keeping(self, count: int) -> Record:
        """Return the record of the last `count` builds."""
        return Record(self.builds[-min(max(count, 1), MOST_BUILDS) :])


@dataclass(frozen=True, slots=True)
class _Head:
    """What is read first: which version of this format it is."""

    version: Annotated[int, Within(VERSION, VERSION)]


@dataclass(frozen=True, slots=True)
class _Finding:
    """What a rule found, as a snapshot holds it."""

    code: Word
    severity: Annotated[str, Like("error|warning|info")]
    subject: str
    message: str
    place: str


def to_json(record: Record) -> bytes:
    """Return the record as it is written."""
    data = {"version": VERSION, "builds": [asdict(build) for build in record.builds]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(text: bytes, names: Collection[str]) -> Record:
    """Return the record that was written of the documents that have these names.

    Raises ValueError where it is none: no record, or not of these documents.
    """
    data = read_json(text)
    read_as(_Head, data)
    record = read_as(Record, data)
    if any(one.number >= other.number for one, other in pairwise(record.builds)):
        raise ValueError("builds out of order")
    if any(set(build.outputs) - set(names) for build in record.builds):
        raise ValueError("documents of another name")
    return record


def snapshot_to_json(snapshot: Snapshot) -> bytes:
    """Return a snapshot as it is written."""
    return (json.dumps(asdict(snapshot), ensure_ascii=False) + "\n").encode()


def snapshot_from_json(text: bytes) -> Snapshot:
    """Return the snapshot that was written. Raises ValueError where it is none."""
    snapshot = read_as(Snapshot, read_json(text))
    findings = tuple(asdict(read_as(_Finding, dict(one))) for one in snapshot.findings)
    return replace(snapshot, findings=findings)
