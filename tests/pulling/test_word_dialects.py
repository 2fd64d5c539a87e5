"""Word files that Word opens and writes in other ways: strict, other names of parts, UTF-16."""

import io
import zipfile

import pytest
from lxml import etree

from perfgen.disclosed.documents import data_of_document
from perfgen.errors import DocumentError
from perfgen.pulling.reading import read_document
from pulling.officer_files import PARAGRAPHS, pulled, retyped

SCHEMAS = "http://schemas.openxmlformats.org"
STRICT = {
    f"{SCHEMAS}/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    f"{SCHEMAS}/officeDocument/2006/relationships":
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    f"{SCHEMAS}/officeDocument/2006/custom-properties":
        "http://purl.oclc.org/ooxml/officeDocument/customProperties",
}  # fmt: skip
TYPED = f"经核实，{PARAGRAPHS[0]}"


def packed(data, change=lambda name, part: part, rename=lambda name: name):
    """The file packed anew, its parts changed and under other names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(rename(name), change(name, old.read(name)))
    return stream.getvalue()


def replaced(part, words):
    for old, new in words.items():
        part = part.replace(old.encode(), new.encode())
    return part


def strict(data):
    return packed(data, lambda name, part: replaced(part, STRICT) if is_xml(name) else part)


def is_xml(name):
    return name.endswith((".xml", ".rels"))


def other_names(data):
    """As some programs write them, each part's number behind its name."""
    names = {"document.xml": "document2.xml", "styles.xml": "styles2.xml"}
    return packed(
        data,
        lambda name, part: replaced(part, names) if is_xml(name) else part,
        lambda name: replaced(name.encode(), names).decode(),
    )


def other_folder(data):
    return packed(
        data,
        lambda name, part: replaced(part, {"word/": "文档/"}) if is_xml(name) else part,
        lambda name: name.replace("word/", "文档/"),
    )


def backslashes(data):
    return packed(data, rename=lambda name: name.replace("/", "\\"))


def in_utf_16(data):
    def change(name, part):
        if name != "word/document.xml":
            return part
        return etree.tostring(etree.fromstring(part), encoding="UTF-16")

    return packed(data, change)


DIALECTS = [strict, other_names, other_folder, backslashes, in_utf_16]


@pytest.fixture(scope="module")
def edited(officer):
    """The officer's Word file with a word typed into it."""
    data = (officer / "自评.docx").read_bytes()
    return retyped(data, lambda words: TYPED if words == PARAGRAPHS[0] else words)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_edit_comes_back_from_every_dialect(officer, edited, tmp_path, dialect):
    (tmp_path / "改过.docx").write_bytes(dialect(edited))
    result = pulled(tmp_path / "改过.docx", officer / "自评.xlsx")
    assert result.written == {"文字部分!B2": "\n".join((TYPED, *PARAGRAPHS[1:]))}
    assert (result.reasons, list(result.pulled.others)) == ([], [])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_its_data_comes_back_from_every_dialect(edited, tmp_path, dialect):
    (tmp_path / "原来.docx").write_bytes(edited)
    (tmp_path / "改过.docx").write_bytes(dialect(edited))
    data = data_of_document(tmp_path / "改过.docx")
    assert data == data_of_document(tmp_path / "原来.docx")


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_a_document_type_is_refused_wherever_it_stands(officer, encoding):
    """Behind a long comment, or in another encoding."""

    def change(name, part):
        if name != "word/document.xml":
            return part
        text = etree.tostring(etree.fromstring(part), encoding="unicode")
        head = f'<?xml version="1.0" encoding="{encoding}"?><!--{"长" * 5000}-->'
        return f'{head}<!DOCTYPE d [<!ENTITY a "b">]>{text}'.encode(encoding)

    with pytest.raises(DocumentError, match="不该有的声明"):
        read_document(packed((officer / "自评.docx").read_bytes(), change), "报告.docx")
