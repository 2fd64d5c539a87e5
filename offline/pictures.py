"""Pictures for 安装说明, drawn as SVG: a console, a folder's window, an installer, a drag."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape

WIDTH = 720
_SANS = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"
_MONO = "Consolas,NSimSun,'Noto Sans Mono CJK SC',monospace"
_LINE = 22
_COLUMN = 8
_GREEN, _BLUE, _GREY, _RED = "#2e7d32", "#1a56a0", "#666666", "#c62828"


def console(title: str, lines: Sequence[str]) -> str:
    """Return a console window with these lines."""
    height = 44 + _LINE * len(lines) + 12
    texts = "".join(_console_line(line, 62 + _LINE * number) for number, line in enumerate(lines))
    return _picture(
        height,
        _box(0, 0, WIDTH, height, "#1e1e1e")
        + _box(0, 0, WIDTH, 34, "#3a3a3a")
        + _text(14, 23, title, fill="#ffffff")
        + _text(WIDTH - 82, 23, "—   □   ×", fill="#cccccc")
        + texts,
        title,
    )


def folder(title: str, names: Sequence[tuple[str, str]], chosen: str) -> str:
    """Return a folder's window: each name with what it is; the chosen one stands out."""
    height = 52 + 30 * len(names)
    rows = "".join(
        _row(name, about, 46 + 30 * number, chosen=name == chosen)
        for number, (name, about) in enumerate(names)
    )
    return _picture(
        height,
        _box(0, 0, WIDTH, height, "#ffffff", line="#9aa0a6")
        + _box(0, 0, WIDTH, 36, "#eef1f5", line="#9aa0a6")
        + _text(14, 24, title, fill="#333333")
        + rows,
        title,
    )


def installer() -> str:
    """Return the first page of the Python installer, with what to tick and to press."""
    mark = _tick(205, 226)
    return _picture(
        262,
        _box(0, 0, WIDTH, 262, "#ffffff", line="#9aa0a6")
        + _box(0, 0, WIDTH, 34, "#eef1f5", line="#9aa0a6")
        + _text(14, 23, "Python 3.12.10 (64-bit) Setup", fill="#333333")
        + _box(0, 34, 180, 228, "#3b6ea5")
        + _text(42, 150, "python", fill="#ffffff", size=26)
        + _text(205, 66, "Install Python 3.12.10 (64-bit)", fill="#333333", size=18)
        + _box(205, 84, 480, 58, "#eaf3ff", line=_RED, thick=2)
        + _text(222, 108, "➜ Install Now", fill=_BLUE, size=16)
        + _text(246, 130, "C:\\Users\\…\\Programs\\Python\\Python312", fill=_GREY, size=12)
        + _text(222, 172, "→ Customize installation", fill=_GREY)
        + _text(230, 204, "□ Use admin privileges when installing py.exe", fill=_GREY)
        + _box(199, 213, 260, 26, "none", line=_RED, thick=2)
        + mark
        + _text(230, 231, "Add python.exe to PATH", fill="#333333")
        + _text(474, 231, "① 先勾选这里", fill=_RED)
        + _text(574, 118, "② 再点这里", fill=_RED),
        "Python 安装程序：勾选 Add python.exe to PATH，点 Install Now",
    )


def drag(workbook: str, target: str) -> str:
    """Return a workbook that is dragged onto a program."""
    return _picture(
        150,
        _box(0, 0, WIDTH, 150, "#f7f9fb", line="#9aa0a6")
        + _icon(120, 26, "X", _GREEN)
        + _text(147, 116, workbook, fill="#333333", middle=True)
        + '<path d="M220 60 C 300 10, 400 10, 484 52" fill="none" stroke="#c62828"'
        ' stroke-width="3" stroke-dasharray="9 6"/>'
        '<path d="M476 36 L492 58 L466 60 Z" fill="#c62828"/>'
        + _text(352, 62, "按住鼠标左键，拖到图标上松开", fill=_RED, middle=True)
        + _icon(520, 26, "⚙", "#5f6b7a")
        + _text(547, 116, target, fill="#333333", middle=True),
        f"把 {workbook} 拖到 {target} 上",
    )


def _picture(height: int, content: str, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {WIDTH + 2} {height + 2}"'
        f' width="{WIDTH}" height="{height}" role="img" aria-label="{escape(title)}">'
        f"{content}</svg>"
    )


def _box(
    x: int, y: int, width: int, height: int, fill: str, *, line: str = "none", thick: int = 1
) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="{fill}"'
        f' stroke="{line}" stroke-width="{thick}"/>'
    )


def _text(x: int, y: int, text: str, *, fill: str, size: int = 14, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return (
        f'<text x="{x}" y="{y}" fill="{fill}" font-size="{size}"{anchor}'
        f' font-family="{_SANS}">{escape(text)}</text>'
    )


def _console_line(line: str, y: int) -> str:
    """A line whose signs stand in columns, each at its place, whatever fonts the reader has."""
    colours = {"✓": "#7ddc8a", "✗": "#ff8a80", "提": "#80d8ff", "错": "#ff8a80"}
    fill = colours.get(line[:1], "#e6e6e6")
    x, places = 14, []
    for sign in line:
        places.append(str(x))
        x += _COLUMN * (2 if unicodedata.east_asian_width(sign) in "WF" else 1)
    return (
        f'<text x="{" ".join(places)}" y="{y}" fill="{fill}" font-size="15" xml:space="preserve"'
        f' font-family="{_MONO}">{escape(line)}</text>'
    )


def _row(name: str, about: str, y: int, *, chosen: bool) -> str:
    back = _box(6, y, WIDTH - 12, 28, "#dcebff", line=_RED, thick=2) if chosen else ""
    is_folder = "." not in name
    shape = (
        f'<path d="M16 {y + 7} h8 l3 3 h11 v12 h-22 z" fill="#f2c14e"/>'
        if is_folder
        else f'<path d="M18 {y + 4} h12 l6 6 v14 h-18 z" fill="#ffffff" stroke="{_GREY}"/>'
    )
    return (
        back + shape + _text(50, y + 20, name, fill="#222222")
        + _text(260, y + 20, about, fill=_RED if chosen else _GREY)
    )  # fmt: skip


def _icon(x: int, y: int, sign: str, colour: str) -> str:
    return _box(x, y, 54, 66, colour) + _text(
        x + 27, y + 46, sign, fill="#fff", size=30, middle=True
    )


def _tick(x: int, y: int) -> str:
    return (
        f'<rect x="{x + 1}" y="{y - 7}" width="14" height="14" fill="{_BLUE}"/>'
        f'<path d="M{x + 4} {y} l3 4 l6 -8" fill="none" stroke="#fff" stroke-width="2"/>'
    )
