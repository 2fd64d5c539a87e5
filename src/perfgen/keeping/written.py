"""Documents that belong to no build, such as a table of changes: altered ones are kept, too.

`outputs/.perfgen/<name>/written.json` holds the hashes of what was written under each name. It may
be a stranger's, as the record of builds: what is not exactly right counts as not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from perfgen.errors import PerfgenError
from perfgen.files import write_whole
from perfgen.keeping.aside import put_aside
from perfgen.keeping.folder import (
    MOST_RECORD,
    RecordFolder,
    hash_plain,
    is_plain_file,
    read_plain,
    remove,
)
from perfgen.keeping.inputs import content_hash
from perfgen.keeping.record import Hash, Name
from perfgen.keeping.untrusted import Few, read_as, read_json

WRITTEN = "written.json"
_MOST_NAMES, _MOST_HASHES = 20, 50


@dataclass(frozen=True, slots=True)
class _Written:
    """The hashes of what was written, by the name of the document; the last one comes last."""

    files: Annotated[
        Mapping[Name, Annotated[tuple[Hash, ...], Few(_MOST_HASHES)]], Few(_MOST_NAMES)
    ] = field(default_factory=dict)


def write_beside_altered(destination: Path, contents: Mapping[str, bytes]) -> dict[str, Path]:
    """Write documents, by name, into the folder of `destination`, and remember their hashes.

    What lies there and is not as it was written is put aside before; return where, by name.
    Raises OutputError where something cannot be written; then all stays as it was.
    """
    folder = RecordFolder(destination)
    folder.prepare()
    record = folder.path / WRITTEN
    known = _read(record)
    home = destination.parent
    aside: dict[str, Path] = {}
    new: list[Path] = []
    if not is_plain_file(record):
        remove(record)
    try:
        for name, content in contents.items():
            if _is_altered(home / name, known.files.get(name, ()), content):
                aside[name], is_new = put_aside(home / name)
                new += [aside[name]] * is_new
        files = {home / name: content for name, content in contents.items()}
        write_whole({**files, record: _to_json(known, contents)})
    except PerfgenError:
        for copy in new:  # the altered document itself still lies in its place
            copy.unlink(missing_ok=True)
        raise
    return aside


def _is_altered(path: Path, hashes: tuple[str, ...], content: bytes) -> bool:
    if not is_plain_file(path):
        return False
    found = hash_plain(path)
    return found != content_hash(content) and found not in hashes


def _read(record: Path) -> _Written:
    try:
        return read_as(_Written, read_json(read_plain(record, MOST_RECORD)))
    except (OSError, ValueError):
        return _Written()


def _to_json(known: _Written, contents: Mapping[str, bytes]) -> bytes:
    files = {name: list(hashes) for name, hashes in known.files.items()}
    for name, content in contents.items():
        digest = content_hash(content)
        before = [one for one in files.pop(name, []) if one != digest]
        files[name] = [*before, digest][-_MOST_HASHES:]
    last = dict(list(files.items())[-_MOST_NAMES:])
    return (json.dumps({"files": last}, ensure_ascii=False, indent=1) + "\n").encode()
