"""Why a budget changed (调整的原因): words that name no row and no column of a table."""

from __future__ import annotations

import re

UP = "净?(?:追加|调增|核增|增拨|增补|追补|调入|划入|增列)|净增加?|增加(?=预算|指标)"
DOWN = "净?(?:追减|调减|核减|压减|压缩|削减|扣减|调出|划出|收回|减列)|净减少?|减少(?=预算|指标)"

_REASON = re.compile(
    r"(?:因(?!素)|由于|根据|依据|按照|受(?!益|理|助|援|训)|随着|落实(?!资金|经费)|鉴于|结合|报?经(?!费|济|营|办|常))"
)
"""Behind these stands why (因市级统筹调整追减380万元)."""

_VERB = re.compile(rf"{UP}|{DOWN}|收回")
_ONLY_WHY = re.compile(
    r"^(?:主要|其中)?(?:是|系)?(?:因(?!素)|由于|鉴于|随着|受[^益理助援训]|根据|按照|依据|为(?!了?\d))"
    r"[^\d]{2,40}$"
)


def without_reason(text: str) -> str:
    """Return a text without the words from 因 or 根据 up to the change itself."""
    reason = _REASON.search(text)
    verbs = list(_VERB.finditer(text, reason.end())) if reason else []
    return text[: reason.start()] + text[verbs[-1].start() :] if reason and verbs else text


def is_only_why(clause: str) -> bool:
    """Return whether a clause tells nothing but why: 受道路改造影响, 由于服务商更换."""
    return _ONLY_WHY.match(clause) is not None
