"""Data that anybody may have written → frozen dataclasses, or ValueError (不可信的数据).

A dataclass says what is right: its fields' types, and bounds as `Annotated[str, Like("[0-9]+")]`.
What has no bounds of its own has the general ones. Keys that a class does not have are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

LONGEST = 200_000
"""The most characters of a text: a cell holds 32,767 and a placeholder may add some."""

MOST = 50_000
"""The most things in a list, or names in a table."""

LARGEST = 10**15
"""The largest whole number."""

_FORBIDDEN = re.compile(
    "[^\t\n\r -\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U000ffffd\U00100000-\U0010fffd]"
)
"""What XML cannot hold, and the noncharacters with which a page marks where a text came from."""

T = TypeVar("T")


class Bound(Protocol):
    """What a value must be besides being of its type."""

    def allows(self, value: Any) -> bool:
        """Return whether the value is within the bound."""


@dataclass(frozen=True, slots=True)
class Within:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def allows(self, value: int) -> bool:
        """Return whether the number is one of these."""
        return self.least <= value <= self.most


@dataclass(frozen=True, slots=True)
class Like:
    """A text that a pattern describes from its first character to its last."""

    pattern: str

    def allows(self, value: str) -> bool:
        """Return whether all of the text is so."""
        return re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a moment as ISO 8601 writes it; nothing at all where `optional`."""

    kind: type[date] | type[datetime]
    optional: bool = False

    def allows(self, value: str) -> bool:
        """Return whether the text is one; the parser raises ValueError otherwise."""
        return (self.optional and not value) or bool(self.kind.fromisoformat(value))


@dataclass(frozen=True, slots=True)
class Few:
    """A list or table of at most so many things."""

    most: int

    def allows(self, value: tuple[Any, ...] | Mapping[str, Any]) -> bool:
        """Return whether there are no more."""
        return len(value) <= self.most


def read_json(content: bytes) -> Any:
    """Return strict JSON in UTF-8: no fractions, no NaN, no name twice.

    Raises ValueError, also where it is nested too deeply.
    """
    try:
        return json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_table,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_whole_number,
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_as(wanted: type[T], data: Any) -> T:
    """Return data as a dataclass, everything in it checked. Raises ValueError where it is not."""
    value: T = _read(wanted, data)
    return value


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a name stands twice")
    return table


def _refuse(text: str) -> Any:
    raise ValueError(f"no number that is written here: {text[:20]}")


def _whole_number(text: str) -> int:
    return int(text) if len(text) <= 20 else _too_large()


def _too_large() -> int:
    raise ValueError("a number of too many digits")


def _read(wanted: Any, data: Any) -> Any:
    if get_origin(wanted) is Annotated:
        kind, *bounds = get_args(wanted)
        value = _read(kind, data)
        return _checked(value, all(bound.allows(value) for bound in bounds))
    if is_dataclass(wanted):
        return _read_class(wanted, data)
    if get_origin(wanted) in (UnionType, Union):
        return None if data is None else _read(_without_none(wanted), data)
    reader = _READERS.get(get_origin(wanted) or wanted)
    if reader is None:
        raise TypeError(f"{wanted} is no type that can be read")
    return reader(wanted, data)


def _read_class(wanted: Any, data: Any) -> Any:
    _checked(data, isinstance(data, dict))
    hints = _types_of(wanted)
    values = {}
    for field in fields(wanted):
        if field.name in data:
            values[field.name] = _read(hints[field.name], data[field.name])
        else:
            has_default = field.default is not MISSING or field.default_factory is not MISSING
            _checked(field.name, has_default)
    return wanted(**values)


@cache
def _types_of(wanted: Any) -> Mapping[str, Any]:
    """The types of a class's fields: working them out takes longer than reading a record."""
    return get_type_hints(wanted, include_extras=True)


def _without_none(wanted: Any) -> Any:
    (kind,) = (kind for kind in get_args(wanted) if kind is not NoneType)
    return kind


def _text(_: Any, data: Any) -> str:
    is_text = isinstance(data, str) and len(data) <= LONGEST and not _FORBIDDEN.search(data)
    return str(_checked(data, is_text))


def _number(_: Any, data: Any) -> int:
    return int(_checked(data, type(data) is int and abs(data) <= LARGEST))


def _truth(_: Any, data: Any) -> bool:
    return bool(_checked(data, isinstance(data, bool)))


def _list(wanted: Any, data: Any) -> tuple[Any, ...]:
    kind, _ = get_args(wanted)
    _checked(data, isinstance(data, list) and len(data) <= MOST)
    return tuple(_read(kind, item) for item in data)


def _names(wanted: Any, data: Any) -> dict[str, Any]:
    key, kind = get_args(wanted)
    _checked(data, isinstance(data, dict) and len(data) <= MOST)
    return {_read(key, name): _read(kind, value) for name, value in data.items()}


def _checked(value: Any, right: bool) -> Any:
    if not right:
        raise ValueError(f"not what was expected: {type(value).__name__}")
    return value


_READERS: Mapping[Any, Callable[[Any, Any], Any]] = {
    str: _text, int: _number, bool: _truth, tuple: _list, Mapping: _names,
}  # fmt: skip
