"""PG319: the report speaks of its own office, not of the one that it was copied from (别的单位)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.passages import prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.subjects import own_names
from perfgen.model.finding import Severity
from perfgen.prose.text import sentences

_SAID_OF_ONESELF = re.compile(
    r"(?:局|委员会|厅)(?:(?:19|20)\d\d年度?|本年度)?(?:"
    r"(?:部门)?整体支出(?=[为共达\d绩])|(?:部门)?预算(?=[为共达\d]|年初|总额)|内设(?:机构|科室|处室|股室)|成立于|"
    r"(?:的)?(?:主要)?(?:职责|职能)(?=是|为|包括|如下|:))"
)
_TITLE = re.compile(r"《[^《》]{0,80}》")
_NAME = re.compile("[\u4e00-\u9fff]{2,16}$")
_PLACED = re.compile("[省市县区州旗盟].{1,12}$")
"""我局, 全局 and the like name no office; 临江县水务局 does."""
_RELATED = re.compile(
    "下属|所属|下设|归口|管理的|加挂|前身|原|合并|划转|划入|划出|和|与|及|会同|联合|配合|、|根据|按照|由|向|从|将"
)


@rule(
    "PG319",
    Severity.WARNING,
    title="写着别的单位的名称",
    reason="照别的单位的报告改，概况和第一段里最容易留下它的名称。这里核对说整体支出、部门预算、内设机构、主要职责、"
    "成立时间的句子，主语是不是本单位；写明是下属、合作单位的不算。",
    good="临江县教育局的报告，“临江县教育局内设机构5个”",
    bad="临江县教育局的报告，“临江县水务局内设机构5个”",
)
def other_office(case: Case) -> Iterator[Hit]:
    """Another office's name where an office speaks of itself."""
    own = own_names(case.report.unit)
    if not own or not own[0].endswith(("局", "委员会", "厅")):
        return
    for passage in prose(case):
        if passage.kind not in ("section", "report"):
            continue
        for sentence in sentences(_TITLE.sub("", passage.text)):
            for found in _SAID_OF_ONESELF.finditer(sentence.text):
                end = found.start() + _length(found.group())
                name = _NAME.search(sentence.text[max(0, end - 16) : end])
                if name is None or not _PLACED.search(name.group()):
                    continue
                if _RELATED.search(name.group()):
                    continue
                if not name.group().endswith(own) and own[0] not in name.group():
                    yield Hit(
                        subject=passage.subject,
                        message=f"{quoted(passage.shown)}里写着{quoted(name.group())}，"
                        f"报告的单位是 {case.report.unit}",
                        hint="改成本单位；确是说别的单位的，写明它与本单位的关系",
                        ref=passage.ref,
                    )


def _length(text: str) -> int:
    return len("委员会") if text.startswith("委员会") else 1
