"""Posts and people told in parts, as vacancies or above the posts (其中、空编、超编).

PG340 tells what is found here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from perfgen.checks.common.posts import Staffed
from perfgen.model.numbers import plain
from perfgen.prose.text import folded

_LETTER = "[\u4e00-\u9fff]"
_TOTAL = re.compile(
    r"(?:编制(?:人数|总数|名额|数|人员)?|(?:在编|实有|在职|在岗|现有|用编)(?:在编|在职)?(?:人员|人数|职工|干部|干警|民警|教职工|总数|数){0,2})"
    r"(?:共计|合计|共有|总计|共|为|是|有|:)?(?P<total>\d{1,5})[名人个]"
    r"(?:\(|,?其中:?,?|,包括:?)(?P<list>[^。;()\n]{4,120})"
)
_ITEM = re.compile(
    r"(?P<label>[^,、()\d]{1,14}?)(?:编制|人员|岗位|编)?(?:共|为|有|:)?(?P<number>\d{1,5})[名人个](?=[,、)]|$)"
)
_ENDS_LIST = re.compile("另|还有|其中|较|比|上年|同比|增|减|外聘|聘用|编外|临聘|辅警|退休")
_KINDS = re.compile(
    "行政|事业|工勤|参公|公务员|参照|政法|机关|执法|全额|差额|男|女|下属|直属|所属|专技|专业技术|管理|公益"
)
_LAST = re.compile("其他|其余|以下|女")
_APART = re.compile(
    "[高中初]级|正高|副高|博士|硕士|研究生|本科|大专|法官|检察官|助理|书记员|法警|司法警察|医师|医生|护士|医技|药师|馆员"
)
"""Kinds of people of whom nobody is of two; others there may be, too."""

_SUMMED = re.compile(
    rf"(?P<list>(?:{_LETTER}{{0,8}}?(?:行政|事业|工勤|参公|政法专项|机关|执法)(?:编制|人员|编)?\d{{1,5}}[名人个][,、]?){{2,5}})"
    r",?(?:共计|合计|总计|共|计)(?:编制|有|核定编制)?(?P<total>\d{1,5})[名人个]"
)
_PART = re.compile(
    r"(?:在编|实有|在职|在岗|现有|教职工|干警|职工)(?:在编|人员|人数|数){0,2}(?:共|为|有)?(?P<total>\d{1,5})[名人],其中"
    r"(?P<label>[^,。;、()\d]{2,14}?)(?:共|有)?(?P<number>\d{1,5})[名人]"
)
_VACANT = re.compile(
    r"空编(?:共|为|约)?(?P<one>\d{1,4})[名人个]|(?<![\d.])(?P<two>\d{1,4})个(?:岗位|编制|名额)?空[编缺]|编制空缺(?P<three>\d{1,4})[名人个]"
)
_OVER = re.compile(
    r"超编(?:人员)?(?:共|为)?(?P<one>\d{1,4})[名人]|(?<![\d.])(?P<two>\d{1,4})[名个]超编(?:人员|干部|职工)"
)
_ASIDE = re.compile("上年|去年|年初|原|此前|(?:19|20)\\d\\d年初|其中|各|下属|所属|乡镇|镇街")


def odd_lists(text: str) -> Iterator[tuple[str, str]]:
    """Yield lists of posts or people that do not add up, each with what is wrong."""
    for sentence in re.split("[。;\n]", folded(text)):
        told = False
        for form in (_TOTAL, _SUMMED):
            for found in form.finditer(sentence):
                wrong = _off(found, whole=form is _SUMMED)
                if wrong:
                    told = True
                    yield found.group()[:_SHOWN], wrong
        for found in () if told else _PART.finditer(sentence):
            if int(found["number"]) > int(found["total"]):
                yield found.group(), "其中的人比全部还多"


_SHOWN = 40


def _off(found: re.Match[str], *, whole: bool) -> str:
    total, labels, numbers = int(found["total"]), [], []
    place, text = 0, found["list"]
    while item := _ITEM.match(text, place):
        if _ENDS_LIST.search(item["label"]):
            break
        labels.append(item["label"])
        numbers.append(int(item["number"]))
        place = item.end()
        if place >= len(text) or text[place] not in "、,":
            break
        place += 1
    if len(numbers) < 2:
        return ""
    every = whole or all(_KINDS.search(one) for one in labels) or bool(_LAST.search(labels[-1]))
    added = sum(numbers)
    apart = every or all(_APART.search(one) for one in labels)
    if (apart and added > total) or (every and added < total):
        return f"各部分加起来是 {added}，写的是 {total}"
    return ""


def odd_vacancies(text: str, runs: Sequence[Staffed]) -> Iterator[tuple[str, str]]:
    """Yield vacancies, and people above the posts, that are not those of the runs of a report."""
    posts = [sum(run.posts, Decimal(0)) for run in runs]
    people = [sum(run.people, Decimal(0)) for run in runs]
    left = {all_ - some for all_, some in zip(posts, people, strict=True)}
    left.add(sum(posts, Decimal(0)) - sum(people, Decimal(0)))
    for sentence in re.split("[。;\n]", folded(text)):
        for form, known, what in (
            (_VACANT, left, "空编"),
            (_OVER, {-one for one in left}, "超编"),
        ):
            every = list(form.finditer(sentence))
            if sum(map(_number, every)) in known:  # 行政空编7名, 事业空编6名
                continue
            for found in every:
                said = _number(found)
                if not _ASIDE.search(sentence[: found.start()]) and said not in known:
                    yield found.group(), _right(known, what)


def _number(found: re.Match[str]) -> Decimal:
    return Decimal(next(one for one in found.groups() if one))


def _right(known: Collection[Decimal], what: str) -> str:
    some = [plain(one) for one in sorted(known) if one > 0]
    return (
        f"按写的编制和在编人数，{what} {'、'.join(some)} 名"
        if some
        else f"按写的编制和在编人数没有{what}"
    )
