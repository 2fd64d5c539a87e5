"""The Word printer (Word 输出): the semantic page and its looks become a document to edit."""

from perfgen.render.printers.word.document import print_docx
from perfgen.render.printers.word.pictures import ImageReader, pictures_in
from perfgen.render.printers.word.recording import Printed, PrintedTable, Stamp, Stamper

__all__ = [
    "ImageReader",
    "Printed",
    "PrintedTable",
    "Stamp",
    "Stamper",
    "pictures_in",
    "print_docx",
]
