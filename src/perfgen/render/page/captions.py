"""Labels that count themselves (编号): 表2-1, 第3项, and references that follow them.

`{{ "支出完成情况" | caption("表2-") }}` prints the next number of its kind, `{{ "支出完成情况" |
reference }}` the same label wherever it stands, before its caption too.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from perfgen.errors import PageError
from perfgen.model.numerals import chinese

_OPEN, _CLOSE = "\U000efffe", "\U000effff"
"""Noncharacters of Unicode: no text may hold them."""

_WAITING = re.compile(f"{_OPEN}([0-9]{{1,6}}){_CLOSE}")


class Captions:
    """The labels of one page."""

    def __init__(self) -> None:
        """Begin to count."""
        self._counts: dict[tuple[str, str], int] = {}
        self._labels: dict[str, str] = {}
        self._names: list[str] = []

    def caption(self, name: str, before: str = "", after: str = "", *, words: bool = False) -> str:
        """Return the next label of its kind: `before`, a number (三 with `words`), `after`."""
        name = str(name)
        if name in self._labels:
            raise PageError(f"模板里有两处编号都叫“{name}”", hint="caption 前面的名称不能重复")
        kind = str(before), str(after)
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        label = f"{before}{chinese(number) if words else number}{after}"
        self._labels[name] = label
        return label

    def reference(self, name: str) -> Markup:
        """Return what stands for a label until all are known."""
        self._names.append(str(name))
        return Markup(f"{_OPEN}{len(self._names) - 1}{_CLOSE}")

    def settled(self, page: str) -> str:
        """Return the page with every reference replaced. Raises PageError for an unknown one."""
        for name in self._names:
            if name not in self._labels:
                known = "、".join(f"“{one}”" for one in self._labels) or "一处都没有"
                raise PageError(
                    f"模板引用了编号“{name}”，没有这一处", hint=f"用 caption 编了号的有：{known}"
                )
        return _WAITING.sub(lambda found: self._label(int(found.group(1))), page)

    def _label(self, place: int) -> str:
        return str(escape(self._labels[self._names[place]]))
