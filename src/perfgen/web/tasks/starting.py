"""The fill-in workbook (新建), as `init` writes it."""

from __future__ import annotations

from pathlib import Path

from perfgen.garbage import undisturbed
from perfgen.layouts import find_layout, load_layout
from perfgen.web.tasks.telling import saying
from perfgen.web.words import page_words
from perfgen.workbook.writing import workbook_bytes
from perfgen.workbook.writing.naming import about_ready, file_name, ready_year


@undisturbed()
def start(
    layout_id: str, layouts: tuple[Path, ...], unit: str, year: int | None, progress: Path
) -> tuple[str, bytes, str]:
    """Return the workbook's name and content, and what the officer should know of it."""
    saying(progress)("生成填报工作簿")
    layout = load_layout(find_layout(layout_id, layouts))
    ready = ready_year(layout, year)
    note = about_ready(year, ready) if ready is not None and ready != year else ""
    content = workbook_bytes(layout, year=year, unit=unit or None)
    return file_name(layout, unit, year), content, page_words(note)
