"""What comes of a pull: changes of cells, and edits that are left, with the reason (写回)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from perfgen.model.cells import CellRef

COMPUTED_FIGURE = "这个数是算出来的；要改，请改工作簿里算它的数"
FIXED_WORDS = "这是版式里固定的文字，工作簿里没有"
TYPED_FIGURE = "数请在工作簿里改"
FIGURE_IN_TEXT = "句子里的数由表里来，改到了它；请在工作簿里改表里的数，或改写这一句"
WORDS_AROUND = "改到了这一段里版式固定的文字；请在工作簿里改"
QUOTED_NAME = "别的格按这个名称找它，请在工作簿里一起改"
DIFFERENT = "工作簿里的这一格现在是别的内容"
OTHERWISE = "这一格印出来与填的不一样（如符号、单位另填一列），请在工作簿里改"
ADDED = "新加的一段按前后文放进这一格"
REORDERED = "段落换了先后"
LABEL_EMPTY = "合并的标签空了；没有清空工作簿里的"
NO_PLACE = "不知道应当写到哪一格"
MOVED = "挪到了别处；请在工作簿里挪"
ONLY_BREAKS = "只是分段不同，文字没有改；怎样分段由版式定"
ONLY_SPACES = "只是空格、换行不同；写进工作簿是一样的"
TEXT_LEFT = "同一标题下有文字不知道写到哪一格，所以没有从这一格里删"
TEXT_IN_TABLE = "这些字现在在一张新加的表里，工作簿里没有这张表，所以没有从这一格里删"
OTHER_COLUMNS = "表里删了、加了或换了列；这张表的改动都没有写回，请在工作簿里改"
OTHER_CELLS = "这一行的单元格合并、拆分或删过，分不清字是哪一格的；这一行的改动没有写回"
ROW_WHOLE = "这一行另有填的内容不能写回，所以整行都没有写；请在工作簿里填"
UNREADABLE = "写进去以后工作簿读不出来"
NEEDS_YES = "需要您确认；加 --yes 就写回"


class Ask(Enum):
    """What is only done when the officer agrees."""

    CLEAR = "这一格会清空"
    JOIN = "两格合成了一段，会都写到前一格，后一格清空"
    PARTLY = "这段文字在报告里印了几处，只改了其中一部分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell's new text. A label may stand in several cells; `asks` names what must be agreed to.

    Changes of one `group` are only made together.
    """

    refs: tuple[CellRef, ...]
    old: str
    new: str
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()
    group: int = 0

    @property
    def ref(self) -> CellRef:
        """Return the first of the cells."""
        return self.refs[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An edit that was not written: where it is, what it is, and why it was left.

    `now` is what the workbook says, where that is neither the old text nor the new one.
    """

    where: str
    old: str
    new: str
    why: str
    ref: CellRef | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """All changes, all that is left, and the cells that say so already."""

    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    already: tuple[CellRef, ...] = ()
