"""`perfgen.toml` beside the workbooks: an office's places for layouts, fonts and documents, its
printer and its bounds of rules.

Options of the command line come first, then this file, then the usual places.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import cast

from perfgen.errors import SettingsError
from perfgen.files import reason
from perfgen.foreign_words import toml_words
from perfgen.layouts.keys import Keys
from perfgen.model.layout import PRINTERS, Printer
from perfgen.workbook.limits import NAMES, USUAL, Limits

FILE = "perfgen.toml"
LAYOUTS, FONTS, OUTPUTS = "layouts", "fonts", "outputs"
"""The usual places, beside the workbook or where the command runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office has set. Folders are absolute; those of the file come before the usual ones.

    `output` is None where documents go to the usual place, `printer` where each layout has its own;
    `checks` are bounds of rules, `limits` the most that a workbook may hold.
    """

    layouts: tuple[Path, ...] = ()
    fonts: tuple[Path, ...] = ()
    output: Path | None = None
    printer: Printer | None = None
    checks: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    limits: Limits = USUAL


def find_settings(*homes: Path) -> Settings:
    """Return the settings of the first of `homes` that has a perfgen.toml, and the usual places.

    Raises SettingsError where the file cannot be read or says what nothing understands.
    """
    places = list(dict.fromkeys(home.absolute() for home in homes))
    file = next((home / FILE for home in places if (home / FILE).is_file()), None)
    said = _read(file) if file else Settings()
    return Settings(
        layouts=(*said.layouts, *(home / LAYOUTS for home in places if _holds_layouts(home))),
        fonts=(*said.fonts, *(home / FONTS for home in places)),
        output=said.output,
        printer=said.printer,
        checks=said.checks,
        limits=said.limits,
    )


def _holds_layouts(home: Path) -> bool:
    return any((home / LAYOUTS).glob("*/layout.toml"))


def _read(file: Path) -> Settings:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{file} 不是 UTF-8 编码的文本", hint="在记事本里另存为，编码选 UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file} 不是合格的 TOML：{toml_words(str(error))}",
            hint="按提示的行、列检查；路径里有 \\ 的，用单引号，如 output = 'D:\\报送'",
        ) from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise SettingsError(
            f"{file} 里嵌套太深，或者有读不了的数", hint="按 docs/使用手册.md 的例子改"
        ) from error
    except OSError as error:
        raise SettingsError(f"打不开 {file}（{reason(error)}）", hint="检查文件和权限") from error
    keys = Keys(table, file, what="设置文件", wrong=SettingsError)
    output = keys.text("output", "")
    settings = Settings(
        layouts=_folders(keys, "layouts"),
        fonts=_folders(keys, "fonts"),
        output=file.parent / output if output else None,
        printer=cast("Printer | None", keys.choice("printer", PRINTERS, "") or None),
        checks=keys.bounds("checks"),
        limits=_limits(keys.table("limits", {})),
    )
    keys.done()
    return settings


def _limits(keys: Keys) -> Limits:
    said = {name: keys.whole(name, getattr(USUAL, name)) for name in NAMES}
    for name, number in said.items():
        if not 1 <= number <= _MOST:
            raise keys.error(name, f"应当是 1 到 {_MOST} 的整数，现在是 {number}")
    keys.done()
    return Limits(**said)


_MOST = 1_000_000_000


def _folders(keys: Keys, key: str) -> tuple[Path, ...]:
    folders = tuple(keys.file.parent / name for name in keys.texts(key, ()))
    for folder in folders:
        if not folder.is_dir():
            raise keys.error(key, f"里的文件夹不存在：{folder}")
    return folders
