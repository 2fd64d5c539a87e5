"""What is asked of a workbook (要求): options first, then the perfgen.toml of its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from perfgen.build import Request
from perfgen.model.layout import Printer
from perfgen.settings import Settings, find_settings


def request_for(
    workbook: Path,
    *,
    layout_id: str | None,
    layouts: Sequence[Path],
    fonts: Sequence[Path] = (),
    printer: Printer | None = None,
    **asked: Any,
) -> tuple[Request, Settings]:
    """Return what is asked of a workbook, by options and by its folder's perfgen.toml; and that.

    `asked` are further fields of the request. Raises SettingsError.
    """
    settings = find_settings(workbook.parent, Path())
    request = Request(
        layout_id=layout_id,
        layouts=(*layouts, *settings.layouts),
        bounds=settings.checks,
        limits=settings.limits,
        fonts=(*fonts, *settings.fonts),
        printer=printer or settings.printer,
        **asked,
    )
    return request, settings
