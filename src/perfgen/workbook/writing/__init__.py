"""The fill-in workbook (填报工作簿), written from a layout's declaration with XlsxWriter."""

from perfgen.workbook.writing.book import workbook_bytes, write_workbook
from perfgen.workbook.writing.values import CellValue, Content

__all__ = ["CellValue", "Content", "workbook_bytes", "write_workbook"]
