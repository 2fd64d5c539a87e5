"""JSON that claims to be a report's data → the data, looked at piece by piece.

It may come from anywhere: how large, how deep and how long it may be is bounded, and every value
has the form that docs/schema/report-1.json gives it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NoReturn

from perfgen.errors import DocumentError
from perfgen.model.numbers import YUAN

SCHEMA = "report-1"
LARGEST = 20 * 1024 * 1024
MOST_TABLES, MOST_COLUMNS, MOST_ROWS = 100, 200, 50_000
LONGEST_TEXT, LONGEST_NAME = 200_000, 200
DEEPEST = 8

_FAMILY = re.compile(r"report-(\d{1,6})")
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,20})?")
_FIELD = re.compile(r"\w{1,60}(\.\w{1,60}){0,3}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ORIGINS = ("given", "computed")


def read_json(content: bytes, name: str = "数据") -> dict[str, Any]:
    """Return the data that JSON holds. Raises DocumentError, in Chinese, where it is no such data.

    `name` is the file's, for the message.
    """
    return _Reader(name).read(content)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name

    def read(self, content: bytes) -> dict[str, Any]:
        if len(content) > LARGEST:
            self._refuse(f"超过 {LARGEST // 1024 // 1024} MB 的上限")
        if _depth(content) > DEEPEST:
            self._refuse("嵌套太深")
        try:
            data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_number,
                              parse_float=_refuse_number)  # fmt: skip
        except (ValueError, RecursionError) as error:
            raise DocumentError(
                f"{self._name} 里的数据不是 JSON，或已损坏", hint="用 perfgen build 重新生成文件"
            ) from error
        table = self._object(data, "最外层")
        self._check_schema(table.get("schema"))
        self._keys(table, "最外层", {"schema", "layout", "unit", "year", "date", "amount_unit",
                                  "facts", "tables"}, {"as_of"})  # fmt: skip
        self._layout(table["layout"])
        self._text(table["unit"], "unit")
        self._whole(table["year"], "year", 1900, 2200)
        self._day(table["date"], "date")
        if "as_of" in table:
            self._day(table["as_of"], "as_of")
        if table["amount_unit"] not in YUAN:
            self._refuse(f"amount_unit 只能是 {'、'.join(YUAN)}")
        for place, fact in enumerate(self._list(table["facts"], "facts", 1000)):
            self._fact(fact, f"facts[{place}]")
        for place, one in enumerate(self._list(table["tables"], "tables", MOST_TABLES)):
            self._table(one, f"tables[{place}]")
        for key in ("record", "sheet"):
            named = [one[key] for one in table["tables"]]
            if len(set(named)) != len(named):
                self._refuse(f"tables 里有两张表的 {key} 相同")
        return dict(table)

    def _check_schema(self, schema: object) -> None:
        if schema == SCHEMA:
            return
        if isinstance(schema, str) and _FAMILY.fullmatch(schema):
            raise DocumentError(
                f"{self._name} 里的数据是 {schema}，这个 perfgen 只认识 {SCHEMA}",
                hint="升级 perfgen 后再用",
            )
        self._refuse(f"schema 应当是 {SCHEMA}")

    def _layout(self, value: object) -> None:
        layout = self._object(value, "layout")
        self._keys(layout, "layout", {"id", "schema", "title", "document"})
        for key in ("id", "title", "document"):
            self._text(layout[key], f"layout.{key}", LONGEST_NAME)
        self._whole(layout["schema"], "layout.schema", 0, 10**6)

    def _fact(self, value: object, where: str) -> None:
        fact = self._object(value, where)
        self._keys(fact, where, {"header", "text"}, {"field"})
        self._text(fact["header"], f"{where}.header", LONGEST_NAME)
        self._text(fact["text"], f"{where}.text")
        if "field" in fact:
            self._field(fact["field"], f"{where}.field")

    def _table(self, value: object, where: str) -> None:
        table = self._object(value, where)
        self._keys(table, where, {"sheet", "record", "title", "columns", "rows"})
        for key in ("sheet", "title"):
            self._text(table[key], f"{where}.{key}", LONGEST_NAME)
        self._field(table["record"], f"{where}.record")
        fields: set[str] = set()
        for place, one in enumerate(self._list(table["columns"], f"{where}.columns", MOST_COLUMNS)):
            here = f"{where}.columns[{place}]"
            column = self._object(one, here)
            self._keys(column, here, {"field", "header", "kind"})
            self._field(column["field"], f"{here}.field")
            self._text(column["header"], f"{here}.header", LONGEST_NAME)
            self._text(column["kind"], f"{here}.kind", LONGEST_NAME)
            fields.add(column["field"])
        for place, row in enumerate(self._list(table["rows"], f"{where}.rows", MOST_ROWS)):
            self._row(row, fields, f"{where}.rows[{place}]")

    def _row(self, value: object, fields: set[str], where: str) -> None:
        row = self._object(value, where)
        for field, content in row.items():
            here = f"{where}.{field}"
            if field == "extra":
                extra = self._object(content, here)
                if len(extra) > MOST_COLUMNS:
                    self._refuse(f"{here} 太多")
                for header, text in extra.items():
                    self._text(header, here, LONGEST_NAME)
                    self._text(text, here)
            elif field not in fields:
                self._refuse(f"{where} 里有 columns 没有列出的“{field[:30]}”")
            elif isinstance(content, Mapping):
                self._figure(content, here)
            else:
                self._text(content, here)

    def _figure(self, figure: Mapping[str, Any], where: str) -> None:
        self._keys(figure, where, {"value", "origin"}, {"text"})
        value = figure["value"]
        if value is not None and not (isinstance(value, str) and _NUMBER.fullmatch(value)):
            self._refuse(f"{where}.value 不是写成文本的数")
        if figure["origin"] not in _ORIGINS:
            self._refuse(f"{where}.origin 只能是 {'、'.join(_ORIGINS)}")
        if "text" in figure:
            self._text(figure["text"], f"{where}.text", LONGEST_NAME)

    # --- small things ----------------------------------------------------------------------------

    def _object(self, value: object, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._refuse(f"{where} 应当是对象")
        return value

    def _list(self, value: object, where: str, most: int) -> list[Any]:
        if not isinstance(value, list):
            self._refuse(f"{where} 应当是数组")
        if len(value) > most:
            self._refuse(f"{where} 超过 {most} 项")
        return value

    def _keys(
        self,
        table: Mapping[str, Any],
        where: str,
        needed: Collection[str],
        more: Collection[str] = (),
    ) -> None:
        for key in sorted(set(needed) - set(table)):
            self._refuse(f"{where} 缺少 {key}")
        for key in sorted(set(table) - {*needed, *more}):
            self._refuse(f"{where} 里有不认识的“{key[:30]}”")

    def _text(self, value: object, where: str, longest: int = LONGEST_TEXT) -> None:
        if not isinstance(value, str):
            self._refuse(f"{where} 应当是文字")
        if len(value) > longest:
            self._refuse(f"{where} 超过 {longest} 字")
        if _UNPRINTABLE.search(value):
            self._refuse(f"{where} 里有不能印的字符")

    def _field(self, value: object, where: str) -> None:
        if not isinstance(value, str) or not _FIELD.fullmatch(value):
            self._refuse(f"{where} 不是列的标识")

    def _whole(self, value: object, where: str, least: int, most: int) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self._refuse(f"{where} 应当是 {least} 到 {most} 的整数")

    def _day(self, value: object, where: str) -> None:
        try:
            if not isinstance(value, str) or len(value) != 10:
                raise ValueError
            date.fromisoformat(value)
        except ValueError:
            self._refuse(f"{where} 应当是日期，如 2024-03-15")

    def _refuse(self, what: str) -> NoReturn:
        raise DocumentError(
            f"{self._name} 里的数据不合格式（{SCHEMA}）：{what}",
            hint="用 perfgen build 重新生成文件；自己写的数据，对照 docs/schema/report-1.json",
        )


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"a number with decimals: {text[:20]}")


def _depth(content: bytes) -> int:
    """How deep objects and arrays nest, strings aside; counted before anything is built."""
    depth = deepest = 0
    for token in re.finditer(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', content, re.DOTALL):
        first = token.group()[:1]
        if first in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in b"]}":
            depth -= 1
    return deepest
