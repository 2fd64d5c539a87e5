"""`perfgen fonts`: which file prints each role of type; fetches the free ones, makes all ready."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import command_name, note, result, show_json
from perfgen.cli.options import PATH, output_modes
from perfgen.errors import FontError
from perfgen.render.fonts import FontSet, RoleFont, find_fonts, replacements
from perfgen.render.fonts.converted import converted, is_converted
from perfgen.render.fonts.files import code_points_in
from perfgen.render.fonts.install import install_free_fonts
from perfgen.render.fonts.places import cache_folder

HEADINGS = ("用途", "官方字体", "PDF 所用字体", "来源", "GB2312", "GBK", "许可", "文件")


@click.command(cls=ChineseCommand, help="显示各类字体在 PDF 中用的是哪个文件。")
@click.option("--fonts", "folders", type=PATH, multiple=True, metavar="文件夹",
              help="字体文件夹，可以写多次")  # fmt: skip
@click.option("--install", is_flag=True, help="先下载免费的仿宋、楷体、黑体和宋体字体，并转换好")
@click.option("--from", "source", type=PATH, metavar="文件夹",
              help="与 --install 同用：不下载，从这个文件夹复制，如离线安装包的 fonts")  # fmt: skip
@output_modes
def fonts(
    folders: tuple[Path, ...], install: bool, source: Path | None, as_json: bool, debug: bool
) -> None:
    """Show the font of each role, how much of the national character sets it has, its file."""
    for folder in (*folders, *([source] if source else [])):
        if not folder.is_dir():
            raise FontError(f"没有这个字体文件夹：{folder}", hint="检查命令里写的路径")
    if source and not install:
        raise click.UsageError("--from 要与 --install 一起用")
    found = _installed(folders, source) if install else find_fonts(folders)
    if as_json:
        show_json(_data(found))
        return
    for line in _table([HEADINGS, *(_row(font) for font in found.roles)]):
        result(line)
    result()
    for sentence in replacements(found):
        result(sentence)
    result(_readiness(found))
    for warning in _warnings(found):
        note(warning)


def _installed(folders: Sequence[Path], source: Path | None) -> FontSet:
    """Fetch the free fonts, then convert all that may print; those at hand where none come."""
    try:
        install_free_fonts(None, note, source=source)
    finally:
        found = find_fonts(folders)
        converted(found.all_files(), note)
    return found


def _readiness(found: FontSet) -> str:
    """Say how many fonts are converted (转换好) for the PDF."""
    files = found.all_files()
    ready = sum(map(is_converted, files))
    if ready == len(files):
        return f"PDF 用的字体都已转换好（{ready} 个），在 {cache_folder()}"
    return (
        f"PDF 用的字体已转换 {ready} 个，共 {len(files)} 个；其余的第一次用到时自动转换，"
        f"也可以先运行 {command_name()} fonts --install"
    )


def _warnings(found: FontSet) -> Sequence[str]:
    return (
        *(f"不是字体文件，或已损坏：{path}" for path in found.unreadable),
        *(f"不属于以上任何一类字体，没有用到：{path}" for path in found.unused),
    )


def _row(font: RoleFont) -> tuple[str, ...]:
    (gb2312, gb2312_all), (gbk, gbk_all) = _coverage(font)
    return (
        font.role.name,
        font.role.official,
        font.file.family,
        font.origin,
        f"{gb2312}/{gb2312_all}",
        f"{gbk}/{gbk_all}",
        font.file.licence,
        str(font.file.path),
    )


def _data(found: FontSet) -> dict[str, Any]:
    return {
        "roles": [_role_data(font) for font in found.roles],
        "fallbacks": [str(file.path) for file in found.fallbacks],
        "unreadable": [str(path) for path in found.unreadable],
        "unused": [str(path) for path in found.unused],
    }


def _role_data(font: RoleFont) -> dict[str, Any]:
    (gb2312, _), (gbk, _) = _coverage(font)
    return {
        "key": font.role.key,
        "name": font.role.name,
        "official": font.role.official,
        "family": font.file.family,
        "origin": font.origin,
        "replaced": font.replaced,
        "file": str(font.file.path),
        "converted": is_converted(font.file.path),
        "licence": font.file.licence,
        "gb2312": gb2312,
        "gbk": gbk,
    }


def _coverage(font: RoleFont) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return how many Chinese characters of GB 2312, and of GBK, the font has, each out of all."""
    points = code_points_in(font.file.path)
    gb2312, gbk = _gb2312_hanzi(), frozenset(range(0x4E00, 0x9FA6))
    return (len(gb2312 & points), len(gb2312)), (len(gbk & points), len(gbk))


def _gb2312_hanzi() -> frozenset[int]:
    """Return the 6763 Chinese characters of GB 2312: rows 16 to 87 of the standard."""
    cells = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 88) for cell in range(1, 95))
    return frozenset(ord(char) for cell in cells if (char := cell.decode("gb2312", "ignore")))


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines whose columns stand below each other."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Return the columns a text takes on a terminal: two for each full-width character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
