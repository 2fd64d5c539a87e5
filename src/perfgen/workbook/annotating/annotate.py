"""A workbook's package and its findings → the package of the annotated copy."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from perfgen.errors import WorkbookError
from perfgen.model.cells import column_letters
from perfgen.model.finding import Severity
from perfgen.workbook.annotating.cells import Cell, SheetCells
from perfgen.workbook.annotating.comments import threaded_cells, write_comments
from perfgen.workbook.annotating.overview import SHEET, filtered_range, legend, overview
from perfgen.workbook.annotating.package import (
    OFFICE,
    Package,
    add,
    child,
    insert_in_order,
    main,
    new_root,
)
from perfgen.workbook.annotating.remarks import FILLS, Remark
from perfgen.workbook.annotating.styles import Styles
from perfgen.workbook.parts import BadPart, Parts

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MARK = "_perfgen_annotated"
_BEFORE_NAMES = frozenset({
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences",
})  # fmt: skip
_SELECTED = re.compile(rb"(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*[\"'][^\"']*[\"']")


@dataclass(frozen=True, slots=True)
class Annotated:
    """The bytes of the copy, and what the officer has to know about it."""

    content: bytes
    notices: tuple[str, ...]


def is_annotated(content: bytes) -> bool:
    """Return whether a file is an annotated copy, made by an earlier check."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = Parts(archive)
            return _MARK.encode() in archive.read(parts.name_of(parts.workbook() or ""))
    except (zipfile.BadZipFile, BadPart):
        return False


def annotate(
    content: bytes, remarks: Sequence[Remark], *, workbook: str, summary: str
) -> Annotated:
    """Return the annotated copy of a workbook.

    Findings that no waiver covers get a comment and a fill at their cells; all are listed on a
    first sheet. Raises WorkbookError where the package is not made as Excel makes it.
    """
    try:
        return _annotate(content, remarks, workbook, summary)
    except (etree.XMLSyntaxError, ValueError, KeyError, LookupError) as error:
        raise WorkbookError(
            f"{workbook} 的内部结构异常，不能加批注（{type(error).__name__}）",
            hint="用 Excel 或 WPS 打开，另存一份再试；不加 --annotate 可以照常检查",
        ) from error


def _annotate(content: bytes, remarks: Sequence[Remark], workbook: str, summary: str) -> Annotated:
    package = Package(content)
    start = package.workbook()
    notices = _notices(package, content, workbook)
    styles_part = next((r.target for r in package.relations(start) if r.kind == "styles"), None)
    if styles_part is None:
        styles_part = package.new_part("xl/styles{}.xml", new_root("styleSheet"), _STYLES_TYPE)
        package.relate(start, "styles", styles_part)
    styles = Styles(package.xml(styles_part))
    sheets = _sheets(package, start)
    placed: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.finding.ref and remark.waiver is None:
            placed.setdefault(remark.finding.ref.sheet, []).append(remark)
    highlights = _Highlights(styles)
    for name, said in placed.items():
        if name in sheets:
            notices += _annotate_sheet(package, sheets[name], name, said, styles, highlights)
    for part in sheets.values():
        _deselect(package, part)
    name = _free_name(list(sheets))
    legend_and_counts = f"{summary}（底色：{legend()}）"
    sheet = overview(remarks, styles, workbook=workbook, summary=legend_and_counts)
    part = package.new_part("xl/worksheets/sheet{}.xml", sheet, _WORKSHEET_TYPE)
    _list_first(package, start, name, package.relate(start, "worksheet", part), remarks)
    _drop_calculation_order(package, start)
    return Annotated(package.content(), tuple(notices))


def _notices(package: Package, content: bytes, workbook: str) -> list[str]:
    notices = []
    if is_annotated(content):
        notices.append(f"{workbook} 本身是批注过的副本，原来的批注和底色还留着；请改原工作簿")
    if any(name.lower().startswith("_xmlsignatures/") for name in package.names()):
        notices.append("原工作簿有数字签名，副本改动过，签名在副本里无效")
    return notices


def _sheets(package: Package, start: str) -> dict[str, str]:
    """The worksheets by name, each with its part."""
    targets = {relation.id: relation.target for relation in package.relations(start)}
    return {
        sheet.get("name", ""): targets[sheet.get(f"{{{OFFICE}}}id", "")]
        for sheet in package.xml(start).iterfind(f"{main('sheets')}/{main('sheet')}")
        if sheet.get(f"{{{OFFICE}}}id", "") in targets
    }


class _Highlights:
    """The fills for conditional formats, made when the first is asked for."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._looks: dict[Severity, int] = {}

    def look(self, severity: Severity) -> int:
        if severity not in self._looks:
            self._looks[severity] = self._styles.highlight(FILLS[severity])
        return self._looks[severity]


def _annotate_sheet(
    package: Package,
    part: str,
    name: str,
    remarks: Sequence[Remark],
    styles: Styles,
    highlights: _Highlights,
) -> list[str]:
    cells = SheetCells(package.xml(part))
    by_cell: dict[Cell, list[Remark]] = {}
    for remark in remarks:
        ref = remark.finding.ref
        assert ref is not None
        by_cell.setdefault(cells.top_left(ref.row, ref.column), []).append(remark)
    by_severity: dict[Severity, list[Cell]] = {}
    for cell, said in by_cell.items():
        gravest = min((remark.finding.severity for remark in said), key=list(Severity).index)
        cells.set_style(cell, styles.filled(cells.style(cell), FILLS[gravest]))
        by_severity.setdefault(gravest, []).append(cell)
    cells.highlight({highlights.look(level): places for level, places in by_severity.items()})
    threaded = threaded_cells(package, part)
    taken = {
        cell: f"{name}!{address}"
        for cell in by_cell
        if (address := f"{column_letters(cell[1])}{cell[0]}") in threaded
    }
    open_cells = {cell: said for cell, said in by_cell.items() if cell not in taken}
    if open_cells:
        write_comments(package, part, cells, open_cells)
    if not taken:
        return []
    places = "、".join(taken.values())
    return [f"{places} 有会话批注，不能再写批注；这里的发现只加底色，列在“{SHEET}”表里"]


def _deselect(package: Package, part: str) -> None:
    """Unselect a sheet: sheets that are selected together would be edited together."""
    if package.is_xml(part):
        for view in package.xml(part).iter(main("sheetView")):
            view.attrib.pop("tabSelected", "")
    elif part in package.names():
        package.put(part, _SELECTED.sub(rb"\1", package.part(part)))


def _free_name(names: Sequence[str]) -> str:
    taken = {name.lower() for name in names}
    name, number = SHEET, 1
    while name.lower() in taken:
        number += 1
        name = f"{SHEET}{number}"
    return name


def _list_first(
    package: Package, start: str, name: str, relation: str, remarks: Sequence[Remark]
) -> None:
    """Put the new sheet before all others; what counts sheets by place counts one more."""
    root = package.xml(start)
    sheets = child(root, "sheets")
    assert sheets is not None
    number = max((int(sheet.get("sheetId", "0")) for sheet in sheets), default=0) + 1
    sheet = etree.Element(main("sheet"), name=name, sheetId=str(number))
    sheet.set(f"{{{OFFICE}}}id", relation)
    sheets.insert(0, sheet)
    for view in root.iterfind(f"{main('bookViews')}/{main('workbookView')}"):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", "")
    names = child(root, "definedNames")
    if names is None:
        names = etree.Element(main("definedNames"))
        insert_in_order(root, names, _BEFORE_NAMES)
    for known in names:
        if known.get("localSheetId") is not None:
            known.set("localSheetId", str(int(known.get("localSheetId", "0")) + 1))
    add(names, "definedName", name="_xlnm._FilterDatabase", localSheetId="0",
        hidden="1").text = filtered_range(name, remarks)  # fmt: skip
    if not any(known.get("name") == _MARK for known in names):
        add(names, "definedName", name=_MARK, hidden="1").text = "1"


def _drop_calculation_order(package: Package, start: str) -> None:
    """Drop the list of the order in which Excel computes; it makes a new one when it opens."""
    for relation in list(package.relations(start)):
        if relation.kind == "calcChain":
            package.unrelate(start, relation)
            package.remove(relation.target)
