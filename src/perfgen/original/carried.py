"""What a Word file carries with it: where it was printed from, and its text as it was printed.

It lies in a custom XML part, which Word, WPS and LibreOffice keep as it is. Where a detour through
another format loses it, a property of the document still says what it was printed from.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from perfgen.model.fields import content_of
from perfgen.model.records import Report
from perfgen.model.search import all_records
from perfgen.original.content import Block
from perfgen.provenance.cells import Source

NAMESPACE = "urn:perfgen:original"
VERSION = "1"
PROPERTY = "perfgen"
"""Names of the document's properties begin with it: perfgen-input, perfgen-layout …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a document was printed from: `input` is a hash of the workbook's content."""

    layout: str
    schema: int
    workbook: str
    input: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it was printed."""

    origin: Origin
    sources: tuple[Source | None, ...]
    blocks: tuple[Block, ...]


def content_hash(report: Report) -> str:
    """Return one hash for what a workbook says, however and wherever it was saved."""
    digest = hashlib.sha256()
    for record in all_records(report):
        for field, ref in record.cells.items():
            content = content_of(record, field) if _has(record, field) else None
            digest.update(f"{ref.sheet}!{ref.row},{ref.column}={content}\n".encode())
    return digest.hexdigest()


def _has(record: object, field: str) -> bool:
    return field.partition(".")[0] != "extra"
