"""Writes what the peers need for the same work: the page's words, and the source for Typst."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from perfgen.build import load
from perfgen.render.fonts import find_fonts
from perfgen.render.fonts.characters import characters_by_role
from perfgen.render.fonts.typst import typst_fonts
from perfgen.render.looks import Stylesheet, read_looks
from perfgen.render.page.elements import parse_page
from perfgen.render.page.template import render_page
from perfgen.render.page.text import page_text
from perfgen.render.printers.typst import find_faces
from perfgen.render.printers.typst.writing import Order, write_manuscript

DAY = datetime(2024, 4, 26, tzinfo=UTC)


def prepare(sample: Path, plan: Path) -> None:
    """Write the plan for one workbook; pictures and attachments are left out."""
    loaded = load(sample)
    page = parse_page(render_page(loaded.report, loaded.figures, loaded.layout))
    styles = [Stylesheet(s.name, s.read_text(encoding="utf-8")) for s in loaded.layout.styles]
    looks = read_looks(page, styles)
    fonts, used = find_fonts(), characters_by_role(page, looks)
    faces = find_faces(fonts, used, print)
    order = Order(page, looks, faces, loaded.layout.folder, (), DAY, places=False)
    manuscript = write_manuscript(order, {})
    content = {
        "source": manuscript.source.text,
        "fonts": [str(folder) for folder in typst_fonts(fonts, used, print).folders],
        "paragraphs": [str(item) for item in page_text(page)],
        "tables": [
            [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
            for table in page.root.iter("table")
        ],
    }
    plan.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
