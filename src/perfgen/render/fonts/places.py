"""The user's own folders (用户文件夹): for fetched fonts, and for what can be made again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Return the user's folder where perfgen keeps the free fonts that it has downloaded."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "perfgen" / "fonts"


def cache_folder() -> Path:
    """Return the user's folder for what perfgen can make again."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return base / "perfgen" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "perfgen"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "perfgen"
