"""Names of indicators and budget lines, as they are compared (名称比对)."""

from __future__ import annotations

import re
import unicodedata

MISSING = frozenset({"", "—", "——", "－", "-", "--", "–", "−", "/", "//", "／", "无"})
"""What officers write into a cell for "nothing here" (无数据): where a number, a date or a name
goes."""


def bare_name(name: str) -> str:
    """Return a name without spaces and quotation marks, with half-width signs.

    An officer writes “三公经费”变动率 with one kind of quotation marks here, another there.
    """
    return re.sub(r"[\s“”‘’\"'「」]", "", unicodedata.normalize("NFKC", name))
