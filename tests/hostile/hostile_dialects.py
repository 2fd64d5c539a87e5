"""Further workbooks for the collection: parts that reading needs not, and other programs' ways.

What Excel keeps beside the cells may be garbage; what WPS, Numbers, Google Sheets and the strict
form of the standard (ISO 29500) write differs. Each is built whole, or refused.
"""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

from hostile_files import Hostile, changed, in_sheet, refused, whole, with_part, zipped
from openpyxl.workbook.defined_name import DefinedName

from workbooks.make import BUDGET_PART, as_bytes, good_workbook, rewritten

WORKBOOK, RELATIONS, STRINGS = (
    "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
)  # fmt: skip
_TRANSITIONAL = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip
_INLINE = re.compile(rb'<c r="(\w+)"[^>]* t="inlineStr"[^>]*><is>(.*?)</is></c>', re.DOTALL)
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everywhere(change: Callable[[bytes], bytes]) -> bytes:
    """The good workbook with every part changed."""
    parts = parts_of(as_bytes(good_workbook()))
    return zipped({name: change(part) for name, part in parts.items()})


def replaced(part: str, before: bytes, after: bytes, count: int = 1) -> bytes:
    """The good workbook with something in a part replaced."""
    return changed(part, lambda content: content.replace(before, after, count))


def related(kind: bytes, target: bytes, part: bytes, content: bytes) -> bytes:
    """The good workbook with one more part that the workbook is related to."""
    link = b'<Relationship Id="rIdX" Type="%s" Target="%s"/></Relationships>' % (
        _OFFICE + kind, target,
    )  # fmt: skip
    made = with_part(part.decode(), content)
    return rewritten(made, {RELATIONS: lambda xml: xml.replace(b"</Relationships>", link)})


def named(**names: str) -> bytes:
    """The good workbook with these defined names."""
    book = good_workbook()
    for name, text in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    return as_bytes(book)


def in_strict_form() -> bytes:
    """The good workbook as Excel saves a “Strict Open XML” workbook."""

    def strict(part: bytes) -> bytes:
        for usual, other in _TRANSITIONAL.items():
            part = part.replace(usual, other)
        return part

    return everywhere(strict)


def with_shared_texts(more: bytes = b"") -> bytes:
    """The good workbook as Excel writes it: texts apart from the cells, and more behind them."""
    parts = parts_of(as_bytes(good_workbook()))
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return b'<c r="%s" t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = _INLINE.sub(shared, part)
    stored = b"".join(b"<si>%s</si>" % text for text in texts) + more
    parts[STRINGS] = b'<sst xmlns="%s">%s</sst>' % (next(iter(_TRANSITIONAL)), stored)
    link = b'<Relationship Id="rIdS" Type="%ssharedStrings" Target="sharedStrings.xml"/>'
    parts[RELATIONS] = parts[RELATIONS].replace(
        b"</Relationships>", link % _OFFICE + b"</Relationships>"
    )
    return zipped(parts)


def without_addresses() -> bytes:
    """Rows and cells that do not say where they are: each stands behind the one before."""

    def bare(part: bytes) -> bytes:
        part = re.sub(rb'<row r="\d+"', b"<row", part)
        return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", part)

    return changed("xl/worksheets/sheet1.xml", bare)


def with_names(change: Callable[[str], str]) -> bytes:
    """The good workbook with the names of its parts changed, but not what refers to them."""
    parts = parts_of(as_bytes(good_workbook()))
    return zipped({change(name): part for name, part in parts.items()})


def with_prefixes() -> bytes:
    """The workbook's and the sheet's elements under a prefix, as some libraries write them."""

    def prefixed(part: bytes) -> bytes:
        part = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[ />])", rb"<\1x:\2", part)
        return part.replace(b' xmlns="', b' xmlns:x="', 1)

    made = changed(BUDGET_PART, prefixed)
    return rewritten(made, {WORKBOOK: prefixed})


def very_many_sheets_named() -> bytes:
    """A workbook that names ten thousand sheets, all of them one part."""
    link = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    sheets = b"".join(
        b'<sheet %s name="s%d" sheetId="%d" r:id="rId1"/>' % (link, n, n + 100)
        for n in range(10_000)
    )
    return replaced(WORKBOOK, b"</sheets>", sheets + b"</sheets>")


def locked_archive() -> bytes:
    """A zip with a password around a workbook, renamed: what an archiver makes."""
    content = bytearray(zipped({"自评.xlsx": as_bytes(good_workbook())}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + flags] |= 1
    return bytes(content)


NOISE = Random(3).randbytes(4000)
PROTECTED = b'<sheetProtection sheet="1" objects="1" scenarios="1" password="CC1A"/>'
RUNS = b"<r><t>a</t></r>"

DIALECTS: dict[str, Hostile] = {
    # beside the cells
    "calculation chain of noise": whole(
        lambda: related(b"calcChain", b"calcChain.xml", b"xl/calcChain.xml", NOISE)
    ),
    "links to other workbooks": whole(
        lambda: related(
            b"externalLink",
            b"externalLinks/externalLink1.xml",
            b"xl/externalLinks/externalLink1.xml",
            b'<externalLink><externalBook r:id="rId1"/></externalLink>',
        )
    ),
    "pivot cache of noise": whole(
        lambda: related(
            b"pivotCacheDefinition",
            b"pivotCache/pivotCacheDefinition1.xml",
            b"xl/pivotCache/pivotCacheDefinition1.xml",
            NOISE,
        )
    ),
    "macros of noise": whole(
        lambda: related(b"vbaProject", b"vbaProject.bin", b"xl/vbaProject.bin", NOISE)
    ),
    "relation to nothing": whole(
        lambda: replaced(
            RELATIONS,
            b"</Relationships>",
            b'<Relationship Id="q" Type="x" Target=""/><Relationship/></Relationships>',
        )
    ),
    "relation that climbs": whole(
        lambda: replaced(
            RELATIONS,
            b"</Relationships>",
            b'<Relationship Id="q" Type="%sworksheet" Target="../../../../etc/passwd"/>'
            b"</Relationships>" % _OFFICE,
        )
    ),
    "sheet that lies elsewhere": refused(
        lambda: replaced(
            RELATIONS,
            b'Target="/xl/worksheets/sheet3.xml"',
            b'Target="https://example.org/sheet3.xml" TargetMode="External"',
        ),
        "已损坏",
    ),
    "protected sheets": whole(
        lambda: replaced(BUDGET_PART, b"</sheetData>", b"</sheetData>" + PROTECTED)
    ),
    "protected structure": whole(
        lambda: replaced(WORKBOOK, b"<sheets>", b'<workbookProtection lockStructure="1"/><sheets>')
    ),
    "names that lead nowhere": whole(
        lambda: named(甲="#REF!", 乙="[1]表!$A$1", 丙="OFFSET(#REF!,0,0)", 丁="1" * 8000)
    ),
    "very many names": whole(lambda: named(**{f"n{n}": "#REF!" for n in range(20_000)})),
    "print areas without end": whole(
        lambda: named(**{"_xlnm.Print_Area": ",".join(["预算信息!$A$1:$XFD$1048576"] * 500)})
    ),
    "10,000 names of sheets": refused(very_many_sheets_named, "超过 200 个工作表"),
    "two sheets of one name": refused(
        lambda: replaced(WORKBOOK, 'name="重点任务"'.encode(), 'name="预算信息"'.encode()),
        "预算信息",
    ),
    # texts
    "a million shared texts": refused(
        lambda: with_shared_texts(b"<si><t>x</t></si>" * 1_100_000), "大得异常"
    ),
    "a text in a million runs": refused(
        lambda: with_shared_texts(b"<si>" + RUNS * 1_100_000 + b"</si>"), "大得异常"
    ),
    "a text in 30,000 runs": whole(lambda: with_shared_texts(b"<si>" + RUNS * 30_000 + b"</si>")),
    "20,000 texts that nobody shows": whole(
        lambda: with_shared_texts(b"<si><t>x</t></si>" * 20_000)
    ),
    # zips
    "zip with a password": refused(locked_archive, "设了密码的压缩包"),
    "zip in a zip": refused(lambda: zipped({"自评.xlsx": as_bytes(good_workbook())}), "压缩包"),
    "two parts of one name": whole(
        lambda: with_part(BUDGET_PART.upper(), parts_of(as_bytes(good_workbook()))[BUDGET_PART])
    ),
    "two different parts of one name": refused(
        lambda: with_part(BUDGET_PART.upper(), b"<worksheet/>"), "有两份不一样的"
    ),
    # what would be passed over
    "sheet that is a web page": refused(
        lambda: changed(BUDGET_PART, lambda part: b"<html><body/></html>"), "里是别的内容"
    ),
    "styles that are a web page": refused(
        lambda: changed("xl/styles.xml", lambda part: b"<html><body/></html>"), "里是别的内容"
    ),
    "row under another name": refused(
        lambda: replaced(BUDGET_PART, b'<row r="4"', b'<row xmlns="urn:x" r="4"'), "读不懂的行"
    ),
    "cell under another name": refused(
        lambda: replaced(BUDGET_PART, b'<c r="A4"', b'<c xmlns="urn:x" r="A4"'), "读不懂的单元格"
    ),
    "cell that stands twice": refused(
        lambda: replaced(BUDGET_PART, b'<c r="B4"', b'<c r="A4"'), "出现了两次"
    ),
    # other programs
    "strict form": refused(in_strict_form, "严格"),
    "texts apart from the cells": whole(with_shared_texts),
    "no size of the sheet": whole(
        lambda: changed(BUDGET_PART, lambda part: re.sub(rb"<dimension [^>]*/>", b"", part))
    ),
    "cells without addresses": whole(without_addresses),
    "parts in capitals": whole(lambda: with_names(str.upper)),
    "names with backslashes": whole(lambda: with_names(lambda name: name.replace("/", "\\"))),
    "elements under a prefix": whole(with_prefixes),
    "relations in absolute paths": whole(
        lambda: replaced(RELATIONS, b'Target="worksheets/', b'Target="/xl/worksheets/', 99)
    ),
    "relations in relative paths": whole(
        lambda: replaced(
            RELATIONS, b'Target="/xl/worksheets/', b'Target="./worksheets/../worksheets/', 99
        )
    ),
    "sizes of sheets that lie": whole(
        lambda: changed(
            BUDGET_PART,
            lambda part: re.sub(
                rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part
            ),
        )
    ),
    "sizes of sheets that are nonsense": whole(
        lambda: changed(
            BUDGET_PART,
            lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="?"', part),
        )
    ),
    "alternate content": whole(
        lambda: in_sheet(
            b"</sheetData>",
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
            b'/2006"><mc:Choice Requires="x14"/></mc:AlternateContent>',
        )
    ),
    "rows in disorder": whole(
        lambda: changed(
            BUDGET_PART,
            lambda part: re.sub(
                rb'(<row r="5".*?</row>)(<row r="6".*?</row>)', rb"\2\1", part, flags=re.DOTALL
            ),
        )
    ),
}
"""Each further kind, and what becomes of it."""
