"""The pages (看页面) as pictures and data: what stands where, and where it came from."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from perfgen.build import Request
from perfgen.garbage import undisturbed
from perfgen.previewing import Origin, Preview, Spot, preview
from perfgen.web.tasks.telling import saying
from perfgen.workbook.opening import WorkbookFile

_SIZE = re.compile(rb'<svg viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


@undisturbed()
def pages(
    workbook: WorkbookFile, request: Request, progress: Path
) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """Return what the page shows of the printed pages, and the pages as SVG."""
    made = preview(workbook, request, say=saying(progress))
    data = {
        "ok": True,
        "faithful": made.faithful,
        "pages": [_page(number, made) for number in range(1, len(made.pages) + 1)],
        "origins": [asdict(origin) for origin in made.origins],
    }
    return data, tuple(made.pages)


def _page(number: int, made: Preview) -> dict[str, Any]:
    size = _SIZE.match(made.pages[number - 1])
    width, height = (float(part) for part in size.groups()) if size else (595.3, 841.9)
    spots = [
        _spot(place, spot, made.origins)
        for place, spot in enumerate(made.spots)
        if spot.page == number
    ]
    return {"number": number, "width": width, "height": height, "spots": spots}


def _spot(place: int, spot: Spot, origins: tuple[Origin, ...]) -> dict[str, Any]:
    found = [origins[number] for number in spot.origins]
    cells = dict.fromkeys(f"{one.sheet}!{one.cell}" for one in found if one.cell)
    rows = dict.fromkeys(f"{one.sheet}!{one.line}" for one in found)
    return {
        "id": place,
        "x": round(spot.left, 1),
        "y": round(spot.top, 1),
        "width": round(spot.right - spot.left, 1),
        "height": round(spot.bottom - spot.top, 1),
        "cells": "|".join(cells),
        "rows": "|".join(rows),
        "label": "，".join(f"{one.header or one.sheet}：{one.text[:30]}" for one in found[:3]),
        "origins": list(spot.origins),
        "computed": any(one.computed for one in found),
    }
