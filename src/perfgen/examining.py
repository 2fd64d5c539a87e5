"""What this machine has of what perfgen needs (体检): each point with what to do where it lacks."""

from __future__ import annotations

import importlib
import locale
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from perfgen import __version__
from perfgen.errors import PerfgenError
from perfgen.files import reason
from perfgen.render.fonts import data_folder, find_fonts
from perfgen.render.fonts.converted import is_converted
from perfgen.render.fonts.places import cache_folder
from perfgen.settings import OUTPUTS, find_settings

PACKAGES = ("typst", "xlsxwriter", "lxml", "jinja2", "fonttools", "click")
OLDEST_PYTHON = (3, 11)


class State(Enum):
    """Whether a point is in order: good, worth knowing, or in the way of a build."""

    GOOD = "good"
    NOTICE = "notice"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what it is about, what was found, and what to do about it."""

    name: str
    found: str
    state: State = State.GOOD
    advice: str = ""


def examine(folder: Path, fonts: Sequence[Path] = ()) -> tuple[Point, ...]:
    """Return all points, in the order in which they are shown.

    `folder` is where workbooks and documents lie, `fonts` are further folders of fonts. A point
    that cannot be looked at is a point itself: nothing is raised.
    """
    parts: tuple[tuple[str, Callable[[], Iterator[Point]]], ...] = (
        ("环境", _system),
        ("软件包", _packages),
        ("打印", _printers),
        ("字体", lambda: _fonts(fonts)),
        ("语言", _language),
        ("文件夹", lambda: _folders(folder)),
        ("设置", lambda: _settings(folder)),
    )
    return tuple(point for name, look in parts for point in _looked(name, look))


def _looked(name: str, look: Callable[[], Iterator[Point]]) -> Iterator[Point]:
    try:
        yield from look()
    except PerfgenError as error:
        yield Point(name, error.message, State.BAD, error.hint or "")
    except Exception as error:  # an examination must end, whatever is ill
        words = f"看不出来（{type(error).__name__}: {error}）"
        yield Point(name, words, State.NOTICE, "把这一行交给技术人员")


def _system() -> Iterator[Point]:
    yield Point("系统", f"{platform.platform(terse=True)}，{platform.machine() or '未知处理器'}")
    python = f"Python {platform.python_version()}（{sys.executable}）"
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        yield Point("Python", python, State.BAD, f"安装 Python {wanted} 或更新的版本")
    else:
        yield Point("Python", python)
    yield Point("perfgen", f"{__version__}（{Path(__file__).resolve().parent}）")


def _packages() -> Iterator[Point]:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        words = f"缺少 {'、'.join(missing)}"
        yield Point("软件包", words, State.BAD, "重新安装 perfgen：pip install .")
    yield Point("软件包", "，".join(found))


def _printers() -> Iterator[Point]:
    try:
        typst = importlib.import_module("typst")
        typst.compile(b"", format="pdf")
    except Exception as error:  # whatever a broken wheel raises
        yield Point(
            "Typst", f"不能打印 PDF（{type(error).__name__}: {error}）", State.BAD,
            "重新安装：pip install --force-reinstall typst；没有合适的包时，只能生成 Word 文件",
        )  # fmt: skip
    else:
        yield Point("Typst", "可以打印 PDF")
    yield Point("WeasyPrint", *_weasyprint())


def _weasyprint() -> tuple[str, State, str]:
    try:
        importlib.import_module("weasyprint")
    except OSError:
        return (
            "没有它要的系统库 Pango；只有选用它打印时才需要", State.NOTICE,
            "Debian、Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )  # fmt: skip
    except ImportError:
        return "没有安装；只有选用它打印时才需要", State.NOTICE, "pip install weasyprint"
    return "可以选用（--printer weasyprint）", State.GOOD, ""


def _fonts(folders: Sequence[Path]) -> Iterator[Point]:
    for folder in folders:
        if not folder.is_dir():
            yield Point("字体", f"没有这个文件夹：{folder}", State.BAD, "检查 --fonts 后面的路径")
    found = find_fonts(folders)
    for font in found.roles:
        state = State.NOTICE if font.replaced else State.GOOD
        stands_in = f"代替{font.role.official}：" if font.replaced else ""
        yield Point(font.role.name, f"{stands_in}{font.file.family}（{font.origin}）", state)
    if missing := [font.role.official for font in found.roles if font.replaced]:
        yield Point(
            "公文字体", f"本机没有 {'、'.join(missing)}，PDF 里用上面的代替", State.NOTICE,
            "有这些字体的，把字体文件放进工作簿旁的 fonts 文件夹；Word 文件不受影响",
        )  # fmt: skip
    files = found.all_files()
    ready = sum(map(is_converted, files))
    if ready < len(files):
        yield Point(
            "转换好的字体", f"{ready} 个，共 {len(files)} 个", State.NOTICE,
            "第一次用到时自动转换；也可以先运行 perfgen fonts --install",
        )  # fmt: skip
    else:
        yield Point("转换好的字体", f"{ready} 个，都已就绪")


def _language() -> Iterator[Point]:
    output = (getattr(sys.stdout, "encoding", None) or "未知").lower()
    words = f"{locale.getlocale()[0] or '没有设置'}，输出编码 {output}，文件名编码 "
    words += sys.getfilesystemencoding()
    try:
        "✓公开".encode(output)
    except (UnicodeEncodeError, LookupError):
        lacks = output not in ("gbk", "cp936", "gb2312", "gb18030")
        if lacks:
            advice = "设置环境变量 PYTHONUTF8=1，或把终端的编码改为 UTF-8"
            yield Point("语言和编码", words, State.NOTICE, advice)
            return
    yield Point("语言和编码", words)


def _folders(folder: Path) -> Iterator[Point]:
    for name, place in (
        ("报告文件夹", folder / OUTPUTS),
        ("字体文件夹", data_folder()),
        ("字体缓存", cache_folder()),
        ("临时文件夹", Path(tempfile.gettempdir())),
    ):
        problem = _not_writable(place)
        if problem:
            yield Point(name, f"{place} 不能写入（{problem}）", State.BAD, "检查权限和磁盘空间")
        else:
            yield Point(name, f"{place} 可以写入")


def _not_writable(place: Path) -> str:
    """Return why nothing can be written to a folder, or to where it would be made."""
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"perfgen")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return reason(error)
    return ""


def _settings(folder: Path) -> Iterator[Point]:
    settings = find_settings(folder)
    where = folder / "perfgen.toml"
    words = str(where) if where.is_file() else "没有 perfgen.toml，都按默认"
    layouts = "、".join(str(home) for home in settings.layouts)
    yield Point("设置", f"{words}{f'；自己的版式在 {layouts}' if layouts else ''}")
