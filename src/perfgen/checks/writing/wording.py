"""PG3xx: style and numbering, as official documents have them (行文格式)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path

from perfgen.checks.common.numbering import RUNNING, Misnumbered, misnumbered
from perfgen.checks.common.passages import KEPT_BACK, Passage, passages, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.fields import content_of
from perfgen.model.finding import Severity
from perfgen.model.numbers import decimals_of
from perfgen.model.records import Record

_CHINESE = r"\u3400-\u9fff"
_SHOWN = 3
"""Places of one cell that a message shows."""


# --- PG305 ---------------------------------------------------------------------------------------

_DOCUMENT_NUMBER = re.compile(
    rf"(?<=[{_CHINESE}]{{2}})\s{{0,2}}([〔【\[［（(﹝﹙「『〖{{<＜〈])\s{{0,2}}"
    rf"((?:19|20)\d\d|\d\d)\s{{0,2}}([〕】\]］）)﹞﹚」』〗}}>＞〉])\s{{0,2}}"
    rf"(第?)\s{{0,2}}(0{{0,4}})(\d{{1,5}})\s{{0,2}}号"
)
_UNFINISHED = re.compile(
    rf"(?<=[{_CHINESE}])[〔【\[［](?:19|20)\d\d[〕】\]］]\s?\d{{1,4}}(?![\d号、,，和及至—~～\-.]|\s{{1,2}}号)"
    rf"|(?<=[{_CHINESE}])〔(?:19|20)\d\d〕\s?号|(?<=[{_CHINESE}])〔(?=\d{{0,3}}[OoIl])[\dOoIl]{{4}}〕"
    rf"|(?<=[发函办字预绩])(?:19|20)\d\d年\d{{1,4}}号(?=文|[》）。，,]|$)"
    rf"|(?<=[{_CHINESE}])〔(?:19|20)\d\d\s?\d{{1,4}}号|(?<=[{_CHINESE}])(?:19|20)\d\d〕\s?\d{{1,4}}号"
    rf"|(?<=[发函办字预绩])(?:19|20)\d\d\s{{1,2}}\d{{1,4}}号(?=文|[》）。，,；]|$)"
)
"""〔2023〕15, 〔2023〕号, and numbers that lost one of their brackets."""

_BRACKETS = "〔〕【】\\[\\]［］﹝﹞〖〗「」『』"
_ODD_NUMBER = re.compile(
    rf"(?<=[{_CHINESE}])(?![第年])(?:[{_BRACKETS}（）()\d年第]|\s(?=\S)){{4,20}}号"
)
"""Anything of brackets, digits, 年 and 第 before 号; the one right form is 〔2023〕15号."""

_RIGHT_NUMBER = re.compile(r"〔(?:19|20)\d\d〕\d{1,5}号")
_A_YEAR = re.compile(r"(?:19|20)\d\d$")
_SIGNED = re.compile(rf"[{_BRACKETS}]")

_OF_AN_OFFICE = re.compile(
    "[财教民卫农水文体交环建规政党委府办发改科商农林司公安人社审统市监][发函办字预绩综农社教行建资企规法政评]$"
)
"""What a document's number begins with: 财绩, 教发, 政办."""

_OFFICE_WORD = re.compile(rf"[{_CHINESE}]{{2,12}}$")
_LEADING = re.compile("根据|按照|依据|参照|印发|见|以|和|及|与|由|号|的|按|据|附")


@rule(
    "PG305",
    Severity.WARNING,
    title="文号写法不规范",
    reason="发文字号的年份用六角括号〔〕括入，写四位数字，序号不加“第”字、不编虚位"
    "（GB/T 9704—2012 第7.2.5条）。",
    good="苏府办〔2023〕201号",
    bad="苏府办【2023】121 号",
    most=5,
)
def document_numbers(case: Case) -> Iterator[Hit]:
    """R44: document numbers whose year does not stand in 〔〕."""
    for passage in passages(case):
        wrong: dict[str, str] = {}
        for found in _DOCUMENT_NUMBER.finditer(passage.text):
            opening, year, closing, ordinal, zeros, number = found.groups()
            before = _OFFICE_WORD.search(passage.text[max(0, found.start() - 12) : found.start()])
            office = before.group() if before else ""
            if (opening, closing, ordinal, zeros, len(year)) == ("〔", "〕", "", "", 4):
                continue
            signed = opening in "〔【[［" or _OF_AN_OFFICE.search(office)
            if len(year) == 2 and (not signed or not year > "15"):
                continue  # a number in round brackets is a remark: 附件（12）3号
            office = _LEADING.split(office)[-1]
            year = year if len(year) == 4 else f"20{year}"
            typed = office + found.group()
            wrong[typed] = f"{office}〔{year}〕{number}号"
        for found in chain(_UNFINISHED.finditer(passage.text), _odd_numbers(passage.text)):
            yield Hit(
                subject=passage.subject,
                message=f"文号{_around(passage.text, *found.span())}不完整或写乱了，"
                "年份、括号、序号和“号”字各一",
                hint="照原文改正，例如 财绩〔2023〕15号",
                ref=passage.ref,
            )
            break
        if wrong:
            typed = "、".join(quoted(text) for text in list(wrong)[:_SHOWN])
            right = "、".join(list(wrong.values())[:_SHOWN])
            yield Hit(
                subject=passage.subject,
                message=f"文号{typed}应当写作 {right}",
                hint="年份用六角括号〔〕，序号不加“第”和 0",
                ref=passage.ref,
            )


def _odd_numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers whose brackets, year and ordinal stand in no known order: 〔14〕2022号."""
    for found in _ODD_NUMBER.finditer(text):
        if not _SIGNED.search(found.group()):
            continue
        known = _DOCUMENT_NUMBER.search(text[max(0, found.start() - 2) : found.end()])
        turned = known is not None and len(known[2]) == 2 and _A_YEAR.match(known[6]) is not None
        if turned or not (known or _RIGHT_NUMBER.search(found.group())):
            yield found


# --- PG306 ---------------------------------------------------------------------------------------

_SLIPS = (
    re.compile(rf"[{_CHINESE}”’》）\d%][,;](?=[{_CHINESE}“‘《（])|[{_CHINESE}”’》）][,;](?=\d)"),
    re.compile(rf"[{_CHINESE}”’》）][:?!](?=[{_CHINESE}“‘《（\d]|$)"),
    re.compile(rf"[{_CHINESE}]\.(?=[{_CHINESE}]|$)"),
    re.compile(rf"\((?=[^()（）]{{0,80}}[{_CHINESE}])[^()（）]{{1,80}}\)"),
    re.compile(r"[，。；：、,;][，。；：、,;]|《《|》》|[%％‰][%％]|（（|））|““|””(?!”)"),
    re.compile(rf"(?<=[{_CHINESE}])等等(?=[。；，,;）)、]|$)"),
    re.compile(
        r"(?<!目)的的(?!确)|(?<![为除到])了了(?=[^解然]|$)|(?<![总温祥饱缓共平谐柔暖调融随])和和(?![气平睦])|"
        r"是是(?!非)|(?<![关联体派])系系(?![统列数主])|(?<![存现内正潜所实])在在|与与|及及(?!时)|将将|由由|对对(?!子)|于于|"
        r"(?<![作认成以行视称因])为为(?![民人企群主了何他她公农军])|率率(?![先领队])|被被|已已|并并|把把(?!关)|向向"
    ),
    re.compile(rf"[{_CHINESE}]\s{{1,3}}(?:and|or|the|of|with|for)\s{{1,3}}[{_CHINESE}]"),
)
_UNIT_TWICE = re.compile(
    r"(?<=\d)([个项家人次户场件台套亩吨座处所名期批条辆])\1(?=[，。；、）,;)]|$)|"
    r"(?<=[万亿\d])元元(?=[，。；、）,;)]|$)"
)
"""12个个。 is a slip; 12个个人账户, 3家家庭农场, 40人人均 are none."""
_DOUBLED = re.compile(rf"([{_CHINESE}]{{2,4}})\1")
_CLAUSE_TWICE = re.compile(r"([^，,。；;、\n]{5,40})[，,、；;]\1(?=[，,。；;、）)]|$)")
_A_WORD = re.compile(f"[{_CHINESE}]{{2}}")
_LISTS = tomllib.loads((Path(__file__).parent / "doubled.toml").read_text(encoding="utf-8"))
_DOUBLED_RIGHTLY = frozenset(_LISTS["rightly"])
_VERBS = frozenset(_LISTS["verbs"])
_COMPOUND = frozenset(_LISTS["compound"])
"""Words that open many compounds: 公共服务服务半径 is no slip; 服务服务。 is."""

_HEADS = tuple(_LISTS["heads"])
"""What ends a compound behind them; 接受社会社会监督 has none of it."""

_AFTER_A_WORD = frozenset(
    "，。；：、！？,;:!?）)”》的了和与及等得 较更已均将把被对在是为进不也都再应并以能可还已未正仍又"
)
"""What cannot begin the second of two compounds: 资金管理管理较为规范."""

_BEFORE_A_WORD = frozenset("，。；：、！？,;:!?（(“《\n 的和与及对把将在从向按是为")
"""Behind these no compound can end: 。预算预算执行良好 is a slip."""


def _doubled(text: str) -> Iterator[tuple[int, int]]:
    """Words of two to four characters that stand twice: 水平水平, 党组党组统一部署."""
    for found in _DOUBLED.finditer(text):
        word = found.group(1)
        following = text[found.end() : found.end() + 1]
        ends = not following or following in _AFTER_A_WORD
        if len(set(word)) == 1 or word in _DOUBLED_RIGHTLY:
            continue
        before = text[found.start() - 1 : found.start()] if found.start() else ""
        begins = word not in _VERBS and (not before or before in _BEFORE_A_WORD)
        heads = text.startswith(_HEADS, found.end())
        if word in _COMPOUND and heads and not ends and not begins:
            continue
        yield found.start(), found.end()
    yield from (found.span() for found in _UNIT_TWICE.finditer(text))
    for found in _CLAUSE_TWICE.finditer(text):  # 是市政府工作部门，是市政府工作部门
        if _A_WORD.search(found.group(1)):
            yield found.start(), found.end()


@rule(
    "PG306",
    Severity.INFO,
    title="标点和用字",
    reason="汉字之间用全角标点（GB/T 15834）；“等等”“的的”“ and ”之类多半是手误或粘贴留下的。",
    good="在全省位次领先，份额基本不变",
    bad="在全省位次领先,份额基本不变",
    most=5,
)
def slips(case: Case) -> Iterator[Hit]:
    """R45: half-width punctuation between Chinese characters, doubled words, leftover Latin."""
    for passage in passages(case):
        if not passage.printed:
            continue
        places = [m.span() for form in _SLIPS for m in form.finditer(passage.text)]
        found = sorted([*places, *_doubled(passage.text)])
        if found:
            shown = [_around(passage.text, *place) for place in found[:_SHOWN]]
            more = f"等 {len(found)} 处" if len(found) > _SHOWN else ""
            yield Hit(
                subject=passage.subject,
                message=f"{'、'.join(dict.fromkeys(shown))}{more}的标点或用字要改",
                hint="改成全角标点，删去重复和多余的字",
                ref=passage.ref,
            )


def _around(text: str, start: int, end: int) -> str:
    line = text[max(0, start - 3) : min(len(text), end + 4)]
    return quoted(line.replace("\n", " ").strip())


# --- PG307 ---------------------------------------------------------------------------------------


@rule(
    "PG307",
    Severity.WARNING,
    title="编号不连续",
    reason="层次序数依次为“一、”“（一）”“1.”“（1）”（GB/T 9704—2012 第7.3.3条），每一层从一编起，"
    "不跳号、不重号。",
    good="（一）……（二）……（三）……",
    bad="（一）……（二）……（四）……",
    most=5,
)
def heading_numbers(case: Case) -> Iterator[Hit]:
    """R46: numbers of headings and lists that leave one out, stand twice, or go back."""
    sections: dict[str, tuple[list[str], Passage]] = {}
    for passage in prose(case):
        if passage.kind == "section":
            sections.setdefault(passage.subject, ([], passage))[0].extend(passage.paragraphs)
        elif passage.kind != "duty":
            yield from _misnumbered(passage, passage.paragraphs)
    for paragraphs, passage in sections.values():
        yield from _misnumbered(passage, paragraphs)


def _misnumbered(passage: Passage, paragraphs: Sequence[str]) -> Iterator[Hit]:
    for found in misnumbered(paragraphs):
        yield Hit(
            subject=passage.subject,
            message=f"{quoted(passage.shown)}里{_said(found)}",
            hint="核对有没有漏写、重复，按次序重新编号",
            ref=passage.ref,
        )


def _said(found: Misnumbered) -> str:
    typed = quoted(found.mark.typed)
    if found.before is None:
        return f"第一个编号是{typed}"
    if found.before.value == found.mark.value:
        return f"编号{typed}出现了两次"
    after = "后面" if found.mark.style == RUNNING else "后面接着"
    return f"{quoted(found.before.typed)}{after}是{typed}"


# --- PG308 ---------------------------------------------------------------------------------------


_USUAL_PLACES, _MANY_ROWS = 4, 6
"""12.5 beside 8.257 in three rows is how people write; in a long table it is seen."""
_PLAIN_PLACES = 2
"""12.5 beside 8.25 is how cells hold amounts: a last 0 is not kept."""


@rule(
    "PG308",
    Severity.WARNING,
    title="同一列金额的小数位数不一",
    reason="这个版式的金额按填写的小数位数印出，一列里有的两位、有的六位，数位对不齐，也看不出精确到哪里。"
    "整数不带小数的不算；都不超过两位的、只是少了末尾的零的，和都不超过四位、又没有几行的，不提。",
    good="1320.70、4499.53、77.95",
    bad="1320.70、4499.53、77.945600",
    fixed={"小数都不超过四位的，有多少行带小数才提": "6"},
)
def mixed_decimals(case: Case) -> Iterator[Hit]:
    """R47: amounts of one column with different decimals, where they print as typed."""
    if case.layout.rules.trailing_zeros != "keep":
        return
    for sheet in case.layout.sheets:
        for column in sheet.columns:
            if column.kind != "amount" or column.computed or sheet.kind != "table":
                continue
            if sheet.record in KEPT_BACK:
                continue
            places: dict[int, list[Record]] = {}
            for row in case.report.rows(sheet.record):
                value = content_of(row, column.field)
                if isinstance(value, Decimal) and decimals_of(value):
                    places.setdefault(decimals_of(value), []).append(row)
            rows_in_all = sum(len(rows) for rows in places.values())
            most = max(places, default=0)
            handful = most <= _USUAL_PLACES and rows_in_all < _MANY_ROWS
            if len(places) < 2 or handful or most <= _PLAIN_PLACES or _lost_zeros(places):
                continue
            usual = max(places, key=lambda decimals: len(places[decimals]))
            odd = next(rows[0] for decimals, rows in sorted(places.items()) if decimals != usual)
            counts = "、".join(f"{n} 位的 {len(rows)} 行" for n, rows in sorted(places.items()))
            yield Hit(
                subject=column.header,
                message=f"{sheet.name}的“{column.header}”小数位数不一：{counts}",
                hint=f"统一成 {usual} 位小数",
                ref=odd.cell(column.field),
            )


def _lost_zeros(places: Mapping[int, Sequence[Record]]) -> bool:
    """Whether most amounts have one number of decimals, and few have less, as 12.50 in a cell."""
    most = max(places)
    fewer = sum(len(rows) for decimals, rows in places.items() if decimals < most)
    return min(places) >= most - 2 and fewer * 4 <= len(places[most])
