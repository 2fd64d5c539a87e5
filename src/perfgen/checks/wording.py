"""PG3xx: style and numbering, as official documents have them (行文格式)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.numbering import RUNNING, Misnumbered, misnumbered, number_of
from perfgen.checks.passages import Passage, passages, plain_text, prose
from perfgen.checks.registry import Case, Hit, Setting, quoted, rule
from perfgen.model.cells import CellRef
from perfgen.model.fields import content_of
from perfgen.model.finding import Severity
from perfgen.model.numbers import decimals_of
from perfgen.model.records import Record

_CHINESE = r"\u3400-\u9fff"
_SHOWN = 3
"""Places of one cell that a message shows."""


# --- PG303 ---------------------------------------------------------------------------------------

_TOLD_ONCE = frozenset({"section", "report", "task", "project", "score"})


@rule(
    "PG303",
    Severity.WARNING,
    title="整段文字重复",
    reason="同一段文字出现两次，多半是复制以后忘了改。公开的报告里，履职情况和绩效实现情况各有侧重，"
    "两个项目的目标也不会一字不差。",
    good="第二部分写履职，第四部分写绩效",
    bad="第四部分照抄第二部分",
    settings={"length": Setting.ratio("30", "多少个字以上的段落才比较")},
    most=5,
)
def repeated(case: Case) -> Iterator[Hit]:
    """R42: a paragraph that stands twice."""
    seen: dict[str, Passage] = {}
    told: set[tuple[CellRef | None, CellRef | None]] = set()
    for passage in prose(case):
        if passage.kind not in _TOLD_ONCE and passage.kind not in case.report.own:
            continue
        for paragraph in passage.paragraphs:
            bare = re.sub(r"[^\w]", "", plain_text(paragraph))
            if len(bare) < case.settings["length"]:
                continue
            first = seen.setdefault(bare, passage)
            if first is passage and passage.text.count(paragraph) == 1:
                continue
            pair = (passage.ref, first.ref)
            if pair not in told:
                told.add(pair)
                yield Hit(
                    subject=passage.subject,
                    message=f"{quoted(passage.subject)}里的一段（{_beginning(paragraph)}）"
                    f"与{_where(first, passage)}相同",
                    hint="改成各自的内容，或删去一处",
                    ref=passage.ref,
                )


def _where(first: Passage, passage: Passage) -> str:
    if first.ref == passage.ref:
        return "同一单元格里的另一段"
    return f"{quoted(first.subject)}（{first.ref}）"


def _beginning(text: str, length: int = 16) -> str:
    return quoted(text if len(text) <= length else f"{text[:length]}……")


# --- PG304 ---------------------------------------------------------------------------------------

_DUTY = re.compile(r"\s*(?:主要)?(?:职能|职责)\s*([\d一二三四五六七八九十]{1,3})\s*[：:、.．]")
_ORDINAL = re.compile(r"\s*[（(]?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）、.．]")


@rule(
    "PG304",
    Severity.WARNING,
    title="职责次序颠倒",
    reason="职责按“三定”规定的次序写。编号按文字排序会排成 10、11、12、1、2。",
    good="职能1、职能2……职能10",
    bad="职能10、职能11、职能1、职能2",
    most=3,
)
def duty_order(case: Case) -> Iterator[Hit]:
    """R43: duties whose typed numbers do not rise."""
    lists: list[tuple[Sequence[Record], str, re.Pattern[str]]] = [
        (case.report.duties, "text", _ORDINAL),
        (case.report.indicators, "subcategory", _DUTY),
    ]
    if case.layout.rules.duty_order != "number":  # the document sorts them by number
        lists.append((case.report.tasks, "duty", _DUTY))
    for rows, field, form in lists:
        yield from _falling(rows, field, form)


def _falling(rows: Sequence[Record], field: str, form: re.Pattern[str]) -> Iterator[Hit]:
    before: tuple[int, str] | None = None
    for row in rows:
        text = getattr(row, field)
        found = form.match(text)
        number = number_of(found.group(1)) if found else None
        if number is None or (before is not None and before[1] == text):
            continue
        if before is not None and number < before[0]:
            yield Hit(
                subject=text,
                message=f"{_beginning(text)}排在{_beginning(before[1])}后面",
                hint="按编号从小到大排列",
                ref=row.cell(field),
            )
        before = number, text


# --- PG305 ---------------------------------------------------------------------------------------

_DOCUMENT_NUMBER = re.compile(
    rf"([{_CHINESE}]{{2,12}})\s*([〔【\[［（(﹝﹙「『〖{{<＜〈])\s*((?:19|20)\d\d)\s*"
    rf"([〕】\]］）)﹞﹚」』〗}}>＞〉])\s*(第?)\s*(0*)(\d{{1,5}})\s*号"
)
_LEADING = re.compile(rf"^.*(?:根据|按照|依据|见|以|和|及|与|由|号|的|《[^》]*》|[^{_CHINESE}])")


@rule(
    "PG305",
    Severity.WARNING,
    title="文号写法不规范",
    reason="发文字号的年份用六角括号〔〕括入，序号不加“第”字、不编虚位"
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
            office, opening, year, closing, ordinal, zeros, number = found.groups()
            if (opening, closing, ordinal, zeros) == ("〔", "〕", "", ""):
                continue
            office = _LEADING.sub("", office)
            typed = found.group()[len(found.group(1)) - len(office) :]
            wrong[typed] = f"{office}〔{year}〕{number}号"
        if wrong:
            typed = "、".join(quoted(text) for text in list(wrong)[:_SHOWN])
            right = "、".join(list(wrong.values())[:_SHOWN])
            yield Hit(
                subject=passage.subject,
                message=f"文号{typed}应当写作 {right}",
                hint="年份用六角括号〔〕，序号不加“第”和 0",
                ref=passage.ref,
            )


# --- PG306 ---------------------------------------------------------------------------------------

_SLIPS = (
    re.compile(rf"[{_CHINESE}”’》）\d%][,;](?=[{_CHINESE}“‘《（])|[{_CHINESE}”’》）][,;](?=\d)"),
    re.compile(rf"[{_CHINESE}”’》）][:?!](?=[{_CHINESE}“‘《（\d]|$)"),
    re.compile(rf"[{_CHINESE}]\.(?=[{_CHINESE}]|$)"),
    re.compile(rf"[{_CHINESE}]?\([^()（）]*[{_CHINESE}][^()（）]*\)"),
    re.compile(r"[，。；：、,;][，。；：、,;]"),
    re.compile(rf"(?<=[{_CHINESE}])等等(?=[。；，,;）)、]|$)"),
    re.compile(
        r"(?<!目)的的(?!确)|(?<![为除到])了了(?=[^解然]|$)|(?<![总温祥饱缓共平谐柔暖调融随])和和(?![气平睦])"
    ),
    re.compile(r"(进行|开展|以及|对于|关于|我局|我市|全市|根据|按照)\1"),
    re.compile(rf"[{_CHINESE}]\s+(?:and|or|the|of|with|for)\s+[{_CHINESE}]"),
)


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
        found = sorted(
            (match.start(), match.end()) for form in _SLIPS for match in form.finditer(passage.text)
        )
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
            message=f"{quoted(passage.subject)}里{_said(found)}",
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


@rule(
    "PG308",
    Severity.WARNING,
    title="同一列金额的小数位数不一",
    reason="这个版式的金额按填写的小数位数印出，一列里有的两位、有的六位，数位对不齐，也看不出精确到哪里。"
    "整数不带小数的不算。",
    good="1320.70、4499.53、77.95",
    bad="1320.70、4499.53、77.945600",
)
def mixed_decimals(case: Case) -> Iterator[Hit]:
    """R47: amounts of one column with different decimals, where they print as typed."""
    if case.layout.rules.trailing_zeros != "keep":
        return
    for sheet in case.layout.sheets:
        for column in sheet.columns:
            if column.kind != "amount" or column.computed or sheet.kind != "table":
                continue
            places: dict[int, list[Record]] = {}
            for row in case.report.rows(sheet.record):
                value = content_of(row, column.field)
                if isinstance(value, Decimal) and decimals_of(value):
                    places.setdefault(decimals_of(value), []).append(row)
            if len(places) < 2:
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


# --- PG309 ---------------------------------------------------------------------------------------

_TABLE = r"表\s*(\d{1,2}(?:\s*[-—－–]\s*\d{1,2})?)"
_CAPTION = re.compile(rf"^\s*{_TABLE}(?![\d年月日.])[\s：:]*(?=\S{{2,40}}$)[^。；]*$")
_MENTION = re.compile(rf"(?:[详参]?见|如|列于|载于)(?:下|附)?{_TABLE}")


@rule(
    "PG309",
    Severity.WARNING,
    title="表的编号重复或缺失",
    reason="表题的编号不能重复；正文说“详见表2-1”，就要有表2-1。",
    good="表1、表2，正文“详见表2”",
    bad="两个表都编为表1，正文“详见表2”",
)
def table_numbers(case: Case) -> Iterator[Hit]:
    """R49: captions in the text with one number, and tables that are spoken of but not there.

    Tables that the layout itself prints are not known here: without captions in the text,
    nothing is said of what is missing.
    """
    captions: dict[str, tuple[str, Passage]] = {}
    mentions: dict[str, Passage] = {}
    for passage in prose(case):
        for paragraph in passage.paragraphs:
            caption = _CAPTION.match(paragraph)
            if caption:
                number = _table_number(caption.group(1))
                if number in captions and captions[number][0] != paragraph:
                    yield Hit(
                        subject=passage.subject,
                        message=f"{_beginning(captions[number][0], 24)}"
                        f"和{_beginning(paragraph, 24)}"
                        f"都编为表{number}",
                        hint="重新编号",
                        ref=passage.ref,
                    )
                captions.setdefault(number, (paragraph, passage))
            for found in _MENTION.finditer(paragraph):
                mentions.setdefault(_table_number(found.group(1)), passage)
    printed = _printed_tables(case)
    for number, passage in mentions.items():
        if captions and number not in captions and number not in printed:
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.subject)}里说见表{number}，正文里没有这个表题",
                hint="核对表的编号",
                ref=passage.ref,
            )


def _table_number(typed: str) -> str:
    return re.sub(r"\s*[-—－–]\s*", "-", typed)


def _printed_tables(case: Case) -> frozenset[str]:
    """The numbers of tables that the layout's own sheets name."""
    texts = (f"{sheet.name} {sheet.title} {sheet.help}" for sheet in case.layout.sheets)
    return frozenset(_table_number(n) for text in texts for n in re.findall(_TABLE, text))
