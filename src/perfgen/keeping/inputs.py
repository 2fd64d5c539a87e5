"""What goes into a build, as one hash: workbook, layout, fonts, perfgen itself, and the options."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from perfgen import __version__
from perfgen.layouts.files import files_in, layout_homes
from perfgen.model.layout import Layout

_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def build_key(
    workbook_hash: str, layout: Layout, fonts: Sequence[Path], options: Mapping[str, str]
) -> str:
    """Return one hash for all that a build depends on; equal hashes give equal documents."""
    return key_among(workbook_hash, surroundings(layout, fonts), options)


def key_among(workbook_hash: str, around: bytes, options: Mapping[str, str]) -> str:
    """Return the hash where the surroundings of many workbooks are known already."""
    said = {
        "workbook": workbook_hash,
        "perfgen": __version__,
        "date": os.environ.get("SOURCE_DATE_EPOCH", ""),
        **options,
    }
    lines = "".join(f"{name}={said[name]}\n" for name in sorted(said))
    return hashlib.sha256(lines.encode() + around).hexdigest()


def surroundings(layout: Layout, fonts: Sequence[Path]) -> bytes:
    """Return what goes into the hash besides workbook and options: layout, fonts, perfgen."""
    return joined(layout_hashes(layout), own_states() | font_states(fonts))


def joined(layout: str, states: Mapping[Path, str]) -> bytes:
    """Return the surroundings of which the parts are known already."""
    return (layout + "".join(states[file] for file in sorted(states))).encode()


def layout_hashes(layout: Layout) -> str:
    """Return the hash of each file of a layout."""
    return "".join(f"{file.name}:{file_hash(file)}\n" for file in sorted(_layout_files(layout)))


def font_states(folders: Sequence[Path]) -> dict[Path, str]:
    """Return the size and time of each font in these folders, and of those that were fetched."""
    return _states(_font_files(folders))


def own_states() -> dict[Path, str]:
    """Return the size and time of each file of perfgen's own."""
    return _states(_own_files())


def _states(files: Iterable[Path]) -> dict[Path, str]:
    found = {file: file.stat() for file in files}
    return {file: f"{file.name}:{state.st_size}:{state.st_mtime_ns}\n"
            for file, state in found.items()}  # fmt: skip


def _layout_files(layout: Layout) -> Iterable[Path]:
    for home in layout_homes(layout.folder):
        yield from files_in(home)


def _font_files(folders: Sequence[Path]) -> Iterable[Path]:
    """The fonts that may be used; system fonts change with the system, and then `--force` helps."""
    from perfgen.render.fonts.places import data_folder  # noqa: PLC0415

    for folder in (*folders, data_folder()):
        for file in folder.rglob("*") if folder.is_dir() else ():
            if file.suffix.lower() in _FONT_SUFFIXES:
                yield file


def _own_files() -> Iterable[Path]:
    """perfgen's own code: while it is being changed its version stays the same."""
    return Path(__file__).resolve().parent.parent.rglob("*.py")
