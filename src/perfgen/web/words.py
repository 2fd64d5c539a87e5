"""Advice in the page's own words (页面上的话): who works in a browser runs no command.

The same advice stands in a terminal, and names commands and options there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAID: Sequence[tuple[str, str]] = (
    ("按上面的提示改好、保存，再运行一次", "按下面的提示改好、保存，再拖进来"),
    ("按上面的提示补填、保存，再运行一次", "按下面的提示补填、保存，再拖进来"),
    ("，没有生成任何文件", ""),
    (
        "用 perfgen init 生成填报工作簿；若是自己另建的，用 --layout 写明版式",
        "在“新建”里取填报工作簿，把内容填进去，再拖进来",
    ),
    ("其他年度请用 --year", "其他年度请在“新建”里写上年度"),
    ("不加 --annotate 可以照常检查", "检查结果不受影响"),
    ("先要 Word 文件的，加 --format docx", "检查结果不受影响"),
    ("用 perfgen build 生成、在 Word", "在“取文件”里取、在 Word"),
    ("用 perfgen build 重新生成文件", "在“取文件”里重新生成"),
    ("重新运行 perfgen build", "在“取文件”里重新生成"),
    ("先运行 perfgen build", "先在“取文件”里生成"),
    ("等它完成再运行", "等它完成再试"),
    ("改好后再运行", "改好后再试"),
    ("再运行一次", "再试一次"),
)
"""What is said in a terminal, and what is said on the page instead."""

_COMMAND = re.compile(r"(?<![-\w])--[a-z]|(?<![-\w./])perfgen [a-z]|(?<!\w)(?:pip|sudo|brew) ")
_TECHNICIAN = "请技术人员处理"


def page_words(text: str) -> str:
    """Return a message's words for the page; a part that names a command is for a technician."""
    for said, instead in _SAID:
        text = text.replace(said, instead)
    if not _COMMAND.search(text):
        return text
    parts = text.split("；")
    kept = [part for part in parts if not _COMMAND.search(part)]
    technical = [part for part in parts if _COMMAND.search(part)]
    return "；".join([*kept, f"{_TECHNICIAN}（{'；'.join(technical)}）"])
