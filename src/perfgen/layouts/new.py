"""A new layout folder, copied from one that is there, for a technician to change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from uuid import uuid4

from perfgen.errors import LayoutError, OutputError
from perfgen.files import again_where_refused, reason
from perfgen.layouts.find import DECLARATION, SHARED, available_layouts, templates_folder
from perfgen.layouts.load import load_layout
from perfgen.model.layout import Layout
from perfgen.windows_names import fault_of_name

_ID = re.compile(r"[^\W_][\w-]*")
_ID_LINE = re.compile(r'^id\s*=\s*"[^"]*"', re.MULTILINE)


def blank_layout() -> Path:
    """Return the folder of a layout with nothing in it but the unit, its year and its money."""
    return templates_folder() / "_shared" / "blank"


def new_layout(layout_id: str, source: Path, home: Path) -> Layout:
    """Copy the layout folder `source` to `home`/`layout_id`, give it that id, and return it.

    The folder appears whole or not at all. Raises LayoutError where the id cannot be a folder's
    name, and OutputError where there is such a folder already or it cannot be written.
    """
    if not _ID.fullmatch(layout_id) or fault_of_name(layout_id):
        raise LayoutError(
            f"“{layout_id}”不能作版式标识",
            hint="用字母、数字、汉字和连字符，例如 wuxi-self-evaluation",
        )
    if layout_id in available_layouts():
        raise LayoutError(
            f"{layout_id} 是 perfgen 自带的版式，自己的要另起标识",
            hint=f"例如 my-{layout_id}",
        )
    target = home / layout_id
    if target.exists():
        raise OutputError(f"{target} 已经存在，没有覆盖", hint="换一个标识，或先移走那个文件夹")
    try:
        home.mkdir(parents=True, exist_ok=True)
        # No temporary folder of Python's: on Windows only its maker might read what comes of it.
        draft = home / f".新版式-{uuid4().hex[:8]}"
        try:
            copy = draft / layout_id
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
            _rename(copy / DECLARATION, layout_id)
            load_layout(copy)
            again_where_refused(lambda: copy.rename(target))
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"不能写到 {target}（{reason(error, target)}）", hint="换一个位置，或检查权限"
        ) from error
    return load_layout(target)


def _rename(declaration: Path, layout_id: str) -> None:
    text = declaration.read_text(encoding="utf-8-sig")
    changed, found = _ID_LINE.subn(f'id = "{layout_id}"', text, count=1)
    if not found:
        raise LayoutError(
            f"{declaration.parent.name}/{DECLARATION} 里找不到 id 这一行",
            hint='在 [layout] 里另起一行写 id = "……"',
        )
    declaration.write_text(changed, encoding="utf-8", newline="\n")


def shared_styles(layout: Layout) -> tuple[str, ...]:
    """Return the names of the shared style sheets that a layout follows, such as gongwen.css."""
    shared = SHARED.strip("./")
    return tuple(style.name for style in layout.styles if style.parent.name == shared)
