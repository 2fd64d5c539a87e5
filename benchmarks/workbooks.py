"""Workbooks of any size: the sample, its indicators again and again under other names."""

import sys
from pathlib import Path

import openpyxl

SAMPLE = Path(__file__).resolve().parent.parent / "inputs" / "suzhou-commerce-2023.xlsx"
SHEET = "绩效指标"
NAME, CATEGORY, LAST = "指标名称", "类别", "履职"


def enlarged(indicators: int, target: Path, *, variant: int = 0) -> Path:
    """Write the sample with so many indicators to `target`; return it.

    Further indicators repeat those of the last category, numbered. `variant` changes the texts, so
    that no two workbooks of a batch are alike.
    """
    book = openpyxl.load_workbook(SAMPLE)
    sheet = book[SHEET]
    header = next(row for row in sheet.iter_rows() if any(cell.value == NAME for cell in row))
    columns = {str(cell.value): cell.column for cell in header if cell.value}
    filled = [
        row
        for row in range(header[0].row + 1, sheet.max_row + 1)
        if sheet.cell(row, columns[NAME]).value
    ]
    own = [row for row in filled if sheet.cell(row, columns[CATEGORY]).value == LAST]
    bottom = filled[-1]
    for number in range(indicators - len(filled)):
        source, row = own[number % len(own)], bottom + 1 + number
        for place in columns.values():
            cell = sheet.cell(source, place)
            copy = sheet.cell(row, place, cell.value)
            copy.number_format = cell.number_format
        sheet.cell(
            row, columns[NAME]
        ).value = f"{sheet.cell(source, columns[NAME]).value}（第{number + 1}项）"
    if variant:
        for row in own:
            cell = sheet.cell(row, columns[NAME])
            cell.value = f"{cell.value}（{variant}号）"
    book.save(target)
    return target


if __name__ == "__main__":
    enlarged(int(sys.argv[1]), Path(sys.argv[2]))
