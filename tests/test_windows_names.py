"""Names and paths that Windows refuses are said before anything is written."""

from pathlib import Path, PureWindowsPath

import pytest

from perfgen.windows_names import fault_of_name, fault_of_place, is_too_long


@pytest.mark.parametrize(
    "name",
    ["CON", "con.docx", "Nul.tar.gz", "PRN .pdf", "aux", "COM1.xlsx", "lpt9", "COM¹", "CONIN$"],
)
def test_names_of_devices_are_no_names_of_files(name):
    assert "设备名" in fault_of_name(name)


@pytest.mark.parametrize("name", ["自评 ", "自评.", "a..", "报送. "])
def test_dots_and_spaces_at_the_end_would_be_dropped(name):
    assert "以点或空格结尾" in fault_of_name(name)


@pytest.mark.parametrize("name", ["甲:乙", "a?b", "<自评>", "a|b", "甲\n乙", 'a"b'])
def test_signs_that_windows_forbids_are_named(name):
    assert "不允许" in fault_of_name(name)


@pytest.mark.parametrize(
    "name",
    ["自评.docx", "console.pdf", "com.xlsx", "COM10.xlsx", "nullable", "..", ".perfgen", "a b.c"],
)
def test_other_names_are_right(name):
    assert fault_of_name(name) == ""


def test_every_part_of_a_path_counts_but_its_drive():
    assert fault_of_place(PureWindowsPath("D:/报送/自评.pdf"), system="win32") == ""
    assert fault_of_place(PureWindowsPath("//服务器/共享/自评.pdf"), system="win32") == ""
    assert "CON" in fault_of_place(PureWindowsPath("D:/con/自评.pdf"), system="win32").upper()


def test_elsewhere_than_on_windows_these_names_are_right():
    assert fault_of_place(Path("/tmp/con/自评 "), system="linux") == ""


def test_a_path_of_more_than_259_characters_is_too_long_on_windows():
    folder = PureWindowsPath("D:/" + "夹" * 200)
    assert is_too_long(folder / ("名" * 60 + ".pdf"), system="win32")
    assert not is_too_long(folder / "自评.pdf", system="win32")
    assert not is_too_long(folder / ("名" * 60 + ".pdf"), system="linux")


def test_a_folder_whose_temporary_files_would_be_too_long_is_too_long():
    assert is_too_long(PureWindowsPath("D:/" + "夹" * 240) / "a.pdf", system="win32")
