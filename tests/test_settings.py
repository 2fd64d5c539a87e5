"""perfgen.toml beside the workbooks: the office's own layouts, fonts and place for documents."""

import pytest

from perfgen.errors import SettingsError
from perfgen.settings import find_settings
from unreadable import make_unreadable


@pytest.fixture
def setting(tmp_path):
    """Write perfgen.toml and read the settings."""

    def read(text):
        (tmp_path / "perfgen.toml").write_text(text, encoding="utf-8")
        return find_settings(tmp_path)

    return read


def test_without_a_file_the_usual_places_count(tmp_path):
    settings = find_settings(tmp_path)
    assert settings.fonts == (tmp_path / "fonts",)
    assert (settings.layouts, settings.output) == ((), None)


def test_a_folder_of_layouts_beside_the_workbook_is_found(tmp_path):
    (tmp_path / "layouts" / "wuxi").mkdir(parents=True)
    (tmp_path / "layouts" / "wuxi" / "layout.toml").write_text("", encoding="utf-8")
    assert find_settings(tmp_path).layouts == (tmp_path / "layouts",)


def test_folders_are_taken_from_where_the_file_lies(setting, tmp_path):
    (tmp_path / "版式").mkdir()
    settings = setting('layouts = ["版式"]\noutput = "成品"\n')
    assert settings.layouts == (tmp_path / "版式",)
    assert settings.output == tmp_path / "成品"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('layout = ["版式"]', "layout 不认识这一项，是不是 layouts"),
        ('layouts = "版式"', "layouts 应当是列表"),
        ('layouts = ["没有"]', "里的文件夹不存在"),
        ("layouts = [", "不是合格的 TOML"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(setting, text, says):
    with pytest.raises(SettingsError) as refused:
        setting(text)
    assert says in refused.value.message
    assert "perfgen.toml" in refused.value.message


def test_documents_go_where_the_file_says_and_options_come_first(
    setting, book, saved, perfgen, tmp_path
):
    saved(book)
    setting('output = "成品"')
    assert perfgen("build", "自评.xlsx", "--format", "html").code == 0
    assert (tmp_path / "成品" / "自评.html").is_file()
    (tmp_path / "别处").mkdir()
    assert perfgen("build", "自评.xlsx", "--format", "html", "-o", "别处").code == 0
    assert (tmp_path / "别处" / "自评.html").is_file()


def test_a_file_in_another_encoding_and_one_that_cannot_be_read_are_told(tmp_path):
    file = tmp_path / "perfgen.toml"
    file.write_bytes('output = "成品"'.encode("gbk"))
    with pytest.raises(SettingsError, match="不是 UTF-8 编码的文本") as refused:
        find_settings(tmp_path)
    assert "另存为，编码选 UTF-8" in refused.value.hint
    file.unlink()
    make_unreadable(file)
    with pytest.raises(SettingsError, match=r"打不开 .*perfgen\.toml（"):
        find_settings(tmp_path)
