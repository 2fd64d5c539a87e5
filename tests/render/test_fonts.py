"""Which font prints each role of type, and what the PDF printer and the officer are told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

from perfgen.errors import FontError
from perfgen.render.fonts import (
    ROLES,
    data_folder,
    find,
    find_fonts,
    font_paths,
    replacements,
    stylesheet,
)
from render.made_fonts import BASIC, RARE, make_font


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no font but those that come with perfgen; its font folder."""
    system = tmp_path / "系统字体"
    system.mkdir()
    monkeypatch.setattr(find, "_system_folders", lambda: (system,))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return system


def urls(css: str) -> set[Path]:
    return {Path(unquote(urlparse(url).path)) for url in re.findall(r'url\("(.+?)"\)', css)}


def variable(css: str, role: str) -> str:
    found = re.search(rf"--{role}: (.+);", css)
    assert found
    return found[1]


# --- which font plays a role ---------------------------------------------------------------------


def test_every_role_has_a_font_on_a_bare_machine():
    fonts = find_fonts()

    assert [font.role for font in fonts.roles] == list(ROLES)
    assert {font.origin for font in fonts.roles} == {"随 perfgen 提供"}
    assert fonts.role("heiti").file.family == "Noto Sans SC"
    assert {fonts.role(key).file.family for key in ("xiaobiaosong", "kaiti", "fangsong")} == {
        "Noto Serif SC"
    }


def test_the_official_font_in_the_fonts_folder_comes_first(tmp_path: Path, bare_machine: Path):
    make_font(bare_machine / "simfang.ttf", "FangSong", chinese="仿宋")
    given = make_font(tmp_path / "工作" / "fonts" / "随便起的名.TTF", "x", chinese="仿宋_GB2312")

    font = find_fonts([tmp_path / "工作" / "fonts"]).role("fangsong")

    assert (font.file.path, font.file.family) == (given, "仿宋_GB2312")
    assert (font.origin, font.replaced) == ("fonts 文件夹", False)


def test_the_fonts_folder_of_the_current_folder_is_looked_into(tmp_path: Path):
    given = make_font(tmp_path / "fonts" / "kai.ttf", "KaiTi_GB2312")

    assert find_fonts().role("kaiti").file.path == given


def test_a_fonts_folder_that_does_not_exist_is_no_error(tmp_path: Path):
    assert find_fonts([tmp_path / "没有"]).role("songti").file.family == "Noto Serif SC"


@pytest.mark.parametrize(
    ("role", "file", "name", "replaced"),
    [
        ("xiaobiaosong", "FZXBSJW.TTF", "方正小标宋简体", False),
        ("xiaobiaosong", "STZHONGS.TTF", "STZhongsong", True),
        ("heiti", "simhei.ttf", "SimHei", False),
        ("heiti", "FZHTK.TTF", "方正黑体_GBK", True),
        ("kaiti", "simkai.ttf", "KaiTi", False),
        ("kaiti", "STKAITI.TTF", "STKaiti", True),
        ("fangsong", "FANGSONG_GB2312.ttf", "FangSong_GB2312", False),
        ("fangsong", "STFANGSO.TTF", "STFangsong", True),
        ("songti", "simsun.ttf", "SimSun", False),
    ],
)
def test_fonts_installed_on_the_machine_are_used(
    bare_machine: Path, role: str, file: str, name: str, replaced: bool
):
    installed = make_font(bare_machine / "子文件夹" / file, name)

    font = find_fonts().role(role)

    assert (font.file.path, font.origin, font.replaced) == (installed, "本机", replaced)


def test_the_official_font_is_taken_before_a_like_one(bare_machine: Path):
    make_font(bare_machine / "simfang.ttf", "FangSong")
    official = make_font(bare_machine / "仿宋_GB2312.ttf", "仿宋_GB2312")

    assert find_fonts().role("fangsong").file.path == official


def test_a_well_known_file_name_with_another_font_in_it_is_not_believed(bare_machine: Path):
    make_font(bare_machine / "simfang.ttf", "Comic Sans")

    assert find_fonts().role("fangsong").file.family == "Noto Serif SC"


def test_bold_of_the_wanted_family_is_not_taken_for_the_regular(bare_machine: Path):
    make_font(bare_machine / "FandolHei-Regular.otf", "FandolHei", style="Bold")

    assert find_fonts().role("heiti").file.family == "Noto Sans SC"


def test_a_collection_serves_with_its_first_face_only(tmp_path: Path, bare_machine: Path):
    faces = [make_font(tmp_path / f"{name}.ttf", name) for name in ("SimSun", "NSimSun")]
    collection = TTCollection()

    collection.fonts = [TTFont(face) for face in reversed(faces)]
    collection.save(bare_machine / "simsun.ttc")
    assert find_fonts().role("songti").file.family == "Noto Serif SC"

    collection.fonts = [TTFont(face) for face in faces]
    collection.save(bare_machine / "simsun.ttc")
    assert find_fonts().role("songti").file.family == "SimSun"


def test_downloaded_free_fonts_are_used_after_installed_ones(bare_machine: Path):
    downloaded = make_font(data_folder() / "FandolKai-Regular.otf", "FandolKai")
    assert find_fonts().role("kaiti").file.path == downloaded
    assert find_fonts().role("kaiti").origin == "perfgen 已下载"

    installed = make_font(bare_machine / "simkai.ttf", "KaiTi")
    assert find_fonts().role("kaiti").file.path == installed


def test_damaged_and_useless_files_of_the_fonts_folder_are_named(tmp_path: Path):
    folder = tmp_path / "fonts"
    useless = make_font(folder / "a.ttf", "Comic Sans")
    whole = make_font(folder / "b.ttf", "SimHei").read_bytes()
    (folder / "b.ttf").write_bytes(whole[: len(whole) // 3])
    (folder / "说明.txt").write_text("不是字体", encoding="utf-8")

    fonts = find_fonts([folder])

    assert fonts.unreadable == (folder / "b.ttf",)
    assert fonts.unused == (useless,)
    assert fonts.role("heiti").file.family == "Noto Sans SC"


def test_no_chinese_font_at_all_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(find, "_BUNDLED_PACKAGE", "perfgen_without_fonts")

    with pytest.raises(FontError, match="没有可用的中文字体") as failure:
        find_fonts()

    assert "perfgen fonts --install" in str(failure.value.hint)


def test_each_replaced_font_is_one_sentence(bare_machine: Path):
    make_font(bare_machine / "simfang.ttf", "FangSong")
    make_font(bare_machine / "FandolSong-Bold.otf", "FandolSong", style="Bold")

    assert replacements(find_fonts()) == (
        "本机没有以下公文字体，PDF 里代替：方正小标宋简体 → FandolSong Bold、黑体 → Noto Sans SC、"
        "楷体_GB2312 → Noto Serif SC、宋体 → Noto Serif SC（Word 文件仍写公文字体）",
    )


def test_a_machine_with_all_official_fonts_is_told_nothing(bare_machine: Path):
    for file, name in (
        ("FZXBSJW.TTF", "方正小标宋简体"), ("simhei.ttf", "SimHei"), ("simkai.ttf", "KaiTi"),
        ("simfang.ttf", "FangSong"), ("simsun.ttf", "SimSun"),
    ):  # fmt: skip
        make_font(bare_machine / file, name)

    assert replacements(find_fonts()) == ()


# --- characters ----------------------------------------------------------------------------------


def test_only_the_files_that_the_characters_need_are_listed(bare_machine: Path):
    make_font(bare_machine / "FandolKai-Regular.otf", "FandolKai")
    make_font(bare_machine / "FandolHei-Regular.otf", "FandolHei")
    fonts = find_fonts()

    css = stylesheet(fonts, {"kaiti": set(BASIC)})
    assert {path.name for path in urls(css)} == {
        "FandolKai-Regular.otf",
        "NotoSerifSC-Regular.otf",  # Song, for whatever else
    }
    assert variable(css, "kaiti") == '"perfgen-kaiti-1"'
    assert variable(css, "heiti") == variable(css, "songti") == '"perfgen-songti-1"'


def test_a_character_missing_in_the_roles_font_falls_to_the_next_that_has_it(bare_machine: Path):
    make_font(bare_machine / "FandolKai-Regular.otf", "FandolKai")
    make_font(bare_machine / "FandolHei-Regular.otf", "FandolHei")
    make_font(bare_machine / "DejaVuSans.ttf", "DejaVu Sans", "☑")
    fonts = find_fonts()
    chars = {"kaiti": set(BASIC + RARE + "☑"), "heiti": set(BASIC + RARE)}

    css = stylesheet(fonts, chars)

    assert variable(css, "kaiti") == '"perfgen-kaiti-1", "perfgen-songti-1", "perfgen-kaiti-3"'
    assert variable(css, "heiti") == '"perfgen-heiti-1", "perfgen-heiti-2"'
    assert [file.family for file in fonts.needed("heiti", chars["heiti"])][1] == "Noto Sans SC"


def test_the_printer_may_open_exactly_the_files_that_are_listed(tmp_path: Path):
    make_font(tmp_path / "fonts" / "有 空格(1)'\".ttf", "SimHei")
    fonts, chars = find_fonts(), {"heiti": set(BASIC + RARE), "fangsong": set(BASIC)}

    paths = font_paths(fonts, chars)

    assert urls(stylesheet(fonts, chars)) == set(paths)
    assert len(paths) == len(set(paths)) == 3


def test_characters_that_no_font_has_are_named_once_and_white_space_is_not():
    fonts = find_fonts()
    unknown = "\U0010fffd"

    assert fonts.missing(f"{BASIC}{unknown}{RARE}\n\t\u3000\u200b\ufe0f", "fangsong") == unknown
    assert fonts.missing(BASIC, "xiaobiaosong") == ""
    assert fonts.check_coverage({"kaiti": {unknown, "部"}, "heiti": {unknown}}) == (unknown,)


def test_fandol_fangsong_takes_its_digits_from_song(bare_machine: Path):
    make_font(bare_machine / "FandolFang-Regular.otf", "FandolFang", "绩效自评" + "0123456789%.")
    fonts = find_fonts()

    css = stylesheet(fonts, {"fangsong": set("绩效自评99.04%")})

    assert variable(css, "fangsong") == '"perfgen-fangsong-1", "perfgen-songti-1"'
    assert re.findall(r"unicode-range: (.+?);", css) == ["U+6548-8BC4"]
    assert fonts.missing("绩效99.04%", "fangsong") == ""


def test_what_fandol_fangsong_lacks_is_left_out_of_its_range(bare_machine: Path):
    make_font(bare_machine / "FandolFang-Regular.otf", "FandolFang", "绩效自评")

    css = stylesheet(find_fonts(), {"fangsong": set("绩效自评9终")})

    (ranges,) = re.findall(r"unicode-range: (.+?);", css)
    bounds = [[int(point, 16) for point in part[2:].split("-")] for part in ranges.split(", ")]
    held = {char for char in "绩效自评9终" for low, high in bounds if low <= ord(char) <= high}
    assert held == set("绩效自评")


def test_finding_fonts_does_not_load_the_pdf_printer():
    code = "import sys; from perfgen.render.fonts import find_fonts; find_fonts(); "
    code += "sys.exit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
