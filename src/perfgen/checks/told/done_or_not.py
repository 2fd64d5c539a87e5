"""PG354: what happened, began or was accepted is told the same way throughout (做没做前后一致)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import is_plan
from perfgen.model.finding import Severity
from perfgen.model.numbers import fixed
from perfgen.model.records import Indicator
from perfgen.prose.text import folded

_LETTER = "[\u4e00-\u9fff]"
_CASES = "[起次例件宗]"
_HAPPENED = re.compile(
    rf"(?P<denied>未|没有|没|无|零|不)?(?:曾|再)?发生过?了?(?:(?P<some>\d{{1,4}}){_CASES}(?:的)?(?P<what>{_LETTER}{{2,16}})"
    rf"|(?P<thing>{_LETTER}{{2,16}}?)(?:共|仅)?(?P<number>\d{{1,4}}){_CASES}|(?P<other>{_LETTER}{{2,16}}))"
)
_EVENTS = re.compile(
    "(?:事故|事件|疫情|火灾|火情|案件|舆情|中毒|溺水|泄密|投诉|伤亡)(?:发生)?(?:起数|次数|件数|例数|数量|数)?$"
)
_DEGREES = re.compile(
    "一般|较大|重大|特大|特别|轻微|严重|以上|区域性|规模|聚集性|责任|安全|暴力|群体性"
)
_RUN = 4
_OTHERS = re.compile(
    "上年|去年|同期|往年|(?:19|20)\\d\\d年|全省|全国|邻|周边|外地|假设|演练|模拟|防止|避免|杜绝|若|如|一旦|可能"
)

_NOT_BEGUN = re.compile(
    "(?:至今|尚|仍|还|一直|始终|均|也)?(?:未|没有)(?:能|正式|实质性)?(?:开工|动工|启动|实施|开展|施工|进场)(?=[,。;、)]|$)"
)
_SPENT = Decimal("0.5")
_SHORTEST_NAME = 4

_DEEDS = "验收|开工|完工|竣工|交付|上线|投用|投入使用|招标|到货|通车|通水|结题|结项|开馆|开园|发布"
_NOT_DONE = re.compile(
    rf"(?:尚未|仍未|还未|至今未|一直未|迟迟未|始终未|未能|没有)(?:能)?(?:组织|通过|进行|完成|如期|按期|按时|正式|全部|实现){{0,2}}"
    rf"(?:竣工|完工|专家|初步|最终|公开|正式)?(?P<deed>{_DEEDS})(?=[,。;、)]|$)"
)
_DONE = re.compile(
    rf"(?:已|通过|完成|顺利|全部|如期|均|实现|组织|\d日|\d月(?:底|末|初|中旬|上旬|下旬)?|日前)(?:全部|正式|顺利|已|组织|完成|通过|一次性)?"
    rf"(?:了)?(?:竣工|完工|专家|公开)?(?P<deed>{_DEEDS})(?!率|前|时间|计划|方案|手续|中|的)"
)
_NOT_YET = re.compile(
    "未|没|待|计划|将|拟|力争|争取|预计|要求|应|须|目标|下年|次年|明年|底前|月前|日前完成|后(?:再|方)"
)
_PART = re.compile(
    r"\d|其余|其他|部分|另|个别|剩余|余下|二期|三期|尾工|附属|曾|一度|年初|上半年|此前|原"
)


_STEPS = (
    "考核|评审|审核|核查|抽检|抽查|验收|评估|备案|挂牌|入库|开工|完工|到位|签订|"
    "投用|交付|达标|合格|结题|封顶|上线|开放"
)
_ALL_OF = re.compile(
    rf"(?:全部|均|全都|都)(?:已|按期|按时|如期|一次性|一次|顺利){{0,2}}(?:通过|完成)?了?{_LETTER}{{0,6}}?(?P<deed>{_STEPS})"
)
_SOME_NOT = re.compile(
    rf"\d{{1,5}}[\u4e00-\u9fff](?P<thing>{_LETTER}{{0,10}}?)(?:[因受由]{_LETTER}{{1,14}}?)?(?:尚未|仍未|还未|没有|未能?|不)"
    rf"(?:通过|完成)?{_LETTER}{{0,6}}?(?P<deed>{_STEPS})"
)


@rule(
    "PG354",
    Severity.WARNING,
    title="做没做，前后说法不一",
    reason="同一件事不会既没有发生、又发生了几起：正文说“发生2起”，指标的完成值却是 0；"
    "说“至今尚未开工”的项目，表里已经支出大半；同一个项目前面说“通过验收”，后面说“仍未验收”。"
    "只说其中一部分、写明是上年或别处的不比。",
    good="指标“较大火灾起数”完成 0 起，正文“全年未发生较大火灾”",
    bad="指标“较大火灾起数”完成 0 起，正文“全年发生2起较大火灾”",
    most=8,
)
def done_or_not(case: Case) -> Iterator[Hit]:
    """Happenings against indicators, works not begun against money spent, deeds done and not."""
    if is_plan(case):
        return
    events = [one for one in case.report.indicators if _is_event(one)]
    rates = _rates(case)
    rows: dict[str, list[Passage]] = {}
    for passage in prose(case):
        if passage.kind == "indicator" and passage.field != "reason":
            continue
        yield from _happened(passage, events)
        yield from _begun(passage, rates)
        if passage.kind in ("project", "task"):
            rows.setdefault(f"{passage.kind}|{passage.subject}", []).append(passage)
    for passages in rows.values():
        yield from _both(passages)


def _hit(passage: Passage, said: str, wrong: str) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(said)}，{wrong}",
        hint="核对哪一处对",
        ref=passage.ref,
    )


def _is_event(indicator: Indicator) -> bool:
    actual = indicator.actual
    counted = actual is not None and actual.number is not None and actual.unit != "%"
    return counted and _EVENTS.search(folded(indicator.name)) is not None


def _happened(passage: Passage, events: Sequence[Indicator]) -> Iterator[Hit]:
    """发生1起区域性疫情 where the indicator has none, and 未发生 where it has some."""
    text = folded(passage.text)
    if not events or "发生" not in text:
        return
    for found in _HAPPENED.finditer(text):
        start = max(text.rfind(mark, 0, found.start()) for mark in "。;\n") + 1
        if _OTHERS.search(text[start : found.start()]):
            continue
        what = found["what"] or found["thing"] or found["other"]
        number = found["some"] or found["number"]
        for indicator in events:
            if passage.kind == "project" and indicator.project not in ("", passage.subject):
                continue
            actual = indicator.actual
            if actual is None or actual.number is None or not _is_same(what, indicator.name):
                continue
            happened = bool(number) and int(number) > 0 and not found["denied"]
            if happened and actual.number == 0:
                yield _hit(
                    passage, found.group(), f"指标{quoted(indicator.name)}完成 {actual.text}"
                )
            if found["denied"] and not number and actual.number > 0:
                yield _hit(
                    passage, found.group(), f"指标{quoted(indicator.name)}完成 {actual.text}"
                )


def _is_same(what: str, name: str) -> bool:
    """Whether words and a name are of one thing: the same degree, and four characters alike."""
    bare = re.sub("(?:发生)?(?:起数|次数|件数|例数|数量|数|率)$", "", folded(name))
    if set(_DEGREES.findall(what)) != set(_DEGREES.findall(bare)):
        return False
    length = min(_RUN, len(bare))
    return length > 1 and any(
        bare[place : place + length] in what for place in range(len(bare) - length + 1)
    )


def _rates(case: Case) -> Mapping[str, Decimal]:
    """What part of its money each project and budget line has spent."""
    found: dict[str, Decimal] = {}
    for line in case.figures.budget:
        if line.adjusted and line.actual is not None and not line.parts:
            found[folded(line.name)] = line.actual / line.adjusted
    for project in case.figures.projects:
        whole = project.whole
        if whole.adjusted and whole.actual is not None:
            found[folded(project.name)] = whole.actual / whole.adjusted
    return {name: rate for name, rate in found.items() if len(name) >= _SHORTEST_NAME}


def _begun(passage: Passage, rates: Mapping[str, Decimal]) -> Iterator[Hit]:
    """党群服务阵地项目至今尚未开工, where its row has spent most of its money."""
    for sentence in re.split("[。;\n]", folded(passage.text)):
        found = _NOT_BEGUN.search(sentence)
        if found is None or _PART.search(sentence[: found.start()].rpartition(",")[2]):
            continue
        before = sentence[: found.start()]
        named = [name for name in rates if _names(before, name)]
        if passage.kind in ("project", "task") and not named:
            continue
        if len(named) == 1 and rates[named[0]] >= _SPENT:
            spent = f"{fixed(rates[named[0]] * 100, 2)}%"
            yield _hit(passage, found.group(), f"表里{quoted(named[0])}已经支出 {spent}")


def _names(text: str, name: str) -> bool:
    """Whether a text names a row: its name, or the first four characters and more of it."""
    return name in text or (len(name) > _SHORTEST_NAME and name[: max(4, len(name) // 2)] in text)


def _both(passages: Sequence[Passage]) -> Iterator[Hit]:
    """通过验收 and 仍未组织验收 of one project or task."""
    done: dict[str, str] = {}
    whole: dict[str, list[str]] = {}
    for passage in passages:
        for sentence in re.split("[。;\n]", folded(passage.text)):
            for found in _DONE.finditer(sentence):
                clause = _clause(sentence, found)
                if not _NOT_YET.search(clause) and not re.search(r"\d[个处座项套]", clause):
                    done.setdefault(found["deed"], found.group())
            for found in _ALL_OF.finditer(sentence):
                clause = _clause(sentence, found)
                if not _NOT_YET.search(clause) and "除" not in sentence:
                    whole.setdefault(found["deed"], []).append(clause)
    for passage in passages:
        for sentence in re.split("[。;\n]", folded(passage.text)):
            denied = _NOT_DONE.search(sentence)
            part = _SOME_NOT.search(sentence)
            if part and _is_denied(part, whole.get(part["deed"], ())):
                said = next(iter(whole[part["deed"]]))
                yield _hit(passage, part.group(), f"另一处写着{quoted(said[-_SHOWN:])}")
            if denied and denied["deed"] in done and not _PART.search(_clause(sentence, denied)):
                yield _hit(passage, denied.group(), f"另一处写着{quoted(done[denied['deed']])}")


_SHOWN = 24


def _is_denied(part: re.Match[str], clauses: Sequence[str]) -> bool:
    """Whether some are said not to be what all of them are said to be: the same thing is named."""
    thing = part["thing"]
    pairs = [thing[place : place + 2] for place in range(len(thing) - 1)]
    return any(pair in clause for clause in clauses for pair in pairs)


def _clause(sentence: str, found: re.Match[str]) -> str:
    start = max(sentence.rfind(mark, 0, found.start()) for mark in ",:(") + 1
    end = sentence.find(",", found.end())
    return sentence[start : end if end >= 0 else len(sentence)]
