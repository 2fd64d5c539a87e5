"""Reasons that lead the other way than what they explain (原因与结果相反).

`结余24万元，原因是补助标准提高` and `超支4.9万元，原因是厉行节约` explain the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.prose.text import sentences

_WHY = re.compile(
    "(?:主要)?(?:原因(?:是|为|在于|系|:)|(?:主要)?是因为|(?:主要)?是由于|系因|系(?=[^列统数关])|主要是)(?P<why>[^;。\\n]{2,60})$"
)
_LESS = re.compile(
    "结余|节约|节省|少(?:执行|支出|完成|换|建|办|开展|安排)|(?:未|没有|没能|未能)(?:全部|按期)?(?:完成|达到|支付|执行|支出)|"
    "(?:执行率|支出率|支付率|完成率|进度)[^,;]{0,10}(?:最低|偏低|较低|仅|只有|低于)|为各项目最低|低于(?:目标|计划|预算)"
)
_MORE = re.compile(
    "超支|超了|超出|超过(?:预算|目标|计划|控制)|多支出|(?:控制率|执行率)1[0-9]{2}(?:\\.\\d{1,2})?%|高于(?:目标|计划|预算)|"
    "超额|多(?:完成|建|办|开展)"
)
_COST_MORE = re.compile(
    "涨价|价格上涨|上涨|标准提高|提高(?:了)?(?:补助|补贴|发放|支付)?标准|(?:超过|超出|多于)(?:了)?(?:年初)?计划|"
    "多(?:采购|购置|购买|购|办|开展|建设|建|招)|超额|提前到|提前至|提前完成|扩大规模|抢修|应急抢险"
)
_COST_LESS = re.compile(
    "降价|价格下降|下调|厉行节约|节约|压减|压缩|精简|取消|减少|推迟|延期|流标|暂停|停办|放弃|未|没有|没能|不足|慢|滞后|"
    "晚|少|降|结余|低于|中标价"
)
_SAVED = re.compile(
    "降价|价格下降|厉行节约|严控|压减|压缩|精简|取消|推迟|延期|流标|暂停|停办|减少了?(?:活动|采购|出差|场次|批次)"
)
_RESULT = re.compile("(?:结余|执行率|支出率|剩余|支出)[^,;]{0,16}")
_BUT = re.compile("但|虽|同时|除|其中|上年|去年|追加|调整|后续|剔除|扣除")


def denied_reasons(text: str, *, less: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what is explained and a reason that explains the opposite.

    `less` says that the whole text explains why less was done or spent, as its column's head says.
    """
    for sentence in sentences(text):
        said = sentence.text
        found = _WHY.search(said)
        effect = said[: found.start()] if found else ""
        why = found["why"] if found else _RESULT.sub("", said) if less else ""
        if not why or _BUT.search(said):
            continue
        fewer, more = _LESS.search(effect), _MORE.search(effect)
        costs, saves = _COST_MORE.search(why), _COST_LESS.search(why)
        if (fewer or (less and not more)) and not more and costs and not saves:
            yield (fewer.group() if fewer else "支出偏少"), costs.group()
        elif more and not fewer and not costs and (saved := _SAVED.search(why)):
            yield more.group(), saved.group()
