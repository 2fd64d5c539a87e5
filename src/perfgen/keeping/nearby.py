"""The Word documents that builds kept near a document, whatever its name is now (留存文件)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from perfgen.keeping.folder import FOLDER, RecordFolder, is_plain_folder, read_plain

MOST_KEPT = 50
"""Documents that are looked at, the latest builds first."""

MOST_BYTES = 50 * 1024 * 1024

_MOST_FOLDERS = 1_000


def kept_word_documents(document: Path) -> Iterator[bytes]:
    """Yield the Word documents in the records of builds that lie in a document's folder.

    They may be anybody's: what is no plain file of a sensible size is passed over.
    """
    places = sorted(_places(document.parent), key=lambda place: place.name, reverse=True)
    files = (file for place in places for file in sorted(place.glob("*.docx")))
    for file in islice(files, MOST_KEPT):
        try:
            yield read_plain(file, MOST_BYTES)
        except OSError:
            continue


def _places(home: Path) -> Iterator[Path]:
    """The folders of all builds of all documents there."""
    records = home / FOLDER
    if not is_plain_folder(records):
        return
    for folder in islice(records.iterdir(), _MOST_FOLDERS):
        record = RecordFolder(home / folder.name)
        yield from filter(is_plain_folder, islice(record.builds(), _MOST_FOLDERS))
