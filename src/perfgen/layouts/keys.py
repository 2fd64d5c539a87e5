"""Reading the keys of a TOML table so that every mistake names its file, its key and the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from perfgen.errors import LayoutError, PerfgenError

_TYPE_NAMES = {str: "文字", bool: "true 或 false", int: "整数", list: "列表", dict: "表"}


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST = 10_000
"""Characters of one text: a cell of the fill-in workbook and the facts of a PDF hold it."""

_SHOWN = 60
_TOO_LARGE = 10**15
_LARGEST, _FINEST = 15, 12
"""Places before and behind the point that a setting may have."""


class Keys:
    """One TOML table. Each key is taken once; `done` refuses the keys that nobody took."""

    def __init__(
        self,
        table: object,
        file: Path,
        path: str = "",
        *,
        what: str = "版式声明",
        wrong: type[PerfgenError] = LayoutError,
    ) -> None:
        """Wrap `table`, which stands at `path` (such as `sheets[2].columns[0]`) of `file`.

        `what` names the file in messages, `wrong` is the error for it.
        """
        self.file = file
        self.path = path
        self._what = what
        self._wrong = wrong
        if not isinstance(table, dict):
            raise self.error("", "应当是一个表")
        self._left: dict[str, Any] = dict(table)
        self._known: list[str] = []

    def error(self, key: str, message: str) -> PerfgenError:
        """Return the error for one key: `layout.toml：rules.parents 应当是……`."""
        where = ".".join(part for part in (self.path, key) if part) or "文件"
        error = self._wrong(
            f"{self._what} {self.file.parent.name}/{self.file.name}：{where} {message}",
            hint="改好后再运行",
        )
        if isinstance(error, LayoutError):
            error.file, error.key = self.file.name, where
        return error

    def _take(self, key: str, kind: type, default: Any) -> Any:
        self._known.append(key)
        value = self._left.pop(key, default)
        if value is ...:
            near = difflib.get_close_matches(key, self._left, n=1)
            guess = f"，是不是写成了 {near[0]}？" if near else ""
            raise self.error(key, f"没有写{guess}")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"应当是{_TYPE_NAMES[kind]}，现在是 {_said(value)}")
        return value

    def text(self, key: str, default: Any = ...) -> str:
        """Return a string."""
        value: str = self._take(key, str, default)
        return self._printable(key, value)

    def _printable(self, key: str, value: str) -> str:
        """No name of a file and no document may hold a control character, nor a book."""
        if len(value) > LONGEST:
            raise self.error(key, f"有 {len(value)} 个字，超过 {LONGEST} 个字的上限")
        found = _CONTROL.search(value)
        if found:
            raise self.error(key, f"里有控制字符 U+{ord(found.group()):04X}，删掉它")
        return value

    def choice(self, key: str, allowed: Sequence[str], default: Any = ...) -> str:
        """Return a string that is one of `allowed`, or the default."""
        value = self.text(key, default)
        if value != default and value not in allowed:
            raise self.error(key, f"只能是 {'、'.join(allowed)} 之一，现在是“{value}”")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a boolean."""
        value: bool = self._take(key, bool, default)
        return value

    def whole(self, key: str, default: Any = ...) -> int:
        """Return an integer."""
        value: int = self._take(key, int, default)
        if abs(value) >= _TOO_LARGE:
            raise self.error(key, "这个数太大")
        return value

    def within(self, key: str, least: int, most: int, default: int) -> int:
        """Return an integer from `least` to `most`."""
        value = self.whole(key, default)
        if not least <= value <= most:
            raise self.error(key, f"只能是 {least} 到 {most}，现在是 {_said(value)}")
        return value

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """Return a list of strings."""
        values: list[object] = self._take(key, list, list(default) if default != ... else default)
        for value in values:
            if not isinstance(value, str):
                raise self.error(key, f"应当是文字的列表，其中有 {_said(value)}")
        return tuple(self._printable(key, str(value)) for value in values)

    def text_map(self, key: str) -> Mapping[str, str]:
        """Return a table of strings; empty where the key is missing."""
        table: dict[str, object] = self._take(key, dict, {})
        for name, value in table.items():
            if not isinstance(value, str):
                raise self.error(f"{key}.{name}", f"应当是文字，现在是 {_said(value)}")
        return {name: self._printable(key, str(value)) for name, value in table.items()}

    def number(self, key: str, default: Any = ...) -> Decimal | None:
        """Return a number as it is written; None where that is the default."""
        value = self._take(key, object, default)
        return None if value is None else self._number(key, value)

    def ratio(self, key: str, default: Any = ...) -> Decimal | None:
        """Return a ratio, written `1.5` or `"150%"`; None where that is the default."""
        value = self._take(key, object, default)
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,12})?%", value):
            return Decimal(value[:-1]) / 100
        return None if value is None else self._number(key, value)

    def _number(self, key: str, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.error(key, f"应当是数字，现在是 {_said(value)}")
        number = Decimal(value)
        if not number.is_finite() or (number and not -_FINEST <= number.adjusted() <= _LARGEST):
            raise self.error(key, "这个数太大、太小，或者不是数")
        return number

    def number_map(self, key: str) -> Mapping[str, Decimal]:
        """Return a table of numbers; empty where the key is missing."""
        table: dict[str, object] = self._take(key, dict, {})
        return {name: self._number(f"{key}.{name}", value) for name, value in table.items()}

    def sign_map(self, key: str) -> Mapping[str, Decimal]:
        """Return a table of signs, each 1 or -1; empty where the key is missing."""
        table: dict[str, object] = self._take(key, dict, {})
        for name, value in table.items():
            if value not in (1, -1) or isinstance(value, bool):
                raise self.error(f"{key}.{name}", f"只能是 1 或 -1，现在是 {_said(value)}")
        return {name: Decimal(str(value)) for name, value in table.items()}

    def table(self, key: str, default: Any = ...) -> Keys:
        """Return a table within this one."""
        path = f"{self.path}.{key}" if self.path else key
        return self._inner(self._take(key, dict, default), path)

    def _inner(self, table: object, path: str) -> Keys:
        return Keys(table, self.file, path, what=self._what, wrong=self._wrong)

    def tables(self, key: str) -> list[Keys]:
        """Return a list of tables; empty where the key is missing."""
        values: list[object] = self._take(key, list, [])
        path = f"{self.path}.{key}" if self.path else key
        return [self._inner(value, f"{path}[{i}]") for i, value in enumerate(values, 1)]

    def bounds(self, key: str) -> Mapping[str, Mapping[str, Decimal]]:
        """Return the bounds of rules: code → name → number, `1.5` or `"150%"`; may be missing."""
        rules = self.table(key, {})
        found: dict[str, Mapping[str, Decimal]] = {}
        for code in rules.names():
            table = rules.table(code)
            values = {name: table.ratio(name) for name in table.names()}
            found[code] = {name: value for name, value in values.items() if value is not None}
        return found

    def tables_or_texts(self, key: str) -> Mapping[str, str | Keys]:
        """Return a table whose values are strings or tables; empty where the key is missing."""
        path = f"{self.path}.{key}" if self.path else key
        found: dict[str, str | Keys] = {}
        for name, value in self._take(key, dict, {}).items():
            if not isinstance(value, str | dict):
                raise self.error(f"{key}.{name}", f"应当是文字或表，现在是 {_said(value)}")
            found[name] = value if isinstance(value, str) else self._inner(value, f"{path}.{name}")
        return found

    def names(self) -> list[str]:
        """Return the keys that nobody has taken yet: those of a table that may have any."""
        return list(self._left)

    def done(self) -> None:
        """Refuse keys that nothing understands, with the nearest known one."""
        for key in self._left:
            near = difflib.get_close_matches(key, self._known, n=1)
            allowed = f"是不是 {near[0]}？" if near else f"可以写的有 {'、'.join(self._known)}"
            raise self.error(key, f"不认识这一项，{allowed}")


def _said(value: object) -> str:
    """A value as messages show it: as it stands in the file, not all of it where it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return _TYPE_NAMES[type(value)]
    if isinstance(value, int) and abs(value) >= _TOO_LARGE:
        return "很大的数"  # one of thousands of digits is none that can be shown
    shown = str(value)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return f"“{shown}”" if isinstance(value, str) else shown
