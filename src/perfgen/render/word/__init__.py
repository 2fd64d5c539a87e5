"""The Word printer (Word 输出): the semantic page and its looks become a document to edit."""

from perfgen.render.word.document import print_docx
from perfgen.render.word.pictures import ImageReader, pictures_in

__all__ = ["ImageReader", "pictures_in", "print_docx"]
