"""The system library that makes writing a PDF with Chinese fonts fast."""

from __future__ import annotations

import ctypes
import ctypes.util

_NAMES = (
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "libharfbuzz-subset-0.dll",
)


def harfbuzz_subset_available() -> bool:
    """Return whether HarfBuzz's subsetter can be loaded.

    Without it the PDF is still right, but writing one takes about ten times as long.
    """
    return any(_loads(name) for name in _NAMES) or bool(ctypes.util.find_library("harfbuzz-subset"))


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
