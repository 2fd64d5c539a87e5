"""The entries of a summary, kept on the disk (收集): ten thousand reports need little memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from perfgen.summary.entries import Entry
from perfgen.summary.gathering import Unread


class Collected:
    """Entries in the order in which they came. `heads` are without their rows.

    What is in the file was written by this very process, so it is read back as it is.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Keep the entries in an empty file, to which nobody else writes."""
        self.heads: list[Entry] = []
        self.unread: list[Unread] = []
        self._file = file

    def add_all(self, found: Iterable[Entry | Unread]) -> None:
        """Take in what was read and what was not."""
        for one in found:
            if isinstance(one, Unread):
                self.unread.append(one)
                continue
            pickle.dump(one, self._file, protocol=pickle.HIGHEST_PROTOCOL)
            self.heads.append(one.head)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, whole, one after the other."""
        self._file.seek(0)
        for _ in self.heads:
            entry: Entry = pickle.load(self._file)
            yield entry


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect entries in a temporary file."""
    with tempfile.TemporaryFile(prefix="perfgen-") as file:
        yield Collected(file)
