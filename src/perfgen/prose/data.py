"""The word lists that stand beside these modules, as TOML."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """Return what a file of this package holds, such as `words.toml`."""
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
