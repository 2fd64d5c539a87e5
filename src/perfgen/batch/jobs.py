"""What goes to a worker and what comes back (任务): small frozen records that can be sent anywhere.

A worker writes nothing. Documents come back as bytes, and the one who asked writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from perfgen.build import Request
from perfgen.comparing.snapshot import Snapshot
from perfgen.errors import PerfgenError, WorkbookError
from perfgen.keeping.untrusted import Few, Like
from perfgen.workbook.opening import WorkbookFile


class Aim(StrEnum):
    """What is to become of each workbook."""

    BUILD = "build"
    DISCLOSE = "disclose"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One workbook and what is asked of it.

    `workbook` is the file itself, or its path where all machines see the same folder. `current` is
    the layout for which its documents are known to be as they should: then none are printed.
    """

    workbook: WorkbookFile | Path
    request: Request
    aim: Aim = Aim.BUILD
    strict: bool = False
    annotate: bool = False
    current: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing came of a workbook: what is wrong, what to do, and each place that is."""

    message: str
    hint: str = ""
    places: tuple[str, ...] = ()


Number = Annotated[str, Like(r"-?[0-9]{0,40}(\.[0-9]{1,40})?|—")]
"""A figure as it is written, so that no digit is lost; empty where there is none."""

Count = Annotated[Mapping[str, int], Few(1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the table says of a workbook that was read. Amounts are in 万元.

    `findings` counts by severity, `rules` by severity and code (error PG101).
    """

    layout: str
    unit: str
    year: int
    findings: Count = field(default_factory=dict)
    rules: Count = field(default_factory=dict)
    waived: int = 0
    budget: Number = ""
    actual: Number = ""
    rate: Number = ""
    score: Number = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a worker made of a job.

    `documents` are bytes by suffix, or by name where they are for disclosure; there are none where
    the findings `refused` them, or they were current. `row` is None where there was `trouble`.
    """

    row: Row | None = None
    workbook_hash: str = ""
    documents: Mapping[str, bytes] = field(default_factory=dict)
    annotated: bytes | None = None
    snapshot: Snapshot | None = None
    pages: int | None = None
    notices: tuple[str, ...] = ()
    refused: bool = False
    current: bool = False
    trouble: Trouble | None = None


class Lost(Exception):
    """A job whose worker ended before it answered; the text says why."""


class Ended(Exception):
    """All work ends: the place where it is done can serve no more. `error` says why."""

    def __init__(self, error: PerfgenError) -> None:
        """Keep the error that the officer is told."""
        super().__init__(error.message)
        self.error = error


Do = Callable[[Job], Made]
"""How a job is done, wherever that is. Raises Lost or Ended."""


def trouble_of(error: PerfgenError) -> Trouble:
    """Return an error as it is told in a table, with every place that it names."""
    problems = error.problems if isinstance(error, WorkbookError) else ()
    places = tuple(f"{one.where}：{one.message}" for one in problems)
    return Trouble(error.message, error.hint or "", places)


def stumble(error: Exception) -> Trouble:
    """Return what is said of a mistake of perfgen's own."""
    return Trouble(
        f"perfgen 自身出了错：{type(error).__name__}: {error}",
        "单独运行这一个并加上 --debug，把全部输出和工作簿交给技术人员",
    )
