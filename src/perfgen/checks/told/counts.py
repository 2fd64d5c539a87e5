"""PG312: as many things are listed as are said to be (说的个数与列举)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfgen.checks.common.money_rows import detail_lines
from perfgen.checks.common.numbering import number_of
from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.subjects import money_reader
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.unit_lists import counts_units, is_one_told_as_several, units_before
from perfgen.model.finding import Severity
from perfgen.model.records import BudgetLine, Project, Task
from perfgen.prose.money import MoneyReader
from perfgen.prose.text import folded

_COUNT = re.compile(
    r"(?P<etc>等)?[ \u3000]{0,2}(?P<sum>共计|合计|总计|共|计|这)?(?:有)?[ \u3000]{0,2}"
    r"(?P<count>(?<!\d)\d{1,2}(?!\d)|[一二两三四五六七八九十]{1,3})[ \u3000]{0,2}"
    r"(?P<kind>大|个|项|家|类|种|名|条|次|场|件|点|所|处|座|本|部|支|期|批|方面|部分)(?P<what>[\u4e00-\u9fff]{0,10})"
)
_ANNOUNCED = re.compile(
    r"(?<![第每\d.])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})[ \u3000]{0,2}"
    r"(?:大|个|项|家|类|种|名|条|次|场|件|点|所|处|座|方面|部分)[^。；;：:，,、\n]{0,10}[：:。]"
)
_MATTER = re.compile(
    "(?:措施|方面|工作|问题|不足|举措|做法|环节|建议|原因|困难|打算|改进|成效|特点|任务|部分|短板|抓手|内容|经验)[^，,]{0,4}$"
)
"""What is counted off point by point."""

_ALL_DONE = re.compile("(?:全部|均已?|全面|如期|按期|圆满)(?:完成|落实|达标|办结|销号|到位)")
"""10项重点工作全部完成。一是……: what is told behind it is the most telling of them."""

_MOST_OF_THEM = 0.8
_POINT = re.compile(r"(?<![第之其唯统\d])(?P<number>[一二三四五六七八九十]{1,2})是")
_LONGEST_ANNOUNCED, _NEXT = 2000, 3
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}是|[（(][一二三四五六七八九十\d]{1,3}[)）]|(?<![\d.])\d{1,2}[.．、)）](?!\d)|[①-⑳]"
)
_INSIDE = re.compile(r"[（(][^（()）\n]{0,200}[)）]|“[^“”\n]{0,200}”|《[^《》\n]{0,200}》")
_PAIRS = {"”": "“", "》": "《"}
_STOPS = frozenset("。；;：:！？!?\n")
_ENDS = _STOPS | frozenset("，,（(")
_NO_LIST = re.compile("领域|方面$|环节|之间|年|月")
_COUNTED_OFF = re.compile(r"\d[万百千]?[\u4e00-\u9fff]{1,2}$")
"""Things that are counted each (讲坛24讲、亲子阅读48场) are no list that the last count counts."""

_LONGEST_LIST = 400
_PARTS_OF_OFFICES = re.compile("科室|处室|部室|股室|管理所|管理处|中队|大队|二级学院|分局")
_FEWEST, _SURELY_SEVERAL = 2, 3
"""Fewer things are no list; several units by name are one: 办公室、人事科、财务科1个科室."""

_TIMES_AS_MANY = 3
"""Beyond so many times what is listed, a count is of pieces: 陶器、青铜器共80件."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A stated count, and how many things the list beside it may hold."""

    typed: str
    stated: int
    listed: tuple[int, ...]

    def hit(self, passage: Passage) -> Hit:
        """Return what is told where the two differ."""
        return Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}里说{quoted(self.typed)}，"
            f"列出来的是 {self.listed[0]} 个",
            hint=f"核对列举的内容和“{self.stated}”这个数",
            ref=passage.ref,
        )


@rule(
    "PG312",
    Severity.WARNING,
    title="说的个数与列的不同",
    reason="“A、B、C等2个指标”列了三个却说两个，读的人不知道哪一个对。列举用“等”的可以少列，不能多列；"
    "说“共N个”或先说个数再逐个列的，要正好。说的重点任务、项目个数也应与表里的一致。",
    good="“出口额”“进口额”等 2 个指标完成率超过 150%",
    bad="“出口额”、“进口额”、“进出口比重”等 2 个指标完成率超过 150%",
)
def stated_counts(case: Case) -> Iterator[Hit]:
    """R63: a stated count that is not the number of things listed, or of rows in a table."""
    reader, report = money_reader(case), case.report
    names = frozenset((*_names(report.tasks), *_names(report.projects), *_names(report.budget)))
    for passage in prose(case):
        for one in (*_counted_lists(passage.text, reader, names), *_announced(passage.text)):
            yield one.hit(passage)
        if passage.kind not in ("section", "report"):
            continue
        for typed, there, what in table_counts(passage.text, case):
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里说{quoted(typed)}，表里的{what}是 {there} 个",
                hint="核对个数",
                ref=passage.ref,
            )


def _names(rows: Sequence[Task] | Sequence[Project] | Sequence[BudgetLine]) -> list[str]:
    return [folded(row.name) for row in rows if row.name]


def _counted_lists(text: str, reader: MoneyReader, names: frozenset[str]) -> Iterator[Counted]:
    """Lists that stand before their count: A、B、C等3项, “甲”“乙”两项, A、B共2家."""
    for found in _COUNT.finditer(text):
        stated = number_of(found["count"])
        if not stated:
            continue
        before = text[max(0, found.start() - _LONGEST_LIST) : found.start()].rstrip(" \u3000")
        units = units_before(before.rstrip("，,") if found["sum"] else before)
        if stated < _FEWEST and units < _SURELY_SEVERAL:
            continue
        if units and counts_units(found["kind"], found["what"]):
            one = is_one_told_as_several(units, stated, found["what"])
            if not one or stated > _TIMES_AS_MANY * units:
                continue
            if units > stated or (units < stated and not found["etc"]):
                yield Counted(_shown(before, found.group()), stated, (units,))
            continue
        quotes = _quoted_before(before)
        exact = not found["etc"] and (quotes > 0 or found["sum"] is not None)
        rows = _rows_before(before, names)
        listed = (quotes,) if quotes >= 2 else _plain_list(before, reader, last=not found["etc"])
        listed = (rows,) if rows and quotes < 2 else listed
        sorts = found["kind"] in _KINDS or _SORTS.match(found["what"]) is not None
        kinds = sorts and not found["etc"] and _lists_kinds(before)
        parts = not found["etc"] and _PARTS_OF_OFFICES.match(found["what"]) is not None
        alike = not found["etc"] and _are_of_one_kind(before, found["what"])
        named = found["etc"] or exact or rows or kinds or parts or alike or _named(before, reader)
        if not listed or not named:
            continue
        if stated > _TIMES_AS_MANY * max(listed):
            continue
        least = min(listed)
        wrong = least > stated if not exact else stated not in listed
        if not found["etc"] and not quotes and not found["sum"]:
            wrong = stated not in listed
        if wrong and not (found["sum"] == "这" and least < stated):
            yield Counted(_shown(before, found.group()), stated, listed)


def _rows_before(text: str, names: frozenset[str]) -> int:
    """How many rows of the tables a list names, each by its full name, which may hold 和."""
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    pieces = folded(text[start:]).split("、")
    known = [piece in names for piece in pieces[1:]]
    opened = any(pieces[0].endswith(name) for name in names if name)
    return len(pieces) if len(pieces) > 1 and opened and all(known) else 0


_KINDS = frozenset({"类", "种", "方面", "大"})
_FEWEST_KINDS = 3
_SORTS = re.compile(
    "专业部?|系统|片区|环节|领域|专项|学科|课程|模块|板块|专班|小组|工作组|县区|县|区(?!域)|乡镇|街道|镇|乡|村(?!民)|"
    "社区|品牌|平台|渠道|维度|层面|阶段|行业|工种|部门|岗位|窗口|展厅|河段|流域|景区|园区|基地|校区|院区|病区|"
    "学院|赛项|等级|级别|序列|主题|单元|栏目|语种|品种|树种|作物|病种|疫苗|库区|灌区|林场|站点|方向"
)
"""What a plain list may name, each thing of it once: 影像、心电、检验三个系统."""


def _lists_kinds(text: str) -> bool:
    """Whether a plain list of kinds stands right before their count: 粮油、蔬菜、肉类三类."""
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    pieces = text[start:].split("、")
    plain = not any(re.search("等|和|及|与|或", piece) for piece in pieces[:-1])
    return len(pieces) >= _FEWEST_KINDS and plain


def _are_of_one_kind(text: str, what: str) -> bool:
    """Whether a plain list names things of the kind counted: 甲联赛、乙邀请赛、丙公开赛3项赛事."""
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    pieces = text[start:].split("、")
    if len(pieces) < _FEWEST_KINDS or re.search("和|及|与|或", "".join(pieces[:-1])):
        return False
    pieces = [*pieces[:-1], *re.split("以及|和|及|与", pieces[-1])]
    tail = pieces[-1][-1:]
    named = all(piece.endswith(tail) and len(piece) > _FEWEST_KINDS for piece in pieces)
    return tail != "" and named and tail in what


def _quoted_before(text: str) -> int:
    """How many quoted names stand in a row at the end of a text."""
    count, place = 0, len(text)
    while place and text[place - 1] in _PAIRS:
        start = text.rfind(_PAIRS[text[place - 1]], 0, place - 1)
        if start < 0:
            break
        count += 1
        place = start
        while place and text[place - 1] in "、，,和及与":
            place -= 1
    return count


def _plain_list(text: str, reader: MoneyReader, *, last: bool) -> tuple[int, ...]:
    """How many things a list without quotation marks holds, at the end of a text."""
    bare = _INSIDE.sub("某某", text)
    start = max((bare.rfind(end) for end in _ENDS), default=-1) + 1
    listed = bare[start:]
    pieces = listed.split("、")
    if len(pieces) < 2 or (pieces[-1] == "" and last) or any(len(p) > 40 for p in pieces):
        return ()
    if len(pieces) < 3 and not last and "和" not in pieces[-1]:
        return ()
    if _COUNTED_OFF.search(pieces[0]) or _NO_LIST.search(pieces[-1]):
        return ()
    if any(re.search(r"\d", piece) for piece in pieces[1:]) or _NO_LIST.search(pieces[-1]):
        return ()
    halves = re.split("以及|和|及|与", pieces[-1])
    points = len(pieces)
    apart = {row.name for half in halves if (row := reader.row_in(half))}
    if len(halves) == 2 and len(apart) == 2:
        whole = reader.row_in(pieces[-1])  # 企业党建与人才培养 may be one name, or two
        return (points, points + 1) if whole else (points + 1,)
    return tuple(range(points, points + len(halves)))


def _named(text: str, reader: MoneyReader) -> bool:
    """Whether what stands right before a count is a list of rows of the tables."""
    start = max((text.rfind(end) for end in _ENDS), default=-1) + 1
    pieces = re.split("、|以及|和|及|与", text[start:])
    return len(pieces) >= 3 and sum(reader.row_in(p) is not None for p in pieces) >= len(pieces) - 1


def _announced(text: str) -> Iterator[Counted]:
    """Counts that stand before their list: 三个水管所：城东水管所、城西水管所; 四项措施。一是……"""
    for found in _ANNOUNCED.finditer(text):
        stated = number_of(found["count"])
        end = min(len(text), found.end() + _LONGEST_ANNOUNCED)
        stop = next((p for p in range(found.end(), end) if text[p] in "。\n"), end)
        said = found.group().rstrip("：:。")
        listed = _ordered(text[found.end() : end]) if _MATTER.search(said) else 0
        if found.group().endswith("。") and not listed:
            continue
        counts = (listed,) if listed else _items(text[found.end() : stop])
        few = bool(counts) and max(counts) < (stated or 0) * _MOST_OF_THEM
        if few and _ALL_DONE.search(said):
            continue
        if stated and counts and stated not in counts:
            yield Counted(said, stated, counts)


def _ordered(text: str) -> int:
    """How many points a text counts off in their order (一是、二是), from its beginning on."""
    last = 0
    for place, mark in enumerate(_POINT.finditer(text)):
        number = number_of(mark["number"])
        if place == 0 and mark.start() > _NEXT:
            return 0
        if number != last + 1:
            break
        last = number
    return last if last >= 2 else 0


def _items(listed: str) -> tuple[int, ...]:
    """How many things a list may hold; none where that cannot be told."""
    marks = _ITEM.findall(listed)
    if len(marks) >= 2:
        return (len(marks),)
    whole = _INSIDE.sub("某某", listed)
    if "等" in whole or "；" in whole or "，" in whole or "," in whole or ";" in whole:
        return ()
    points = whole.count("、")
    if points == 0 or re.search(r"\d", whole):
        return ()
    joined = len(re.findall(r"和|及|与", whole.rpartition("、")[2]))
    return tuple(range(points + 1, points + 2 + joined))


_NUMERAL = r"(?<![\d第])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})[ \u3000]{0,2}"
_TASKS = re.compile(rf"{_NUMERAL}[项个大](?:年度)?重点(?:工作)?任务")
_PROJECTS = re.compile(
    r"(?:安排|设立|编列|实施)(?:了)?(?:预算)?(?:支出)?项目(?:共)?(?P<count>\d{1,2})[ \u3000]{0,2}个"
)
_ALL_PROJECTS = re.compile(
    r"(?:^|(?<=[。；;，,）)\n对]))(?P<count>\d{1,2}|[两三四五六七八九十]{1,2})个(?:预算|支出|财政|绩效)?项目"
    r"(?!部|组|点|法人|单位)[^。；;，,、：:（(\d]{0,8}全部"
)
_SOME = re.compile(r"其中|除|另|完成了?$|余下|剩余|上年|20\d\d年|上级|市级|省级|子项|之一")


def table_counts(text: str, case: Case) -> Iterator[tuple[str, int, str]]:
    """Yield the counts of tasks and projects that are not those of the tables, and what is."""
    counts: Sequence[tuple[re.Pattern[str], int, str]] = (
        (_TASKS, len(case.report.tasks), "重点任务"),
        (_PROJECTS, len(detail_lines(case)) or len(case.report.projects), "项目"),
        (_ALL_PROJECTS, len(detail_lines(case)) or len(case.report.projects), "项目"),
    )
    for form, there, what in counts:
        for found in form.finditer(text):
            said = number_of(found["count"])
            before = text[max(0, found.start() - 12) : found.start()].replace(
                f"{case.report.year}年", ""
            )
            if there and said and said != there and not _SOME.search(before):
                yield found.group(), there, what


def _shown(before: str, count: str) -> str:
    """A list in a message: how it begins, and its count."""
    start = max((before.rfind(end) for end in _STOPS), default=-1) + 1
    listed = before[start:]
    listed = listed if len(listed) <= 26 else f"{listed[:14]}……{listed[-8:]}"
    return f"{listed}{count.rstrip()}"
