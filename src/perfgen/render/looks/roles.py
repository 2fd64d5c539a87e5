"""The five roles of type in official documents, as GB/T 9704-2012 names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A role of type: its key in CSS, its Chinese name, and the font that Word is told to use."""

    key: str
    name: str
    official: str


ROLES = (
    Role("xiaobiaosong", "小标宋", "方正小标宋简体"),
    Role("heiti", "黑体", "黑体"),
    Role("kaiti", "楷体", "楷体_GB2312"),
    Role("fangsong", "仿宋", "仿宋_GB2312"),
    Role("songti", "宋体", "宋体"),
)
