"""Follows a guide on adding a layout, step by step: its commands and its changes to files.

A block of code marked `sh` is run; one marked with a file's name and 改前 / before is replaced in
that file by the next, marked 改后 / after; one marked 加在最后 / append is put at its end.
"""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)(?: (\S+) (\S+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
BEFORE, AFTER, APPEND = {"改前", "before"}, {"改后", "after"}, {"加在最后", "append"}


@dataclass
class Step:
    """One step: a command, or a replacement in a file; without `before`, at its end."""

    command: list[str] | None = None
    file: str = ""
    before: str = ""
    after: str = ""


def steps(guide: Path) -> list[Step]:
    """The steps of a guide, in order. Other blocks are there to be read."""
    found: list[Step] = []
    before = ""
    for language, file, role, code in _BLOCK.findall(guide.read_text("utf-8")):
        if language == "sh":
            found += [Step(command=shlex.split(line)) for line in code.splitlines()]
        elif role in BEFORE:
            before = code.rstrip("\n")
        elif role in AFTER:
            found.append(Step(file=file, before=before, after=code.rstrip("\n")))
        elif role in APPEND:
            found.append(Step(file=file, after=code))
    return found
