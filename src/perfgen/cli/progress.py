"""How far a long piece of work has come: a bar on a terminal, a line now and then elsewhere.

Nothing of a stranger's is shown here, only numbers.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from perfgen.cli.console import note

T = TypeVar("T")

NOW_AND_THEN = 30.0
"""Seconds between two lines where there is no terminal."""


def shown_progress(things: Iterable[T], total: int, label: str) -> Iterator[T]:
    """Pass on things as they come, and show on stderr how many of `total` there were."""
    if sys.stderr.isatty():
        yield from _bar(things, total, label)
    else:
        yield from _lines(things, total, label)


def _bar(things: Iterable[T], total: int, label: str) -> Iterator[T]:
    started = time.monotonic()

    def rate(count: int | None) -> str:
        return _rate(count or 0, time.monotonic() - started)

    bar = click.progressbar(
        length=total, label=label, file=sys.stderr, show_pos=True, item_show_func=rate, width=30
    )
    with bar:
        for count, thing in enumerate(things, 1):
            bar.update(1, count)
            yield thing


def _lines(things: Iterable[T], total: int, label: str) -> Iterator[T]:
    started = last = time.monotonic()
    for count, thing in enumerate(things, 1):
        now = time.monotonic()
        if now - last >= NOW_AND_THEN and count < total:
            left = (now - started) / count * (total - count)
            note(f"{label} {count}/{total}，{_rate(count, now - started)}，还要约 {duration(left)}")
            last = now
        yield thing


def _rate(count: int, seconds: float) -> str:
    rate = count / seconds if seconds > 0 else 0.0
    return f"每秒 {rate:.1f} 个" if rate >= 1 else f"每分钟 {rate * 60:.1f} 个"


def duration(seconds: float) -> str:
    """Return a time as it is said: 45 秒, 3 分 20 秒, 2 小时 5 分."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
