"""Files that a document carries (附件): attached to a PDF, related to it as its data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file: its name, its bytes, its media type, and a line for people who look at it."""

    name: str
    content: bytes
    media_type: str
    description: str
