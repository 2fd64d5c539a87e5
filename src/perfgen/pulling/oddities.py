"""What an officer is told of words that no cell can hold as they are (文字以外的内容)."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.pulling.matches import Paragraphs


def odd_in(match: Paragraphs) -> tuple[str, ...]:
    """Return what in the edited paragraphs no text can say."""
    return tuple(dict.fromkeys(odd for paragraph in match.new for odd in paragraph.odd))


def cannot_say(odd: Sequence[str]) -> str:
    """Return why such a paragraph is left."""
    return f"里面有{'、'.join(odd)}，格里的文字写不出来；请在工作簿里改"


def said_otherwise(match: Paragraphs) -> str:
    """Return the note of what becomes plain text in the cell; empty where there is nothing."""
    loose = dict.fromkeys(one for paragraph in match.new for one in paragraph.loose)
    return "；".join(_LOOSE[one] for one in loose)


_LOOSE = {
    "制表符": "制表符写成了空格",
    "拼音": "拼音没有写",
    "域": "域按现在显示的文字写",
    "自动编号": "自动编号写成了文字",
    "项目符号": "项目符号没有写",
}
