"""Where layout folders are: the user's own first, then those that perfgen brings."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from perfgen.errors import LayoutError

DECLARATION = "layout.toml"
_LONGEST_SAID = 60
SHARED = "../_shared/"
"""How a layout names the style sheets that all layouts share."""


def templates_folder() -> Path:
    """Return the folder of perfgen's own layouts: in the wheel, or at the top of the project."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"


def available_layouts(folders: Sequence[Path] = ()) -> Mapping[str, Path]:
    """Return the layout folders by id; a user's folder takes the place of one of the same id.

    `folders` hold layout folders, or are layout folders themselves. Raises LayoutError where one
    of them is not there.
    """
    found: dict[str, Path] = {}
    for home in (templates_folder(), *reversed(folders)):
        if not home.is_dir():
            raise LayoutError(f"没有版式文件夹 {home}", hint="检查 --layouts 后面的位置")
        for declaration in sorted([*home.glob(DECLARATION), *home.glob(f"*/{DECLARATION}")]):
            folder = declaration.parent.absolute()
            found[folder.name] = folder
    return dict(sorted(found.items()))


def find_layout(layout_id: str, folders: Sequence[Path] = ()) -> Path:
    """Return the folder of one layout.

    Raises LayoutError, with the nearest name, where there is none of this id.
    """
    known = available_layouts(folders)
    if layout_id in known:
        return known[layout_id]
    near = difflib.get_close_matches(layout_id, known, n=1, cutoff=0.4)
    hint = f"是不是 {near[0]}？" if near else ""
    raise LayoutError(
        f"没有名为“{_short(layout_id)}”的版式", hint=f"{hint}现有版式：{'、'.join(known) or '无'}"
    )


def _short(layout_id: str) -> str:
    """An id as it is said: a workbook may state one of any length."""
    return layout_id if len(layout_id) <= _LONGEST_SAID else f"{layout_id[:_LONGEST_SAID]}…"
