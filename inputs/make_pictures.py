"""Pictures of each layout's first pages, by which officers choose it (`make samples`)."""

from __future__ import annotations

from pathlib import Path

from perfgen.build import load
from perfgen.render.documents import print_pictures
from perfgen.render.page.marked import marked_page

HERE = Path(__file__).parent
PAGES = 2
RESOLUTION = 40.0
"""Dots per inch: as large as a hand."""


def main() -> None:
    """Write `preview/1.png` and `preview/2.png` of each sample's layout."""
    done: set[str] = set()
    for sample in sorted(HERE.glob("*.xlsx")):
        loaded = load(sample)
        if loaded.layout.id in done:
            continue
        done.add(loaded.layout.id)
        page = marked_page(loaded.report, loaded.layout)
        folder = loaded.layout.folder / "preview"
        folder.mkdir(exist_ok=True)
        printed = print_pictures(page.plain, page.layout, kind="png", resolution=RESOLUTION)
        for number, picture in enumerate(printed.pictures[:PAGES], 1):
            (folder / f"{number}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
