"""PG309: tables and figures that are spoken of are there, each number once (表和图的编号)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity

_NUMBER = r"\s{0,3}(\d{1,2}(?:\s{0,2}[-—－–]\s{0,2}\d{1,2})?)"
_CAPTION = re.compile(
    rf"^\s{{0,8}}([表图]){_NUMBER}(?![\d年月日.])[\s：:]{{0,4}}\S[^。；]{{1,60}}$"
)
_MENTION = re.compile(
    rf"(?:[详参]?见|如|列于|载于|按照|根据)(?:下|附)?([表图]){_NUMBER}(?![\d年月日])(?:所示)?"
)
_PRINTED = re.compile(rf"([表图]){_NUMBER}")


@rule(
    "PG309",
    Severity.WARNING,
    title="表、图的编号重复或缺失",
    reason="表题、图题的编号不能重复；正文说“详见表2-1”“如图3所示”，就要有表2-1、图3。"
    "版式自己印出的表也算。附件的编号从1开始。",
    good="表1、表2，正文“详见表2”",
    bad="两个表都编为表1，正文“详见表2”",
)
def table_numbers(case: Case) -> Iterator[Hit]:
    """R49: captions with one number, and tables or figures that are spoken of but not there."""
    captions: dict[str, tuple[str, Passage]] = {}
    mentions: dict[str, Passage] = {}
    for passage in prose(case):
        for paragraph in passage.paragraphs:
            caption = _CAPTION.match(paragraph)
            if caption:
                number = _numbered(*caption.groups())
                if number in captions and captions[number][0] != paragraph:
                    yield _twice(passage, captions[number][0], paragraph, number)
                captions.setdefault(number, (paragraph, passage))
            for found in _MENTION.finditer(paragraph):
                mentions.setdefault(_numbered(*found.groups()), passage)
    yield from _attachments(case)
    printed = _printed(case)
    for number, passage in mentions.items():
        if number not in captions and number not in printed:
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里说见{number}，报告里没有{number}",
                hint=f"核对{number[0]}的编号",
                ref=passage.ref,
            )


_ATTACHMENT = re.compile(
    r"(?P<see>[详参]?见)?附件\s{0,2}(?P<number>\d{1,2}|[一二三四五六七八九十])(?!\d|个|份)"
)
_FIRST = frozenset({"1", "一"})


def _attachments(case: Case) -> Iterator[Hit]:
    """见附件7, where nothing else is called 附件 with a number before it."""
    found = [
        (one, passage) for passage in prose(case) for one in _ATTACHMENT.finditer(passage.text)
    ]
    numbers = {one["number"] for one, _ in found}
    if numbers & _FIRST or len(numbers) != 1:
        return
    for one, passage in found[:1]:
        if one["see"]:
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里说{one.group()}，前面的附件一个也没有提到",
                hint="核对附件的编号；没有这个附件的，删去",
                ref=passage.ref,
            )


def _twice(passage: Passage, first: str, second: str, number: str) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{_beginning(first)}和{_beginning(second)}都编为{number}",
        hint="重新编号",
        ref=passage.ref,
    )


def _numbered(kind: str, typed: str) -> str:
    return kind + re.sub(r"\s{0,3}[-—－–]\s{0,3}", "-", typed)


def _printed(case: Case) -> frozenset[str]:
    """The tables and figures that the layout prints: those its sheets and its template name."""
    texts = [f"{sheet.name} {sheet.title} {sheet.help}" for sheet in case.layout.sheets]
    template = case.layout.folder / case.layout.template
    if template.is_file():
        texts.append(template.read_text(encoding="utf-8"))
    return frozenset(_numbered(*found) for text in texts for found in _PRINTED.findall(text))


def _beginning(text: str, length: int = 24) -> str:
    return quoted(text if len(text) <= length else f"{text[:length]}……")
