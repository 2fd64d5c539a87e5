"""Where layout folders are: the user's own first, then those that perfgen brings."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from perfgen.errors import LayoutError

DECLARATION = "layout.toml"


def templates_folder() -> Path:
    """Return the folder of perfgen's own layouts: in the wheel, or at the top of the project."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"


def available_layouts(folders: Sequence[Path] = ()) -> Mapping[str, Path]:
    """Return the layout folders by id; a user's folder takes the place of one of the same id."""
    found: dict[str, Path] = {}
    for home in (templates_folder(), *reversed(folders)):
        if home.is_dir():
            for declaration in sorted(home.glob(f"*/{DECLARATION}")):
                found[declaration.parent.name] = declaration.parent
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
        f"没有名为“{layout_id}”的版式", hint=f"{hint}现有版式：{'、'.join(known) or '无'}"
    )
