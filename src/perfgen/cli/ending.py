"""Last words (结束语): what was written so far, and streams that are closed or full."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from perfgen.files import placed

_RECORDS = ".perfgen"
_SHOWN = 8


def written_so_far() -> str:
    """Return, for the end of a sentence, which documents stand in their places already."""
    files = [file for file in placed() if _RECORDS not in file.parts]
    if not files:
        return "；没有写入任何文件"
    names = "、".join(str(file) for file in files[:_SHOWN])
    return f"；已经写好：{names}" + (f" 等 {len(files)} 个文件" if len(files) > _SHOWN else "")


def give_streams() -> None:
    """Give stdout and stderr a place where the caller has closed them: `perfgen … >&-`."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))


def silence(stream: TextIO) -> None:
    """Let a stream that takes nothing more end in nothing, so that Python's end is quiet, too."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
