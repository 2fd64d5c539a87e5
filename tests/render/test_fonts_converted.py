"""The fonts that Typst is given: TrueType outlines, a family of their own, made once and kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import page as validation
import pylopdf_fonts_zh_cn
import pytest
import typst
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

from patience import WAIT
from perfgen.cli import run
from perfgen.errors import FontError
from perfgen.render.fonts import find, find_fonts
from perfgen.render.fonts.converted import converted, is_converted
from perfgen.render.fonts.places import cache_folder
from perfgen.render.fonts.typst import typst_fonts
from render.made_fonts import BASIC, RARE, make_font

TEXT = "绩效自评，“预算执行率”99.04% — ABC xyz ≥≤①【】㛃䶮𬭎𠅤"


@pytest.fixture(scope="module")
def serif(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noto Serif SC as Adobe made it (CFF outlines), with the characters of a few sentences."""
    font = subset.load_font(
        str(pylopdf_fonts_zh_cn.serif_path()), subset.Options(), lazy=True, dontLoadGlyphNames=True
    )
    options = subset.Options(layout_features=["*"], name_IDs=["*"], name_languages=["*"])
    keeper = subset.Subsetter(options)
    keeper.populate(text=TEXT + BASIC + "0123456789abcdefghijklmnopqrstuvwxyz")
    keeper.subset(font)
    path = tmp_path_factory.mktemp("serif") / "NotoSerifSC-Regular.otf"
    font.save(path)
    font.close()
    return path


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without fonts but those that come with perfgen, and without converted ones."""
    system = tmp_path / "系统字体"
    system.mkdir()
    monkeypatch.setattr(find, "_system_folders", lambda: (system,))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return system


def quietly(*sources: Path) -> list[Path]:
    made = converted(sources, lambda _: None)
    return [made[source].path for source in sources]


# --- what a converted font is --------------------------------------------------------------------


def test_a_postscript_font_gets_truetype_outlines_that_look_the_same(serif: Path):
    (path,) = quietly(serif)

    old, new = TTFont(serif), TTFont(path)
    assert "glyf" in new and not {"CFF ", "VORG", "DSIG"} & set(new.keys())
    characters = old.getBestCmap()
    assert new.getBestCmap().keys() == characters.keys()
    for code, name in characters.items():
        boxes = []
        for font, glyph in ((old, name), (new, new.getBestCmap()[code])):
            glyphs = font.getGlyphSet()
            pen = BoundsPen(glyphs)
            glyphs[glyph].draw(pen)
            boxes.append((*(pen.bounds or ()), glyphs[glyph].width))
        assert boxes[1] == pytest.approx(boxes[0], abs=1.01), chr(code)


def test_where_the_ink_of_a_glyph_begins_is_said_right(serif: Path):
    (path,) = quietly(serif)

    font = TTFont(path)
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        assert font["hmtx"][name][1] == (glyph.xMin if glyph.numberOfContours else 0)


def test_what_the_layout_of_text_needs_is_kept(serif: Path):
    (path,) = quietly(serif)

    features = {
        tag: {record.FeatureTag for record in TTFont(path)[tag].table.FeatureList.FeatureRecord}
        for tag in ("GSUB", "GPOS")
    }
    assert "vert" in features["GSUB"] and {"halt", "palt", "kern"} <= features["GPOS"]


def test_the_family_is_its_own_and_copyright_and_licence_stay(serif: Path):
    made = converted([serif], lambda _: None)[serif]

    old, new = TTFont(serif)["name"], TTFont(made.path)["name"]
    assert [str(record) for record in new.names if record.nameID == 1] == [made.family]
    assert made.family.startswith("perfgen ")
    for number in (0, 6, 13, 14):
        assert str(new.getDebugName(number)) == str(old.getDebugName(number))


def test_the_same_font_gives_the_same_bytes_in_every_process(serif: Path, tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from perfgen.render.fonts.truetype import *;"
        "Path(sys.argv[2]).write_bytes(truetype_font(Path(sys.argv[1]), 'perfgen 1'))"
    )
    made = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", code, str(serif), str(target)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            check=True,
        )
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_a_truetype_font_is_only_renamed(tmp_path: Path):
    source = make_font(tmp_path / "a.ttf", "SimHei", style="Bold")
    (path,) = quietly(source)

    old, new = TTFont(source), TTFont(path)
    assert old.reader["glyf"] == new.reader["glyf"]
    assert new["OS/2"].usWeightClass == 400


def test_a_collection_serves_with_its_first_face(tmp_path: Path):
    collection = TTCollection()
    collection.fonts = [
        TTFont(make_font(tmp_path / f"{name}.ttf", name, chars))
        for name, chars in (("SimSun", "甲"), ("NSimSun", "乙"))
    ]
    collection.save(tmp_path / "simsun.ttc")

    (path,) = quietly(tmp_path / "simsun.ttc")

    assert TTFont(path).getBestCmap().keys() == {ord("甲")}


def test_a_newer_postscript_font_is_read_too(tmp_path: Path):
    square = T2CharString(
        program=[0, 0, "rmoveto", 800, "hlineto", 700, "vlineto", -800, "hlineto"]
    )
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord("甲"): "square"})
    builder.setupCFF2({".notdef": T2CharString(program=[]), "square": square})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "x", "styleName": "Regular", "psName": "x"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "x.otf")

    (path,) = quietly(tmp_path / "x.otf")

    font = TTFont(path)
    glyph = font["glyf"][font.getBestCmap()[ord("甲")]]
    assert (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) == (0, 0, 800, 700)


# --- where they are kept -------------------------------------------------------------------------


def test_it_is_made_once_for_each_content(serif: Path, tmp_path: Path):
    said: list[str] = []
    copy = Path(shutil.copy(serif, tmp_path / "另一个名字.otf"))

    first = converted([serif, copy], said.append)
    state = first[serif].path.stat()
    again = converted([copy], said.append)

    assert first[serif] == first[copy] == again[copy]
    assert first[serif].path.is_relative_to(tmp_path / "cache" / "perfgen")
    assert again[copy].path.stat() == state
    assert len(said) == 1 and said[0].startswith("转换 PDF 用的字体，共 1 个，只需一次：")


def test_it_is_named_by_the_content_of_the_font(tmp_path: Path):
    source = make_font(tmp_path / "a.ttf", "SimHei")

    made = converted([source], lambda _: None)[source]

    content = hashlib.sha256(source.read_bytes()).hexdigest()
    assert made.family == f"perfgen {content[:8]}"
    assert content[:16] in made.path.parent.name


def test_a_file_that_changes_is_made_anew(tmp_path: Path):
    source = make_font(tmp_path / "a.ttf", "SimHei", "甲")
    (before,) = quietly(source)
    source.unlink()
    make_font(source, "SimHei", "甲乙丙")

    (after,) = quietly(source)

    assert before != after
    assert len(TTFont(after).getBestCmap()) == 3


def test_the_licence_lies_beside(serif: Path, tmp_path: Path):
    package = tmp_path / "site" / "some_fonts"
    source = package / "font.otf"
    package.mkdir(parents=True)
    shutil.copy(serif, source)
    (package / "Fandol-COPYING.txt").write_text("GPL")
    licences = tmp_path / "site" / "some_fonts-1.0.dist-info" / "licenses"
    licences.mkdir(parents=True)
    (licences / "LICENSE").write_text("OFL")

    (path,) = quietly(source)

    texts = {file.name: file.read_text() for file in path.parent.iterdir() if file != path}
    assert (texts["Fandol-COPYING.txt"], texts["LICENSE"]) == ("GPL", "OFL")
    assert "Adobe" in texts["font.licence.txt"] and "OFL" in texts["font.licence.txt"]


def test_several_are_made_side_by_side_and_counted(tmp_path: Path):
    sources = [make_font(tmp_path / f"{name}.ttf", name) for name in ("SimHei", "KaiTi", "SimSun")]
    said: list[str] = []

    made = converted(sources, said.append)

    assert len({font.family for font in made.values()}) == 3
    assert all(font.path.is_file() for font in made.values())
    assert [line.partition("：")[0] for line in said[1:]] == [f"已转换 {n}/3" for n in (1, 2, 3)]


def test_a_program_without_a_main_guard_may_ask_for_several(tmp_path: Path):
    sources = [make_font(tmp_path / f"{name}.ttf", name) for name in ("SimHei", "KaiTi")]
    program = tmp_path / "program.py"
    program.write_text(
        "import sys; from pathlib import Path\n"
        "from perfgen.render.fonts.converted import converted\n"
        "print(len(converted([Path(name) for name in sys.argv[1:]], lambda _: None)))\n"
    )

    run = subprocess.run(
        [sys.executable, program, *sources],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, timeout=WAIT, check=False,
    )  # fmt: skip

    assert (run.stdout.strip(), run.stderr) == ("2", "")


def test_two_processes_may_make_the_same_font_at_once(tmp_path: Path, serif: Path):
    code = (
        "import sys; from pathlib import Path; from perfgen.render.fonts.converted import *;"
        "print(converted([Path(sys.argv[1])], lambda _: None)[Path(sys.argv[1])].path)"
    )
    command = [sys.executable, "-c", code, str(serif)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    paths = {process.communicate()[0].strip() for process in running}

    (path,) = paths
    assert {process.returncode for process in running} == {0}
    assert TTFont(path).getBestCmap()
    assert not [file for file in Path(path).parent.iterdir() if file.name.startswith(".perfgen-")]


def test_a_font_of_pictures_is_named_with_what_to_do(tmp_path: Path):
    source = make_font(tmp_path / "点阵.ttf", "SimSun")
    with TTFont(source) as font:
        del font["glyf"], font["loca"]
        font.save(tmp_path / "b.ttf")

    with pytest.raises(FontError, match=r"只有点阵，没有轮廓.*b\.ttf") as failure:
        quietly(tmp_path / "b.ttf")

    assert "换一份" in str(failure.value.hint)


def test_a_damaged_font_is_named_and_leaves_nothing(serif: Path, tmp_path: Path):
    source, good = tmp_path / "坏.otf", make_font(tmp_path / "好.ttf", "SimHei")
    source.write_bytes(serif.read_bytes()[:20_000])

    with pytest.raises(FontError, match=r"字体文件无法读取：.*坏\.otf"):
        quietly(good, source)

    assert not is_converted(source)


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    with pytest.raises(FontError, match="不能写入") as failure:
        quietly(make_font(tmp_path / "a.ttf", "SimHei"))

    assert "XDG_CACHE_HOME" in str(failure.value.hint)


# --- what Typst is told --------------------------------------------------------------------------


def test_what_typst_prints_with_them_passes_both_standards(serif: Path, tmp_path: Path):
    made = converted([serif], lambda _: None)[serif]
    source = (
        '#set document(title: "题", date: datetime(year: 2024, month: 1, day: 1))\n'
        f'#set text(lang: "zh", fallback: false, font: "{made.family}")\n= 绩效\n#par("{TEXT}")\n'
    )
    compiler = typst.Compiler(
        source.encode(), font_paths=[made.path.parent], ignore_system_fonts=True
    )

    data, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0
    )

    assert warnings == []
    for profile in ("3a", "ua1"):
        assert validation.validate_pdf_bytes(data, profile=profile).failures == []
    (tmp_path / "x.pdf").write_bytes(data)
    text = subprocess.run(
        ["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert TEXT.replace(" ", "") in "".join(text.split())


def test_only_the_fonts_that_the_characters_need_are_given(serif: Path, tmp_path: Path):
    folder = tmp_path / "fonts"
    folder.mkdir()
    shutil.copy(serif, folder)
    make_font(folder / "kai.ttf", "KaiTi_GB2312")
    make_font(folder / "hei.ttf", "SimHei")
    fonts = find_fonts()

    given = typst_fonts(fonts, {"kaiti": set(BASIC + "①"), "songti": set(BASIC)}, lambda _: None)

    kai, song = given.families["kaiti"]
    assert given.families["songti"] == given.families["heiti"] == (song,)
    assert {family.name for family in (kai, song)} == {
        info.family
        for info in typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=given.folders
        ).fonts()
    }
    assert not is_converted(fonts.role("heiti").file.path)


def test_fandol_fangsong_lends_its_latin_from_song(bare_machine: Path, serif: Path, tmp_path: Path):
    (tmp_path / "fonts").mkdir()
    shutil.copy(serif, tmp_path / "fonts")
    make_font(bare_machine / "FandolFang-Regular.otf", "FandolFang", BASIC + "0123456789")

    given = typst_fonts(find_fonts(), {"fangsong": set("绩效99.04%")}, lambda _: None)

    own, song = given.families["fangsong"]
    assert (own.without_latin, song.without_latin) == (True, False)


def test_two_weights_of_a_family_do_not_stand_in_for_each_other(tmp_path: Path):
    make_font(tmp_path / "fonts" / "b.ttf", "Noto Serif SC", style="Bold")
    make_font(tmp_path / "fonts" / "r.ttf", "Noto Serif SC")

    given = typst_fonts(
        find_fonts(), {"xiaobiaosong": set(BASIC), "songti": set(BASIC)}, lambda _: None
    )

    (title,), (text,) = given.families["xiaobiaosong"], given.families["songti"]
    assert title.name != text.name


# --- perfgen fonts -------------------------------------------------------------------------------


def test_the_command_says_how_many_are_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    for role, name in (("a", "SimSun"), ("b", "SimHei"), ("c", "KaiTi"), ("d", "FangSong")):
        make_font(tmp_path / "fonts" / f"{role}.ttf", name, BASIC + RARE)
    make_font(tmp_path / "fonts" / "e.ttf", "方正小标宋简体", BASIC)
    monkeypatch.setattr(find, "_BUNDLED_PACKAGE", "no_such_package")

    assert run(["fonts"]) == 0
    assert "PDF 用的字体已转换 0 个，共 5 个；其余的第一次用到时自动转换" in capsys.readouterr().out

    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["fonts", "--install"]) == 2  # nothing to fetch with, and yet:
    assert "已转换 5/5" in capsys.readouterr().err
    assert run(["fonts"]) == 0
    assert f"PDF 用的字体都已转换好（5 个），在 {cache_folder()}" in capsys.readouterr().out
