"""The fonts that Typst is given (转换好的字体): made once for each font, kept in the user's cache.

Each font file becomes one with TrueType outlines and a family name of its own (`truetype/`): the
PostScript outlines of Fandol, Noto and Source Han do not pass PDF/A's rules once they are embedded,
and two files that share a family could not be told apart. Made fonts are found again by the content
of the file they come from, in a folder of their own with its licence.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from perfgen.errors import FontError, OutputError
from perfgen.files import write_whole
from perfgen.render.fonts.files import facts_in, font_fault
from perfgen.render.fonts.licences import licence_files
from perfgen.render.fonts.parallel import side_by_side
from perfgen.render.fonts.places import cache_folder

Say = Callable[[str], None]

_FORM = 1
"""Counts up where fonts are made in another way, so that older ones are no longer used."""


@dataclass(frozen=True, slots=True)
class ConvertedFont:
    """A font as Typst is given it: its file, and the family name that no other file has.

    The file stands in a folder of its own, since Typst is given folders.
    """

    path: Path
    family: str


def is_converted(source: Path) -> bool:
    """Return whether a font is ready for Typst. Raises FontError where it cannot be read."""
    return _place_of(source).path.is_file()


def converted(sources: Iterable[Path], say: Say) -> Mapping[Path, ConvertedFont]:
    """Return the font to give Typst for each of these font files; make those that are missing.

    `say` is told, in Chinese, which are made. Raises FontError, naming the file, where a font
    cannot be used, and where there is no room to keep it.
    """
    places = {source: _place_of(source) for source in sources}
    missing = _missing(places)
    if missing:
        folder = _fonts_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / "lock"):  # another perfgen may be making them just now
                _make(_missing(places), say)
        except OSError as error:
            raise _no_room(folder) from error
    return places


def _missing(places: Mapping[Path, ConvertedFont]) -> Mapping[Path, ConvertedFont]:
    """Return the fonts that are not there yet, one for each content."""
    wanted = {place: source for source, place in places.items() if not place.path.is_file()}
    return {source: place for place, source in wanted.items()}


def _make(missing: Mapping[Path, ConvertedFont], say: Say) -> None:
    if not missing:
        return
    say(f"转换 PDF 用的字体，共 {len(missing)} 个，只需一次：{_names(missing)}")
    # The largest first: begun last, it would be waited for alone.
    tasks = sorted(missing.items(), key=lambda task: -task[0].stat().st_size)
    if len(tasks) == 1:
        convert(*tasks[0])
        return
    arguments = [(str(source), str(place.path), place.family) for source, place in tasks]
    for done, (number, well) in enumerate(side_by_side(__name__, arguments), start=1):
        if not well:
            convert(*tasks[number])  # says what is wrong, if it is not the process itself
        say(f"已转换 {done}/{len(tasks)}：{tasks[number][0].name}")


def convert(source: Path, place: ConvertedFont) -> None:
    """Make one font and keep it in its place, behind its licence."""
    from perfgen.render.fonts.truetype import NoOutlines, truetype_font  # noqa: PLC0415

    try:
        content = truetype_font(source, place.family)
    except NoOutlines as error:
        raise FontError(
            f"字体只有点阵，没有轮廓，不能用来生成 PDF：{source}",
            hint="换一份 TrueType 或 OpenType 轮廓字体，或将它移出字体文件夹",
        ) from error
    except Exception as error:  # a damaged font makes fontTools raise nearly anything
        raise font_fault(source) from error
    folder = place.path.parent
    files = {folder / name: text for name, text in licence_files(source).items()}
    try:
        write_whole({**files, place.path: content})
    except OutputError as error:
        if not place.path.is_file():
            raise _no_room(folder) from error


def _place_of(source: Path) -> ConvertedFont:
    content = facts_in(source).content
    folder = _fonts_folder() / f"{_FORM}-{content[:16]}"
    return ConvertedFont(folder / "font.ttf", f"perfgen {content[:8]}")


def _fonts_folder() -> Path:
    return cache_folder() / "fonts"


def _names(sources: Iterable[Path]) -> str:
    return "、".join(source.stem for source in sources)


def _no_room(folder: Path) -> FontError:
    return FontError(
        f"转换好的字体不能写入 {folder}",
        hint="检查权限和磁盘空间；要换地方，设置环境变量 XDG_CACHE_HOME（Windows 为 LOCALAPPDATA）",
    )


if __name__ == "__main__":
    convert(Path(sys.argv[1]), ConvertedFont(Path(sys.argv[2]), sys.argv[3]))
