"""The stylesheets by name, and all that is wrong in them: collected, then said at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from perfgen.errors import LayoutError
from perfgen.render.looks.values import Token

_MOST_SHOWN = 20
_MOST_NOTED = 200
MOST_CHARACTERS = 200_000
"""Characters of all style sheets of a layout: those that come with perfgen have 7,000."""

MOST_SELECTORS = 2_000
"""Selectors of all of them: those that come with perfgen have a hundred."""

_LONG, _KEPT = 400, 150
_HINT = (
    "各种文件都支持的属性和取值列在 docs/添加版式.md 的“样式”一节；"
    '只有 WeasyPrint 印得出的样式，要在 layout.toml 里写 printer = "weasyprint"'
)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet: the name of its file, as messages show it, and its text."""

    name: str
    text: str


@dataclass(slots=True)
class Faults:
    """What the printers do not share, in the order of reading.

    Where the layout has a printer of its own for such things (`strict` is false), they are notices.
    """

    strict: bool
    found: dict[str, None] = field(default_factory=dict)
    selectors: int = 0

    def add(self, message: str) -> None:
        """Note one; the same sentence only once. Raises LayoutError where there is no end of it."""
        self.found[message] = None
        if len(self.found) > (_MOST_NOTED if self.strict else 10 * _MOST_NOTED):
            raise LayoutError(_together(tuple(self.found)), hint=_HINT)

    def count(self, selectors: int) -> None:
        """Raise LayoutError for more selectors than can be held against a long page."""
        self.selectors += selectors
        if self.selectors > MOST_SELECTORS:
            raise LayoutError(
                f"样式表一共有 {MOST_SELECTORS} 个以上的选择器，太多了",
                hint="删去重复的和不用的样式",
            )

    def notices(self) -> tuple[str, ...]:
        """Return the notices. Raises LayoutError, with all that was found, where it is strict."""
        found = tuple(self.found)
        if not found:
            return ()
        if not self.strict:
            return tuple(f"只有 WeasyPrint 照办，Word 等其他文件里没有：{one}" for one in found)
        raise LayoutError(_together(found), hint=_HINT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a rule stands, for messages. `own`: perfgen's own sheet, which is not doubted."""

    name: str
    faults: Faults
    own: bool = False

    def place(self, token: Token) -> str:
        """Return where something stands."""
        return f"{self.name} 第 {token.source_line} 行"

    def fault(self, token: Token, message: str) -> None:
        """Note what the printers do not share."""
        self.faults.add(f"{self.place(token)}：{_few_words(message)}")

    def error(self, token: Token, message: str) -> LayoutError:
        """Return the error for what no printer understands."""
        return LayoutError(f"{self.place(token)}：{_few_words(message)}")


def check_length(stylesheets: Sequence[Stylesheet | str]) -> None:
    """Raise LayoutError for style sheets that would take minutes to read."""
    length = sum(len(sheet if isinstance(sheet, str) else sheet.text) for sheet in stylesheets)
    if length > MOST_CHARACTERS:
        raise LayoutError(
            f"样式表一共有 {length // 10_000} 万个字符，超过 {MOST_CHARACTERS // 10_000} 万的上限",
            hint="删去重复的和不用的样式",
        )


def named(stylesheets: Sequence[Stylesheet | str]) -> Iterable[Stylesheet]:
    """Yield the stylesheets by name; those without are known by their number."""
    for number, sheet in enumerate(stylesheets, start=1):
        yield Stylesheet(f"第 {number} 个样式表", sheet) if isinstance(sheet, str) else sheet


def _few_words(message: str) -> str:
    """A message without the middle of what it quotes, where that is very long."""
    return message if len(message) <= _LONG else f"{message[:_KEPT]} …… {message[-_KEPT:]}"


def _together(found: Sequence[str]) -> str:
    if len(found) == 1:
        return found[0]
    shown = "\n".join(f"  {one}" for one in found[:_MOST_SHOWN])
    rest = f"\n  ……还有 {len(found) - _MOST_SHOWN} 处" if len(found) > _MOST_SHOWN else ""
    return f"样式有 {len(found)} 处不能用：\n{shown}{rest}"
