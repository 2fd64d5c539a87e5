"""Help inside the cells: lists to choose from, messages on entering, warnings on odd values.

Warnings can be overruled: what has been pasted from elsewhere is the reader's to judge.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from perfgen.model.layout import Column

_TITLE_LIMIT = 32
_MESSAGE_LIMIT = 255

_HOW = {
    "amount": "只填数字，例如 1234.5",
    "number": "只填数字，例如 4.5",
    "percent": "例如 99.04%",
    "date": "例如 2023-06-30",
    "year": "四位数字，例如 2023",
    "operator": "从清单里选",
    "choice": "从清单里选",
    "long": "可以换行（Alt+Enter）",
}
"""What to type, by the column's kind, where the layout does not say."""

_NUMBERS = {
    "amount": "金额只填数字",
    "number": "只填数字",
    "percent": "这里填百分数，例如 99.04%",
}
"""The kinds whose cells take numbers, and what is said of anything else."""


def how_to_fill(column: Column) -> str:
    """Return what to write into a column, in one sentence: 怎样填."""
    if column.computed:
        text = column.help or "自动计算，不用填"
    else:
        text = column.help or _HOW.get(column.kind, "")
    choices = "可选：" + "、".join(column.choices) if column.kind == "choice" else ""
    return sentences(text, choices, _length(column), _example(column))


def _length(column: Column) -> str:
    return f"不超过 {column.max_length} 字" if column.max_length else ""


def _example(column: Column) -> str:
    return f"例如：{column.example}" if column.example else ""


def sentences(*parts: str) -> str:
    """Return the parts that say something, each but the last ended by a full stop."""
    return "。".join(part.rstrip("。") for part in parts if part)


def how_needed(column: Column) -> str:
    """Return whether a column must be filled: 必填, 应填, 选填 or 自动计算."""
    if column.computed:
        return "自动计算"
    return "必填" if column.required else "应填" if column.expected else "选填"


def validation(column: Column, list_name: str | None) -> dict[str, Any] | None:
    """Return the rule and the message of a column's cells for XlsxWriter; None without any."""
    rule = None if column.computed else _rule(column, list_name)
    how = "" if column.computed else _HOW.get(column.kind, "")
    message = sentences(column.help or how, _length(column), _example(column))
    if rule is None and not message:
        return None
    rule = rule or {"validate": "any"}
    if message:
        rule |= {
            "input_title": _cut(column.header, _TITLE_LIMIT),
            "input_message": _cut(message, _MESSAGE_LIMIT),
        }
    return rule


def _rule(column: Column, list_name: str | None) -> dict[str, Any] | None:
    if list_name:
        return _list_rule(column, list_name)
    if column.kind in _NUMBERS:
        what = _NUMBERS[column.kind]
        return {
            "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
            **_warning("这不是数字", f"{what}；没有就留空。单位和“万元”等字样不用写。"),
        }  # fmt: skip
    if column.kind == "date":
        return {
            "validate": "date", "criteria": "between",
            "minimum": date(1990, 1, 1), "maximum": date(2099, 12, 31),
            **_warning("这不是日期", "请写作 2023-06-30 的样子。"),
        }  # fmt: skip
    if column.kind == "year":
        return {
            "validate": "integer", "criteria": "between", "minimum": 2000, "maximum": 2099,
            **_warning("这不是年度", "请填四位数字，例如 2023。"),
        }  # fmt: skip
    return None


def _list_rule(column: Column, list_name: str) -> dict[str, Any]:
    strict = column.kind == "choice"
    words = "、".join(column.choices) if column.choices else "清单里的内容"
    return {
        "validate": "list",
        "source": f"={list_name}",
        "error_type": "stop" if strict else "warning",
        "error_title": "不在清单里",
        "error_message": _cut(f"“{column.header}”可以填：{words}。", _MESSAGE_LIMIT),
    }


def _warning(title: str, message: str) -> dict[str, Any]:
    return {"error_type": "warning", "error_title": title, "error_message": message}


def _cut(text: str, limit: int) -> str:
    line = text.strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"
