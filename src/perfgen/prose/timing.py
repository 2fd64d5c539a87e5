"""Years and months of a text as words (本年、往年、月末): which time its money is of."""

from __future__ import annotations

import re

from perfgen.prose.text import folded

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?")
_TO_THE_END = re.compile(r"截[至止]到?(?:本年)?(?:12月(?:底|末|份|31日)|年底|年末)|1-12月份?")
_EVENT = re.compile(
    r"(?<![\d至止到-])(?:\d{1,2}-)?\d{1,2}月(?:份|底|末|[上中下]旬|\d{1,2}日)?(?:之?前)?"
    r"(?=[^\d,。;、()月]{0,20}(?:完工|竣工|验收|开工|建成|投用|使用|开放|配发|启用|启动|上线|交付|举办|召开|"
    r"开展|印发|安装|签订|挂牌|完成)[^\d,。;、()月]{0,12}(?:[,。;、()]|$))",
    re.MULTILINE,
)
"""When something was done (11月底前全部完工): it says nothing of when the money was counted."""
_MONTH = re.compile(r"(?<!\d)(?:\d{1,2}-)?\d{1,2}月(?:份|底|末|\d{1,2}日)?")
_PUT_OFF = re.compile(r"(?:推迟|延期|顺延|延后|延)(?:到|至)往年(?:度)?(?:\d{1,2}月)?")
"""推迟到下一年采购: what is told behind it is of this year all the same."""


def timed(text: str, year: int) -> str:
    """Return a text with its years and months as words: 本年, 往年, 月末."""
    text = folded(text).replace("(套)", "套")  # 1862台(套): one unit
    text = _YEAR.sub(lambda y: "本年" if int(y[1]) == year else "往年", text)
    text = _PUT_OFF.sub("", text)
    text = _EVENT.sub("", _TO_THE_END.sub("截至年底", text))
    return _MONTH.sub("月末", text)
