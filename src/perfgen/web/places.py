"""Where recent work is kept: in the user's own folder, which no other user reads."""

from __future__ import annotations

from pathlib import Path

from perfgen.render.fonts.places import data_folder


def web_folder() -> Path:
    """Return the folder of the page's own things."""
    return data_folder().parent / "web"
