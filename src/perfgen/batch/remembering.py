"""What a batch said of a workbook, kept beside the record of its builds (批量记录).

While nothing has changed, the table is made from it, and the workbook is not opened. The folder may
have come from anybody: what is read is checked as a stranger's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated

from perfgen.batch.jobs import Row
from perfgen.files import write_whole
from perfgen.keeping.folder import (
    MOST_RECORD,
    RecordFolder,
    hash_plain,
    is_plain_file,
    read_plain,
    remove,
)
from perfgen.keeping.record import Hash, Name
from perfgen.keeping.untrusted import Few, Within, read_as, read_json

FILE = "batch.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An outcome. `key` stands for all that it depends on.

    `files` are the hashes of what was written besides the documents of a build, by name.
    """

    key: Hash
    row: Row
    refused: bool = False
    pages: Annotated[int, Within(0, 1_000_000)] | None = None
    files: Annotated[Mapping[Name, Hash], Few(20)] = field(default_factory=dict)


def recall(folder: RecordFolder) -> Remembered | None:
    """Return what is remembered; None where that is nothing, or nothing that can be trusted."""
    if not folder.has_folder():
        return None
    try:
        return read_as(Remembered, read_json(read_plain(folder.path / FILE, MOST_RECORD)))
    except (OSError, ValueError):
        return None


def remember(folder: RecordFolder, what: Remembered) -> None:
    """Keep an outcome. Raises OutputError where it cannot be written."""
    folder.prepare()
    if not is_plain_file(folder.path / FILE):
        remove(folder.path / FILE)
    text = json.dumps(asdict(what), ensure_ascii=False) + "\n"
    write_whole({folder.path / FILE: text.encode()})


def still_there(home: Path, files: Mapping[str, str]) -> bool:
    """Return whether these files lie in `home` as they were written."""
    return all(hash_plain(home / name) == digest for name, digest in files.items())
