"""What workers need besides workbooks (随带): an office's layouts and the fonts, sent once to each.

Folders are packed where the workbooks are, unpacked where the work is, and each request's folders
are then those.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath

from perfgen.batch.jobs import Job, Made
from perfgen.batch.work import do
from perfgen.build import Request
from perfgen.layouts.files import files_in
from perfgen.layouts.find import DECLARATION
from perfgen.render.fonts import find_fonts
from perfgen.render.fonts.files import FONT_SUFFIXES
from perfgen.render.fonts.find import MACHINE_FONTS

_EPOCH = "SOURCE_DATE_EPOCH"
_SHARED = "_shared"
_HOME, _MACHINE = "home", "machine"


@dataclass(frozen=True, slots=True)
class Luggage:
    """Packed folders by their place in the luggage, and where those of a request are.

    `places` tells, for a folder here, its place there; `environment` what the documents depend on
    besides, with None for what must not be set.
    """

    packed: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    places: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str | None] = field(default_factory=dict)


def pack(requests: Iterable[Request], *, prints_pdf: bool) -> Luggage:
    """Return what the workbooks of these requests need; fonts of this machine for PDFs alone."""
    several = list(requests)
    packed: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for folder in dict.fromkeys(one for request in several for one in request.layouts):
        place = f"layouts{len(places)}"
        packed[place] = _zipped(_layout_files(folder))
        places[str(folder)] = f"{place}/{folder.name}"
    for folder in dict.fromkeys(one for request in several for one in request.fonts):
        place = f"fonts{len(places)}"
        files = _font_files(folder)
        if files:
            packed[place] = _zipped(files)
        places[str(folder)] = place
    if prints_pdf:
        choices = dict.fromkeys(request.fonts for request in several)
        packed[_MACHINE] = _zipped(_machine_fonts(choices))
    return Luggage(packed, places, {_EPOCH: os.environ.get(_EPOCH)})


def unpack(luggage: Luggage, home: Path) -> None:
    """Lay the folders out below `home`."""
    for place in (_HOME, _MACHINE, *luggage.packed):
        (home / place).mkdir(parents=True, exist_ok=True)
    for place, content in luggage.packed.items():
        with zipfile.ZipFile(BytesIO(content)) as archive:
            archive.extractall(home / place)


def do_far_away(home: str, luggage: Luggage, job: Job) -> Made:
    """Do a job with the folders that were laid out in `home`, and with nothing of this machine."""
    folder = Path(home)
    os.chdir(folder / _HOME)
    os.environ[MACHINE_FONTS] = str(folder / _MACHINE)
    for name, value in luggage.environment.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    request = replace(
        job.request,
        layouts=_there(job.request.layouts, luggage, folder),
        fonts=_there(job.request.fonts, luggage, folder),
    )
    return do(replace(job, request=request))


def _there(folders: Sequence[Path], luggage: Luggage, home: Path) -> tuple[Path, ...]:
    return tuple(home / luggage.places[str(folder)] for folder in folders)


# --- packing -------------------------------------------------------------------------------------


def _layout_files(folder: Path) -> Mapping[str, Path]:
    """A layout folder, or one that holds several, with the shared folder beside it: all by names.

    Links that lead out are left behind, as a layout may not follow them anyway.
    """
    homes = [folder]
    if (folder / DECLARATION).is_file():
        homes.append(folder.parent / _SHARED)
    return {
        (PurePosixPath(home.name) / file.relative_to(home.resolve()).as_posix()).as_posix(): file
        for home in homes
        if home.is_dir()
        for file in _inside(home)
    }


def _inside(home: Path) -> Iterable[Path]:
    root = home.resolve()
    return (file for file in files_in(root) if file.is_relative_to(root))


def _font_files(folder: Path) -> Mapping[str, Path]:
    if not folder.is_dir():
        return {}
    return {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in FONT_SUFFIXES and path.is_file()
    }


def _machine_fonts(choices: Iterable[tuple[Path, ...]]) -> Mapping[str, Path]:
    """The fonts of this machine that are chosen; nobody's `fonts` folder."""
    found: dict[str, Path] = {}
    for folders in choices:
        given = {folder.resolve() for folder in folders}
        chosen = find_fonts(folders)
        files = [file for font in chosen.roles for file in (font.file, *font.behind)]
        for file in (*files, *chosen.fallbacks):
            if file.path.resolve().parent not in given:
                found.setdefault(file.path.name, file.path)
    return found


def _zipped(files: Mapping[str, Path]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.write(file, name)
    return stream.getvalue()
