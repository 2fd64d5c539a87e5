"""Header texts as they are compared (表头比对)."""

from __future__ import annotations

import re
import unicodedata

_UNIT_NOTE = re.compile(r"\((万元|亿元|元|%|单位[^()]*|必填|选填)\)|[*:]")


def fold_header(text: str) -> str:
    """Return a header text as it is compared: no spaces, no `（万元）`, half-width signs."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return _UNIT_NOTE.sub("", folded)
