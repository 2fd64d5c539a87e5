"""The year of a report (年度) as it is typed: 2023, ２０２３年度."""

from __future__ import annotations

import re
import unicodedata

YEAR_HINT = "写四位数字，例如 2023"


def as_year(text: str) -> int | None:
    """Return the year that was typed; None where it is none of this century."""
    matched = re.fullmatch(r"(20\d\d)(年度?)?", unicodedata.normalize("NFKC", text).strip())
    return int(matched.group(1)) if matched else None
