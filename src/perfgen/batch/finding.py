"""Which workbooks a batch is about, and where the documents of each go (查找工作簿)."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et"})
"""What counts as a workbook in a folder; the old kinds are refused with a sentence, not ignored."""

RESULTS = "汇总.xlsx"
ANNOTATED = "-批注"
"""What a batch itself writes as workbooks: the table of results, and annotated copies."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which workbooks of a folder are wanted: patterns like 2023/*.xlsx or *自评*."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def has(self, path: Path, below: Path) -> bool:
        """Return whether a workbook in the folder `below` is wanted."""
        said = path.relative_to(below).as_posix()

        def fits(patterns: Iterable[str]) -> bool:
            return any(fnmatch(path.name, one) or fnmatch(said, one) for one in patterns)

        return (not self.include or fits(self.include)) and not fits(self.exclude)


def find_workbooks(
    places: Sequence[Path], wanted: Wanted, outputs: Sequence[Path] = ()
) -> tuple[Path, ...]:
    """Return the workbooks in these folders, searched to the bottom, and those named one by one.

    Left out are folders that documents go to (`outputs`), hidden folders and links, programs' lock
    files, and workbooks that a batch wrote. What is found twice comes once. A path that is not
    there comes, too: reading it says so.
    """
    leave_out = frozenset(output.resolve() for output in outputs)
    found: dict[Path, Path] = {}
    for place in places:
        paths = _below(place, wanted, leave_out) if place.is_dir() else [place]
        for path in paths:
            found.setdefault(path.resolve(), path)
    return tuple(found.values())


def _below(home: Path, wanted: Wanted, leave_out: frozenset[Path]) -> Iterator[Path]:
    top = home.resolve()
    for folder, below, files in os.walk(home):
        here = Path(folder)
        below[:] = sorted(
            name for name in below
            if not name.startswith(".") and _resolved(here / name) not in leave_out - {top}
        )  # fmt: skip
        for name in sorted(files):
            path = here / name
            if path.suffix.lower() in SUFFIXES and not is_ours(name) and wanted.has(path, home):
                yield path


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links in a circle; they are not followed anyway
        return None


def is_ours(name: str) -> bool:
    """Return whether a file is a lock file, or one that a batch writes."""
    stem = Path(name).stem
    return name.startswith(("~$", ".")) or name == RESULTS or stem.endswith(ANNOTATED)


# --- where documents go --------------------------------------------------------------------------


def destinations(
    workbooks: Sequence[Path], home_of: Callable[[Path], Path]
) -> Mapping[Path, Path | None]:
    """Return the path without a suffix of each workbook's documents, as a single build has it.

    Workbooks of one name keep their folders: 甲局/自评.xlsx goes to 甲局/自评. None stands for one
    that even so has another's place (自评.xlsx and 自评.xlsm in one folder).
    """
    plain = {path: home_of(path) / path.stem for path in workbooks}
    names = Counter(_compared(destination) for destination in plain.values())
    top = _common_folder(workbooks)
    taken: set[str] = set()
    placed: dict[Path, Path | None] = {}
    for path, destination in plain.items():
        is_alone = names[_compared(destination)] == 1
        place = destination if is_alone else home_of(path) / _below_top(path, top) / path.stem
        same = _compared(place)
        placed[path] = None if same in taken else place
        taken.add(same)
    return placed


def _compared(path: Path) -> str:
    """A path as systems that ignore case and the spelling of accents tell it apart."""
    return unicodedata.normalize("NFC", str(path.absolute())).casefold()


def _common_folder(workbooks: Sequence[Path]) -> Path | None:
    folders = {str(path.resolve().parent) for path in workbooks}
    try:
        return Path(os.path.commonpath(folders)) if folders else None
    except ValueError:  # several drives
        return None


def _below_top(path: Path, top: Path | None) -> Path:
    folder = path.resolve().parent
    return folder.relative_to(top) if top else Path(*folder.parts[1:])
