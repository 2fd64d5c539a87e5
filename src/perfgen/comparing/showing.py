"""Changes → lines for the officer: what was entered, what follows, findings new and gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfgen.comparing.changes import Change, Changes, RowChange, as_number, kind_of
from perfgen.model.numbers import plain

LONG = 40
"""Texts longer than this are shown only around the place where they differ."""

AROUND = 12
_SIGNS = {"new": "+", "gone": "-", "renamed": "~", "changed": " "}


@dataclass(frozen=True, slots=True)
class Line:
    """One line to show: its depth, its kind and its text.

    The kinds: sheet, new, gone, renamed, changed, typed, follows, note.
    """

    depth: int
    kind: str
    text: str


def lines_of(changes: Changes) -> Iterator[Line]:
    """Yield the lines that tell what changed, sheet by sheet."""
    sheets = dict.fromkeys(row.entry.sheet for row in changes.rows)
    for sheet in sheets:
        yield Line(0, "sheet", sheet)
        rows = [row for row in changes.rows if row.entry.sheet == sheet]
        for row in sorted(rows, key=_follows_only):
            yield from _row_lines(row)


def count_words(changes: Changes) -> str:
    """Return the counts in words: 改动 3 行，新增 1 行；empty where nothing differs."""
    words = {"changed": "改动", "new": "新增", "gone": "删去", "renamed": "改名"}
    parts = [f"{word} {n} 行" for kind, word in words.items() if (n := changes.count(kind))]
    parts += [f"新出现问题 {len(changes.found)} 处"] if changes.found else []
    parts += [f"消除问题 {len(changes.cured)} 处"] if changes.cured else []
    return "，".join(parts)


def _follows_only(row: RowChange) -> bool:
    """Whether nothing was entered in the row: such rows are told after the others."""
    return kind_of(row) == "changed" and not any(change.typed for change in row.changes)


def _row_lines(row: RowChange) -> Iterator[Line]:
    kind = kind_of(row)
    entry = row.entry
    place = f"（{entry.place}）" if entry.place and row.new else ""
    if row.renamed and row.old:
        text = f"改名：{short(row.old.name)} → {short(entry.name)}{place}"
    else:
        words = {"new": "新增：", "gone": "删去："}.get(kind, "")
        text = f"{words}{short(entry.name)}{place}"
    yield Line(1, kind, f"{_SIGNS[kind]} {text}")
    if kind in ("new", "gone"):
        values = {**entry.entered, **entry.computed}
        said = [f"{h} {amount_text(v)}" if h in entry.numbers else f"{h} {short(v)}"
                for h, v in values.items() if v != entry.name]  # fmt: skip
        if said:
            yield Line(2, "note", "，".join(said))
        return
    for change in sorted(row.changes, key=lambda change: not change.typed):
        yield Line(2, "typed" if change.typed else "follows", describe(change))


def describe(change: Change) -> str:
    """Return one change: 追加追减数 67.33 → 567.33（+500）, texts only around what differs."""
    arrow = "" if change.typed else "→ "
    if change.amount:
        old, new = (amount_text(value) for value in (change.old, change.new))
        difference = change.difference
        more = f"（{signed(difference)}）" if difference else ""
        return f"{arrow}{change.header} {old or '空'} → {new or '空'}{more}"
    old, new = around(change.old, change.new)
    return f"{arrow}{change.header} {old or '空'} → {new or '空'}"


def around(old: str, new: str) -> tuple[str, str]:
    """Return both texts, long ones cut to where they differ: …因政策调整，支出……."""
    if max(len(old), len(new)) <= LONG:
        return _one_line(old), _one_line(new)
    front = 0
    while front < min(len(old), len(new)) and old[front] == new[front]:
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    return _window(old, front, back), _window(new, front, back)


def _window(text: str, front: int, back: int) -> str:
    start, end = max(0, front - AROUND), min(len(text), len(text) - back + AROUND)
    middle = text[start:end]
    if len(middle) > 2 * LONG:
        middle = f"{middle[:LONG]}……{middle[-LONG:]}"
    return _one_line(("…" if start else "") + middle + ("…" if end < len(text) else ""))


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def short(text: str) -> str:
    """Return a name or a text on one line, cut where it is long."""
    line = _one_line(text)
    return line if len(line) <= LONG else f"{line[: LONG - 1]}…"


def amount_text(value: str) -> str:
    """Return an amount with thousands separators: 12,930.32; other texts as they are."""
    number = as_number(value)
    return value if number is None else f"{number:,f}"


def signed(number: Decimal) -> str:
    """Return a difference with its sign: +500, -1,020.5."""
    text = f"{Decimal(plain(number)):,f}"
    return f"+{text}" if number > 0 else text
