"""`perfgen fonts`: what it shows, and how it fetches the free fonts."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from perfgen.cli import run
from perfgen.errors import FontError
from perfgen.render.fonts import ROLES, data_folder, find, install
from perfgen.render.fonts.install import FREE_FONTS, install_free_fonts

HEI = pylopdf_fonts_zh_cn.sans_path()


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no font but those that come with perfgen."""
    monkeypatch.setattr(find, "_system_folders", lambda: ())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


# --- fetching the free fonts ---------------------------------------------------------------------

needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="本机没有 dpkg-deb")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that `apt-get download` fetches: the tree of its files, to be changed by tests."""
    tree = tmp_path / "package"
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir(parents=True)
    control.write_text(
        "Package: texlive-lang-chinese\nVersion: 1\nArchitecture: all\n"
        "Maintainer: nobody <nobody@example.org>\nDescription: fonts\n"
    )
    fonts = tree / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    fonts.mkdir(parents=True)
    for name in FREE_FONTS:
        shutil.copy(HEI, fonts / name)
    doc = tree / "usr/share/doc/texlive-doc/fonts/fandol"
    doc.mkdir(parents=True)
    (doc / "COPYING.gz").write_bytes(gzip.compress(b"GPL"))
    apt = tmp_path / "bin" / "apt-get"
    apt.parent.mkdir()
    apt.write_text(
        f'#!/bin/sh\n[ "$2" = download ] || exit 0\n'
        f"dpkg-deb -Znone --build '{tree}' texlive-lang-chinese_1_all.deb >/dev/null\n"
    )
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{apt.parent}{os.pathsep}{os.environ['PATH']}")
    return fonts


@needs_dpkg
def test_the_free_fonts_and_their_licence_are_put_into_the_users_folder(package: Path):
    said: list[str] = []

    files = install_free_fonts(None, said.append)

    assert {file.name for file in data_folder().iterdir()} == {*FREE_FONTS, "Fandol-COPYING.txt"}
    assert (data_folder() / "Fandol-COPYING.txt").read_bytes() == b"GPL"
    assert files[0].read_bytes() == (package / FREE_FONTS[0]).read_bytes()
    assert said[0].startswith("下载免费的仿宋") and str(data_folder()) in said[-1]


@needs_dpkg
def test_fonts_that_are_there_are_not_fetched_again(package: Path):
    files = install_free_fonts(None, lambda _: None)
    shutil.rmtree(package)

    assert install_free_fonts(None, lambda _: None) == files


@needs_dpkg
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_download_leaves_nothing(package: Path, damage: str):
    font = package / FREE_FONTS[2]
    content = font.read_bytes()
    font.unlink()
    if damage == "cut":
        font.write_bytes(content[:1000])

    with pytest.raises(FontError):
        install_free_fonts(None, lambda _: None)

    assert not data_folder().exists()


@needs_dpkg
def test_a_slow_download_says_how_far_it_is(package: Path, tmp_path: Path, monkeypatch):
    fetch = (tmp_path / "bin" / "apt-get").read_text()
    slow = "truncate -s 12000000 texlive-lang-chinese_0_all.deb; sleep 1; rm texlive*.deb"
    (tmp_path / "bin" / "apt-get").write_text(fetch.replace("#!/bin/sh", f"#!/bin/sh\n{slow}"))
    monkeypatch.setattr(install, "_SECONDS_BETWEEN", 0.3)
    said: list[str] = []

    install_free_fonts(None, said.append)

    assert "已下载 12 MB" in said


def test_a_failed_download_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "bin").mkdir()
    for name in ("apt-get", "dpkg-deb"):
        (tmp_path / "bin" / name).write_text("#!/bin/sh\necho 'E: no network' >&2\nexit 100\n")
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

    with pytest.raises(FontError, match="免费字体下载失败：E: no network") as failure:
        install_free_fonts(None, lambda _: None)

    assert "perfgen fonts --install" in str(failure.value.hint)


@needs_dpkg
def test_where_the_machines_lists_cannot_be_used_apt_gets_lists_of_its_own(
    package: Path, tmp_path: Path
):
    apt = tmp_path / "bin" / "apt-get"
    build = apt.read_text().splitlines()[-1]
    apt.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case $word in\n'
        "  Dir::State=*) lists=${word#Dir::State=}/lists ;;\n"
        "  update | download) step=$word ;;\n"
        "esac; done\n"
        '[ -n "$lists" ] || { echo "E: lists cannot be read" >&2; exit 100; }\n'
        '[ $step = update ] && { : >"$lists/renewed"; exit; }\n'
        '[ -e "$lists/renewed" ] || exit 100\n'
        f"{build}\n"
    )

    said: list[str] = []
    files = install_free_fonts(None, said.append)

    assert files[0].read_bytes() == (package / FREE_FONTS[0]).read_bytes()
    assert "读取软件源的目录" in said


# --- copying them from a folder ------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with the free fonts and their licence, as in the zip for machines offline."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    for name in FREE_FONTS:
        shutil.copy(HEI, folder / name)
    (folder / "Fandol-COPYING.txt").write_bytes(b"GPL")
    return folder


def test_the_free_fonts_are_copied_from_a_folder_without_network(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt, nothing

    assert run(["fonts", "--install", "--from", str(stick)]) == 0

    assert {file.name for file in data_folder().iterdir()} == {*FREE_FONTS, "Fandol-COPYING.txt"}


def test_a_folder_that_lacks_a_font_leaves_nothing(stick: Path):
    (stick / FREE_FONTS[1]).unlink()

    with pytest.raises(FontError, match=FREE_FONTS[1]):
        install_free_fonts(None, lambda _: None, source=stick)

    assert not data_folder().exists()


def test_a_folder_of_fonts_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]):
    assert run(["fonts", "--install", "--from", "没有"]) == 2
    assert "没有这个字体文件夹：没有" in capsys.readouterr().err


def test_from_goes_with_install(stick: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["fonts", "--from", str(stick)]) == 2
    assert "--install" in capsys.readouterr().err


def test_a_machine_without_apt_is_told_where_to_put_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(FontError, match="apt-get") as failure:
        install_free_fonts(None, lambda _: None)

    assert str(data_folder()) in str(failure.value.hint)


# --- perfgen fonts -------------------------------------------------------------------------------


def test_the_table_stands_straight_and_counts_the_national_sets(capsys: pytest.CaptureFixture[str]):
    assert run(["fonts"]) == 0

    lines = capsys.readouterr().out.splitlines()
    heading, rows = lines[0], lines[1:6]
    assert [row.split()[0] for row in rows] == [role.name for role in ROLES]
    assert all("6763/6763" in row and "20902/20902" in row for row in rows)
    places = {_columns(row[: row.index("6763/")]) for row in rows}
    assert places == {_columns(heading[: heading.index("GB2312")])}


def test_json_says_what_prints_each_role(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    given = tmp_path / "我的字体" / "a.otf"
    given.parent.mkdir()
    shutil.copy(HEI, given)

    assert run(["fonts", "--json", "--fonts", str(given.parent)]) == 0

    data = json.loads(capsys.readouterr().out)
    heiti = next(role for role in data["roles"] if role["key"] == "heiti")
    assert (heiti["file"], heiti["origin"]) == (str(given), "fonts 文件夹")
    assert (heiti["replaced"], heiti["gb2312"], heiti["gbk"]) == (True, 6763, 20902)


def test_a_mistyped_fonts_folder_is_an_error(capsys: pytest.CaptureFixture[str]):
    assert run(["fonts", "--fonts", "没有"]) == 2
    assert "没有这个字体文件夹：没有" in capsys.readouterr().err


def _columns(text: str) -> int:
    return len(text.encode("gbk"))
