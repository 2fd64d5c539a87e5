"""The Word documents that builds kept near a document, whoever laid them there."""

import os
import shutil

import pytest

from perfgen.keeping import kept_word_documents
from perfgen.keeping.nearby import MOST_KEPT
from pulling.officer_files import built, make_workbook, retyped, without_part


def kept(home, *paths):
    """Lay files into the record of builds; each holds its own name."""
    for path in paths:
        file = home / ".perfgen" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode())


def names(home):
    return [content.decode() for content in kept_word_documents(home / "报告.docx")]


def test_the_latest_builds_come_first_whatever_the_document_is_called(tmp_path):
    kept(tmp_path, "甲/0001/甲.docx", "甲/0012/甲.docx", "乙/0003/乙.docx", "甲/0012/甲.pdf",
         "甲/record.json", "甲/lock/甲.docx")  # fmt: skip
    assert names(tmp_path) == ["甲/0012/甲.docx", "乙/0003/乙.docx", "甲/0001/甲.docx"]


def test_without_a_record_there_is_none(tmp_path):
    assert names(tmp_path) == []
    (tmp_path / ".perfgen").write_bytes(b"a file")
    assert names(tmp_path) == []


def test_no_more_are_read_than_anybody_needs(tmp_path):
    kept(tmp_path, *(f"甲/{number:04d}/甲.docx" for number in range(1, 2 * MOST_KEPT)))
    assert len(names(tmp_path)) == MOST_KEPT


@pytest.mark.skipif(os.name == "nt", reason="Windows 建链接要权限")
@pytest.mark.parametrize("place", [".perfgen", ".perfgen/甲", ".perfgen/甲/0001"])
def test_links_are_not_followed(tmp_path, place):
    elsewhere = tmp_path / "elsewhere"
    kept(elsewhere, "甲/0001/甲.docx")
    home = tmp_path / "home"
    (home / place).parent.mkdir(parents=True)
    (home / place).symlink_to(elsewhere / place, target_is_directory=True)
    assert names(home) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有管道文件")
def test_what_is_no_plain_file_of_a_sensible_size_is_passed_over(tmp_path):
    kept(tmp_path, "甲/0001/甲.docx", "甲/0001/大.docx")
    folder = tmp_path / ".perfgen/甲/0001"
    os.mkfifo(folder / "管道.docx")
    (folder / "设备.docx").symlink_to("/dev/zero")
    (folder / "文件夹.docx").mkdir()
    os.truncate(folder / "大.docx", 2**40)
    assert names(tmp_path) == ["甲/0001/甲.docx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有管道文件")
def test_a_pull_in_a_hostile_folder_reads_the_workbook_instead(perfgen, tmp_path):
    make_workbook().save(tmp_path / "自评.xlsx")
    built(tmp_path / "自评.xlsx")
    kept(tmp_path, "自评/0001/自评.docx", "自评/0002/自评.docx")
    os.mkfifo(tmp_path / ".perfgen/自评/0002/b.docx")
    shutil.copy(tmp_path / "自评.xlsx", tmp_path / ".perfgen/自评/0002/c.docx")
    document = tmp_path / "自评.docx"
    edited = retyped(document.read_bytes(), lambda words: words.replace("已经印发", "已经印发实施"))
    document.write_bytes(without_part(edited, "customXml/"))
    said = perfgen("pull", "自评.docx")
    assert said.code == 0 and "写回 1 格" in said.out
