"""PG4xx: nothing that belongs to a person goes out with a report (公开前的个人信息检查)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from perfgen.checks.common.passages import Passage, passages
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity

_NOT_PRINTED = frozenset({"preparer", "phone"})
"""Items of the form that stay in the workbook: the officer's own name and telephone."""

_CONTACT = re.compile(
    "联系人|联系电话|联系方式|经办人|承办人|填报人|填表人|制表人|审核人|手机|电话|邮箱"
)


def is_contact(passage: Passage, case: Case) -> bool:
    """Return whether a text stands in an item that the layout declares for a contact.

    Such items stay in the workbook. An item that the officer added is none.
    """
    if passage.kind != "report" or passage.extra or passage.field.startswith("text."):
        return False
    header = case.header("report", passage.field)
    return passage.field in _NOT_PRINTED or _CONTACT.search(header) is not None


_SHOWN = 3
"""Pieces of one cell that are shown, masked; of more, only the number is told."""


@dataclass(frozen=True, slots=True)
class Private:
    """A piece of personal data in a text: what it is, where it stands, and its masked form."""

    what: str
    start: int
    end: int
    masked: str
    severity: Severity | None = None


def private_data(text: str, *, codes: bool = False) -> tuple[Private, ...]:
    """Return the personal data in `text`, in order; pieces never overlap.

    `codes` is for cells that hold codes by declaration: any digits may stand there, and only
    what carries a right check digit of an identity number counts.
    """
    folded = _fold(text)
    found: list[Private] = []
    taken = bytearray(len(folded))
    finders = (_identity_numbers,) if codes else _FINDERS
    for find in finders:
        for piece in find(folded):
            if not any(taken[piece.start : piece.end]):
                taken[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
                found.append(piece)
    return tuple(sorted(found, key=lambda piece: piece.start))


def masked_text(text: str) -> str:
    """Return `text` with all personal data masked (脱敏): `1102**********1234`."""
    done, place = "", 0
    for piece in private_data(text):
        done += text[place : piece.start] + piece.masked
        place = piece.end
    return done + text[place:]


@rule(
    "PG401",
    Severity.ERROR,
    title="有个人信息",
    reason="公开的材料不得含有身份证号、手机号、银行卡号等个人信息（个人信息保护法第二十八条、"
    "政府信息公开条例第十五条）。读进来的每个单元格都查，自己加的（有表头的）列和说明事项也查；"
    "版式声明为联系方式的项目（填报人、联系电话、联系人等）只留在工作簿里，不查。邮箱、固定电话和门牌到户的地址作提醒，以便核实是不是单位的；"
    "写明是咨询、监督、办公的不算。",
    good="已电话回访受益企业",
    bad="已电话回访受益人（身份证号 18 位、手机号 11 位照录）",
)
def personal_data(case: Case) -> Iterator[Hit]:
    """R50: identity numbers, mobile numbers, bank cards, e-mail, home addresses."""
    for passage in passages(case):
        if is_contact(passage, case):
            continue
        codes = passage.field == "code" and not passage.extra
        pieces = {piece.masked: piece for piece in private_data(passage.text, codes=codes)}
        if not pieces:
            continue
        place = _place(masked_text(passage.subject), passage.text)
        for piece in pieces.values():
            hint = _HINTS.get(piece.what, "删去，或只留首尾几位、中间改成 *")
            yield Hit(
                subject=piece.masked,  # a waiver is for this piece, never for a whole chapter
                message=f"{place}里有{piece.what} {piece.masked}",
                hint=hint.format(piece.masked),
                ref=passage.ref,
                severity=piece.severity,
            )


_HINTS = {
    "电子邮箱": "个人邮箱删去；确是单位公开邮箱的，在“说明事项”里说明，对象写 {}",
    "住址": "个人住址只写到区、街道；确是单位地址的，在“说明事项”里说明，对象写 {}",
}


def _place(subject: str, text: str) -> str:
    return quoted(subject) if subject and subject != masked_text(text) else "这个单元格"


def _fold(text: str) -> str:
    """The text with narrow digits and signs, character for character."""
    narrow = (unicodedata.normalize("NFKC", char) for char in text)
    return "".join(one if len(one) == 1 else char for one, char in zip(narrow, text, strict=True))


# --- identity numbers ----------------------------------------------------------------------------

_IDENTITY = re.compile(r"(?<!\d)(?=(\d(?:[ \-]?\d){16}[ \-]?[\dXx])(?!\d))")
"""A look ahead: a year with a space before the number must not hide it."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_identity_number(digits: str) -> bool:
    """Return whether 18 characters are an identity number: a date inside, a right check digit.

    GB 11643-1999: ISO 7064 MOD 11-2.
    """
    if not re.fullmatch(r"\d{6}(?:1[89]|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]",
                        digits):  # fmt: skip
        return False
    weighted = zip(digits, _WEIGHTS, strict=False)
    return _CHECKS[sum(int(digit) * weight for digit, weight in weighted) % 11] == digits[-1]


def _identity_numbers(text: str) -> Iterator[Private]:
    for found in _IDENTITY.finditer(text):
        digits = _bare(found.group(1)).upper()
        if is_identity_number(digits):
            masked = f"{digits[:4]}{'*' * 10}{digits[-4:]}"
            yield Private("身份证号", found.start(1), found.end(1), masked)


# --- mobile numbers and bank cards ---------------------------------------------------------------

_MOBILE = re.compile(
    r"(?<![\dA-Za-z])(?<!\d\.)(?:\+?86[ \-]?)?(1[3-9]\d(?:\d{8}|[ \-]\d{4}[ \-]\d{4}))"
    r"(?![\dA-Za-z]|\.\d|\s*(?:[万亿千百]?[元人件家个次吨]|%))"
)


def _mobile_numbers(text: str) -> Iterator[Private]:
    for found in _MOBILE.finditer(text):
        digits = _bare(found.group(1))
        yield Private("手机号", found.start(1), found.end(1), f"{digits[:3]}****{digits[-4:]}")


_CARDS = tuple(
    re.compile(rf"(?<![\d.])(?=(\d(?:[ \-]?\d){{{more}}})(?!\d|\s*[万亿千百]?元))")
    for more in (18, 17, 16, 15)
)
_CARD_FORMS = re.compile(
    r"62\d{14,17}|4\d{15}|4\d{18}|5[1-5]\d{14}|9558\d{15}|3(?:52[89]|5[3-8]\d)\d{12}"
)
"""UnionPay, Visa, older cards of Chinese banks, Mastercard, JCB."""


def passes_luhn(digits: str) -> bool:
    """Return whether the last digit is the check digit of the others (Luhn)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _bank_cards(text: str) -> Iterator[Private]:
    for form in _CARDS:
        for found in form.finditer(text):
            digits = _bare(found.group(1))
            if _CARD_FORMS.fullmatch(digits) and passes_luhn(digits):
                masked = f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}"
                yield Private("银行卡号", found.start(1), found.end(1), masked)


# --- e-mail and addresses: an office has them too ------------------------------------------------

_EMAIL = re.compile(
    r"(?<![\w.+\-])([A-Za-z0-9][\w.+\-]{0,63})@([A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,6})",
    re.ASCII,
)


_PUBLIC = re.compile(
    "咨询|监督|举报|投诉|热线|公开|公共|办公|值班|服务|单位|传真|总机|征集|受理|机关|办事|窗口|大厅|注册地|维权|预约|救援"
)
_BEFORE_PUBLIC = 14


def _is_public(text: str, start: int) -> bool:
    """Whether what stands here is said to be the office's own, open to all (监督电话、办公地址)."""
    return _PUBLIC.search(text[max(0, start - _BEFORE_PUBLIC) : start]) is not None


def _emails(text: str) -> Iterator[Private]:
    for found in _EMAIL.finditer(text):
        name, domain = found.groups()
        if domain.endswith(".gov.cn") or _is_public(text, found.start()):
            continue
        masked = f"{name[: min(3, len(name) - 1)]}***@{domain}"
        yield Private("电子邮箱", found.start(), found.end(), masked, Severity.WARNING)


_NUMERAL = r"(?:\d{1,5}|[一二三四五六七八九十]{1,3})"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_HOUSE = rf"(?:{_NUMERAL}(?:号楼|栋|幢|座|单元)-?)"
_FLAT = rf"{_NUMERAL}(?:-{_NUMERAL}){{0,3}}室"
_ADDRESS = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?:"
    rf"(?:路|街|大道|巷|弄|里|胡同){_NUMERAL}号[\u4e00-\u9fff]{{0,10}}?"
    rf"(?:{_HOUSE}{{0,4}}{_FLAT}|{_HOUSE}{{1,4}}\d{{0,4}})"
    rf"|(?:小区|花园|公寓|新村|家园|苑|村)(?:{_HOUSE}{{0,4}}{_FLAT}|{_HOUSE}{{1,4}}{_NUMERAL}单元\d{{0,4}})"
    rf"|(?:村|社区|屯|庄|寨)(?:第)?{_NUMERAL}(?:村民)?(?:组|社|队){_NUMERAL}号"
    rf"|(?:村|屯|庄|寨){_NUMERAL}号)"
)
_BEFORE_ADDRESS = 12
"""A street and its number with a house or a flat; an estate with a flat; a house in a village."""


def _addresses(text: str) -> Iterator[Private]:
    for found in _ADDRESS.finditer(text):
        start = found.start()
        while start > found.start() - _BEFORE_ADDRESS and _CHINESE.match(text[start - 1 : start]):
            start -= 1
        shown = text[start : found.end()]
        if _is_public(text, start) or re.search("办公|服务大厅|服务中心", shown):
            continue
        masked = f"{shown[:3]}****{shown[-1]}"
        yield Private("住址", start, found.end(), masked, Severity.WARNING)


# --- certificates, telephones, licence plates ----------------------------------------------------

_CERTIFICATE = re.compile(
    r"(?:残疾人?证|低保证|优待证|身份证|居住证|退役军人证|社保卡|医保卡|学籍|准考证|驾驶证|护照|证件|证号)"
    r"[^\d\n]{0,8}(\d{15,20}[Xx]?)(?![\dA-Za-z]|\s?[万亿]?元)"
)
_TELEPHONE = re.compile(
    r"(?<![\dA-Za-z.\-])(?:\(0\d{2,3}\)|0\d{2,3})[ \-]?([2-9]\d{2,3}[ \-]?\d{4})"
    r"(?![\dA-Za-z\-]|\.\d|\s?[万亿]?[元人件家个次吨%])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•\-.]?"
    r"(?=[A-HJ-NP-Z\d]{0,5}\d)(?:[A-HJ-NP-Z\d]{5,6})(?![A-Za-z\d])"
    r"|[\u4e00-\u9fff]{2}[A-HJ-NP-Z][·•](?=[A-HJ-NP-Z\d]{0,5}\d)[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d])"
)


def _certificates(text: str) -> Iterator[Private]:
    for found in _CERTIFICATE.finditer(text):
        digits = found.group(1)
        masked = f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}"
        yield Private("证件号码", found.start(1), found.end(1), masked, Severity.WARNING)


def _telephones(text: str) -> Iterator[Private]:
    for found in _TELEPHONE.finditer(text):
        shown = found.group()
        if _is_public(text, found.start()):
            continue
        masked = f"{shown[:-4]}****"
        yield Private("固定电话", found.start(), found.end(), masked, Severity.WARNING)


def _plates(text: str) -> Iterator[Private]:
    for found in _PLATE.finditer(text):
        shown = found.group()
        yield Private("车牌号", found.start(), found.end(), f"{shown[:2]}****{shown[-1]}")


_FINDERS: tuple[Callable[[str], Iterator[Private]], ...] = (
    _identity_numbers, _bank_cards, _mobile_numbers, _certificates, _telephones, _plates, _emails,
    _addresses,
)  # fmt: skip


def _bare(number: str) -> str:
    return re.sub(r"[ \-]", "", number)
