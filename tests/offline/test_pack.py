"""The zip for machines without network: what is in it, and how it is written."""

import hashlib
import json
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import guide
import pack
import pytest
import wheels
from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def packed(tmp_path, monkeypatch):
    """The package, with a wheel and fonts made up, unpacked."""
    monkeypatch.setattr(guide, "built_lines", lambda: ("✓ 已生成",))
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in pack.FONTS:
        (fonts / name).write_bytes(b"font")
    wheel = tmp_path / "perfgen-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    target = tmp_path / "离线.zip"
    platforms = [wheels.PLATFORMS[name] for name in pack.DEFAULT]
    pack.write_zip(target, pack.contents(platforms, [wheel], fonts))
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked" / pack.TOP, target


def test_wheels_fonts_with_licences_samples_and_scripts_are_in_it(packed):
    folder, _ = packed
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found >= {
        "安装.bat", "install.sh", "安装说明.html", "使用手册.md", "LICENSE",
        "setup/install.py", "setup/start.py", "setup/contents.json", "setup/no-python.txt",
        "wheels/perfgen-0.1.0-py3-none-any.whl", "fonts/FandolFang-Regular.otf",
        "fonts/Fandol-COPYING.txt", "samples/suzhou-commerce-2023.xlsx",
    }  # fmt: skip


def test_it_declares_the_platforms_and_pythons_that_it_is_for(packed):
    declared = json.loads((packed[0] / "setup/contents.json").read_text(encoding="utf-8"))
    assert list(declared["platforms"]) == ["windows-x86_64", "linux-x86_64"]
    assert declared["pythons"] == ["3.11", "3.12", "3.13"]


def test_the_batch_file_is_read_right_in_any_code_page(packed):
    content = (packed[0] / "安装.bat").read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") > 0


def test_the_shell_script_may_be_run_and_has_its_own_line_ends(packed):
    folder, target = packed
    assert b"\r" not in (folder / "install.sh").read_bytes()
    subprocess.run(["sh", "-n", folder / "install.sh"], check=True)
    with zipfile.ZipFile(target) as archive:
        mode = archive.getinfo(f"{pack.TOP}/install.sh").external_attr >> 16
    assert mode & 0o111


def test_the_same_content_makes_the_same_zip(packed, tmp_path):
    files = {"a.sh": b"x", "安装说明.html": b"y"}
    for name in ("one.zip", "two.zip"):
        pack.write_zip(tmp_path / name, files)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


class Page(HTMLParser):
    """What a page loads from elsewhere, and which elements it leaves open."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.pictures = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.pictures += tag in ("svg", "img")
        self.loaded += [value for name, value in attrs if name in ("src", "href")]


def test_the_guide_has_all_its_pictures_in_itself(packed):
    text = (packed[0] / "安装说明.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.pictures == 7
    assert all(address.startswith("data:") for address in page.loaded)
    assert "$" not in re.sub(r"<svg.*?</svg>|data:[^\"]*", "", text, flags=re.DOTALL)


def test_the_guide_names_the_platforms_that_the_package_is_for(packed):
    text = (packed[0] / "安装说明.html").read_text(encoding="utf-8")
    assert "<li>Windows 10/11 64 位</li><li>Linux x86_64（glibc 2.28 以上）</li>" in text


def test_nothing_in_the_pictures_runs_out_of_its_window(monkeypatch):
    monkeypatch.setattr(guide, "built_lines", lambda: ("✓ 已生成",))
    for name, picture in guide.pictures().items():
        if not picture.startswith("<svg"):
            continue
        for text in etree.fromstring(picture).iter(f"{SVG}text"):
            last = max((float(x) for x in text.get("x").split()), default=14)  # an empty line
            assert 0 < last < 712, (name, text.text)


def test_the_pictures_show_the_words_that_the_installer_says():
    said = (guide.HERE / "packed/setup/install.py").read_text(encoding="utf-8")
    pause = "请按任意键继续. . ."  # Windows' own
    for line in guide.INSTALLED:
        for words in re.findall(r"[\u4e00-\u9fff]{4,}", line.replace(pause, "")):
            assert words in said, words


def test_the_picture_of_the_folder_shows_what_is_in_it(packed):
    for name, _ in guide.UNPACKED:
        assert (packed[0] / name).exists(), name


def test_a_list_of_requirements_is_cut_with_their_hashes():
    listed = (
        "a==1 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\nb-c==2.0 \\\n    --hash=sha256:3\n"
    )
    assert [one.split()[0] for one in wheels.each_requirement(listed)] == ["a==1", "b-c==2.0"]
    assert "".join(wheels.each_requirement(listed)) == listed


def test_a_wheel_whose_hash_is_not_locked_is_named(tmp_path):
    for name in ("a.whl", "b.whl"):
        (tmp_path / name).write_bytes(name.encode())
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"a==1 \\\n    --hash=sha256:{hashlib.sha256(b'a.whl').hexdigest()}\n")
    assert wheels.unlocked(tmp_path, lock) == ("b.whl",)


def test_wheels_for_linux_are_no_newer_than_glibc_2_28():
    tags = " ".join(wheels.PLATFORMS["linux-x86_64"].tags)
    versions = [int(found) for found in re.findall(r"manylinux_2_(\d+)_", tags)]
    assert max(versions) == 28


def test_it_is_packed_from_the_project_that_stands_here():
    assert (wheels.ROOT / "requirements.lock").samefile(
        Path(__file__).parents[2] / "requirements.lock"
    )
