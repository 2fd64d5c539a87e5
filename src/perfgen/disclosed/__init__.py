"""The data that a document carries (随文件公开的数据): what it prints, for programs to read."""

from perfgen.disclosed.data import report_data
from perfgen.disclosed.documents import data_of_document
from perfgen.disclosed.files import JSON_NAME, attached_files, word_part
from perfgen.disclosed.filling import content_of_data, report_of_data
from perfgen.disclosed.reading import read_json
from perfgen.disclosed.writing import tables_csv, to_json

__all__ = [
    "JSON_NAME",
    "attached_files",
    "content_of_data",
    "data_of_document",
    "read_json",
    "report_data",
    "report_of_data",
    "tables_csv",
    "to_json",
    "word_part",
]
