"""What a layout may read (版式文件): its own folder, and the shared folder beside it.

A layout comes from strangers. Every path is resolved: a link that leads out of the folder, and
what is no ordinary file (a pipe blocks for ever), are refused.
"""

from __future__ import annotations

import itertools
import stat
from collections.abc import Iterator
from pathlib import Path

from perfgen.errors import LayoutError
from perfgen.files import reason
from perfgen.layouts.find import SHARED, templates_folder

MAX_TEXT = 1024 * 1024
MOST_PICTURES = 4
MAX_PICTURE = 32 * 1024 * 1024
_SHARED = SHARED.strip("./")
_SHOWN = 100
"""Characters of a name that a message repeats."""


def layout_homes(folder: Path) -> tuple[Path, ...]:
    """Return where a layout's files are looked for, in order: its own first, perfgen's last.

    A shared folder beside the layout counts only where it really lies there.
    """
    beside = folder.parent / _SHARED
    real = beside.is_dir() and beside.resolve() == folder.parent.resolve() / _SHARED
    return (folder, *([beside] if real else []), templates_folder() / _SHARED)


def find_file(home: Path, name: str) -> Path | None:
    """Return the ordinary file `name` in `home`, resolved; None where there is nothing.

    Raises LayoutError where it leads out of `home` or is no ordinary file.
    """
    path = home / name
    try:
        found = path.resolve(strict=True)
        mode = found.stat().st_mode
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle
        raise LayoutError(
            f"版式 {home.name} 里的 {name[:_SHOWN]} 打不开（{_why(error)}）", hint="检查这个文件"
        ) from error
    if not found.is_relative_to(home.resolve()):
        raise LayoutError(
            f"版式 {home.name} 里的 {name} 指到了版式文件夹外面，不读取",
            hint="把要用的文件放进版式文件夹",
        )
    if not stat.S_ISREG(mode):
        raise LayoutError(f"版式 {home.name} 里的 {name} 不是普通文件，不读取", hint="换成普通文件")
    return found


def page_pictures(folder: Path) -> tuple[Path, ...]:
    """Return the pictures of a layout's pages, `preview/1.png` and on; none where it has none.

    Raises LayoutError as `find_file` does.
    """
    found = (find_file(folder, f"preview/{number}.png") for number in range(1, MOST_PICTURES + 1))
    return tuple(itertools.takewhile(lambda path: path is not None, found))  # type: ignore[arg-type]


def read_text(path: Path) -> str:
    """Return the text of a layout's file, found by `find_file`.

    Raises LayoutError where it is too large, or not in UTF-8.
    """
    content = read_bytes(path, MAX_TEXT)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LayoutError(
            f"{path.parent.name}/{path.name} 第 {line} 行不是 UTF-8 编码",
            hint="用记事本打开，另存为时编码选 UTF-8",
        ) from error


def read_bytes(path: Path, most: int = MAX_PICTURE) -> bytes:
    """Return the bytes of a layout's file. Raises LayoutError where there are more than `most`."""
    try:
        size = path.stat().st_size
        if size <= most:
            return path.read_bytes()
    except OSError as error:
        raise LayoutError(
            f"打不开 {path.parent.name}/{path.name}（{reason(error)}）", hint="检查文件和权限"
        ) from error
    raise LayoutError(
        f"{path.parent.name}/{path.name} 有 {size // 1024 // 1024} MB，"
        f"超过 {most // 1024 // 1024} MB 的上限",
        hint="版式文件不应有这么大",
    )


def files_in(home: Path) -> Iterator[Path]:
    """Yield the ordinary files that really lie in a folder or below it, in order."""
    root = home.resolve()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.resolve().is_relative_to(root):
            yield path


def _why(error: Exception) -> str:
    if isinstance(error, ValueError):
        return "名字里有文件名不能有的字符"
    return reason(error) if isinstance(error, OSError) else "链接绕成了圈"
