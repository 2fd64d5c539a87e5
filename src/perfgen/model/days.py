"""Days as sentences print them (日期)."""

from __future__ import annotations

from datetime import date


def spoken_day(day: date) -> str:
    """Return a day as a sentence has it: 2023年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
