"""What an officer is told of documents that were put aside (改稿另存)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perfgen.cli.console import note, styled


def show_aside(aside: Mapping[str, Path]) -> None:
    """Say which documents were altered by hand, and where they are kept now."""
    for name, path in aside.items():
        note(f"{styled('注意', fg='yellow')} 原来的 {name} 改过或换过，保留在 {path}")
