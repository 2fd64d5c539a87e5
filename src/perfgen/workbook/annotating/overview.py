"""The first sheet of the annotated copy (检查结果): every finding, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from perfgen.model.cells import CellRef, column_letters
from perfgen.model.finding import Severity
from perfgen.workbook.annotating.package import add, new_root, set_text
from perfgen.workbook.annotating.remarks import FILLS, WAIVED_FILL, Remark
from perfgen.workbook.annotating.styles import Styles

SHEET = "检查结果"
HEADER_ROW = 4
_LINE = 15
_COLUMNS = (
    ("级别", 9), ("代码", 9), ("位置", 18), ("所在行", 34), ("问题", 48), ("建议", 32),
    ("规则", 22), ("说明", 24),
)  # fmt: skip
_ABOUT = (
    "这是批注过的副本，原工作簿没有改动。点“位置”跳到那一格；请在原工作簿里改，改好再检查一次。"
)
STANDS, WAIVED = "", "已说明"


def overview(remarks: Sequence[Remark], styles: Styles, *, workbook: str, summary: str
             ) -> etree._Element:  # fmt: skip
    """Return the sheet as XML. `summary` is the verdict with the counts."""
    root = new_root("worksheet")
    properties = add(root, "sheetPr")
    add(properties, "tabColor", rgb="FFC00000")
    add(properties, "pageSetUpPr", fitToPage="1")
    view = add(add(root, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1",
               workbookViewId="0")  # fmt: skip
    add(view, "pane", ySplit=str(HEADER_ROW), topLeftCell=f"A{HEADER_ROW + 1}",
        activePane="bottomLeft", state="frozen")  # fmt: skip
    add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = add(root, "cols")
    for number, (_, width) in enumerate(_COLUMNS, 1):
        add(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    data = add(root, "sheetData")
    _row(data, 1, [(f"检查结果：{workbook}", styles.look(bold=True, size="14"))])
    _row(data, 2, [(summary, styles.look(bold=True))])
    _row(data, 3, [(_ABOUT, styles.look())])
    header = styles.look(bold=True, colour="FFFFFFFF", fill="FF1F4E78", border=True, centred=True)
    _row(data, HEADER_ROW, [(name, header) for name, _ in _COLUMNS])
    looks = _Looks(styles)
    for number, remark in enumerate(remarks, HEADER_ROW + 1):
        _row(data, number, looks.cells(remark))
    last = column_letters(len(_COLUMNS))
    bottom = HEADER_ROW + max(1, len(remarks))
    add(root, "autoFilter", ref=f"A{HEADER_ROW}:{last}{bottom}")
    _links(root, remarks)
    add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3",
        footer="0.3")  # fmt: skip
    add(root, "pageSetup", paperSize="9", fitToHeight="0", orientation="landscape")
    return root


def filtered_range(name: str, remarks: Sequence[Remark]) -> str:
    """Return the range of the sheet's filter, as a defined name holds it."""
    bottom = HEADER_ROW + max(1, len(remarks))
    return f"{_quoted(name)}!$A${HEADER_ROW}:${column_letters(len(_COLUMNS))}${bottom}"


class _Looks:
    def __init__(self, styles: Styles) -> None:
        self._text = styles.look(border=True)
        self._link = styles.look(border=True, colour="FF0563C1", underline=True)
        self._severity = {
            severity: styles.look(border=True, bold=True, fill=fill, centred=True)
            for severity, fill in FILLS.items()
        }
        self._waived = styles.look(border=True, fill=WAIVED_FILL, centred=True)
        self._pale = styles.look(border=True, fill=WAIVED_FILL)
        self._pale_link = styles.look(
            border=True, fill=WAIVED_FILL, colour="FF0563C1", underline=True
        )

    def cells(self, remark: Remark) -> list[tuple[str, int]]:
        finding, waived = remark.finding, remark.waiver is not None
        text = self._pale if waived else self._text
        link = self._pale_link if waived else self._link
        place = (str(finding.ref), link) if finding.ref else ("", text)
        label = finding.severity.label
        level = (f"{label}（{WAIVED}）", self._waived) if waived else (
            label, self._severity[finding.severity])  # fmt: skip
        rest = (remark.row, finding.message, finding.hint, remark.title, _explanation(remark))
        return [level, (finding.code, text), place, *((words, text) for words in rest)]


def _explanation(remark: Remark) -> str:
    waiver = remark.waiver
    if waiver is None:
        return STANDS
    until = f"有效期至 {waiver.expires}" if waiver.expires else ""
    notes = "，".join(part for part in (waiver.officer, until) if part)
    return f"{WAIVED}：{waiver.reason or '没有写理由'}" + (f"（{notes}）" if notes else "")


def _row(data: etree._Element, number: int, cells: Sequence[tuple[str, int]]) -> None:
    row = add(data, "row", r=str(number))
    if number > HEADER_ROW:  # not every program makes rows as high as their wrapped texts
        row.set("ht", str(_LINE * _lines([text for text, _ in cells]) + 3))
    for column, (text, style) in enumerate(cells, 1):
        cell = add(row, "c", r=f"{column_letters(column)}{number}", s=str(style))
        if text:
            cell.set("t", "inlineStr")
            set_text(add(add(cell, "is"), "t"), text)


def _lines(texts: Sequence[str]) -> int:
    """The lines of the cell that wraps into most; a Chinese character is two digits wide."""
    widths = [sum(1 if char < "\u2000" else 2 for char in text) for text in texts]
    room = [width - 2 for _, width in _COLUMNS]
    return max(-(-width // place) or 1 for width, place in zip(widths, room, strict=False))


def _links(root: etree._Element, remarks: Sequence[Remark]) -> None:
    placed = [(n, r.finding.ref) for n, r in enumerate(remarks, HEADER_ROW + 1) if r.finding.ref]
    if not placed:
        return
    links = add(root, "hyperlinks")
    for number, ref in placed:
        add(links, "hyperlink", ref=f"C{number}", location=_location(ref), display=str(ref))


def _location(ref: CellRef) -> str:
    return f"{_quoted(ref.sheet)}!{ref.address}"


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def legend() -> str:
    """Return what the fills mean, in words."""
    names = {Severity.ERROR: "红", Severity.WARNING: "黄", Severity.INFO: "蓝"}
    return "，".join(f"{colour}色是{severity.label}" for severity, colour in names.items())
