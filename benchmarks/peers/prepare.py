"""Writes what the peers need for the same work: the page, its styles, the number of layouts."""

import json
import sys
from pathlib import Path

from perfgen.build import load
from perfgen.render import fonts
from perfgen.render.fonts.characters import characters_by_role
from perfgen.render.looks import read_looks
from perfgen.render.page.elements import parse_page, to_html
from perfgen.render.page.template import render_page
from perfgen.render.page.text import page_text
from perfgen.render.printers.weasyprint.merged_cells import CUTS_CSS, cut, make_ready
from perfgen.render.printers.weasyprint.page_breaks import Breaks
from perfgen.render.printers.weasyprint.printing import print_pdf


def prepare(sample: Path, plan: Path) -> None:
    """Write the plan for one workbook."""
    loaded = load(sample, say=lambda _: None)
    page = parse_page(render_page(loaded.report, loaded.figures, loaded.layout))
    styles = [style.read_text(encoding="utf-8") for style in loaded.layout.styles]
    used = characters_by_role(page, read_looks(page, styles))
    chosen = fonts.find_fonts()
    font_css = fonts.stylesheet(chosen, used)
    printed = print_pdf(
        page, styles, font_css=font_css, allowed_files=fonts.font_paths(chosen, used),
        base=loaded.layout.folder,
    )  # fmt: skip
    laid_out = cut(make_ready(page), Breaks())
    content = {
        "html": to_html(laid_out),
        "styles": [font_css, *styles, CUTS_CSS],
        "layouts": printed.layouts,
        "paragraphs": [str(item) for item in page_text(page)],
        "tables": [
            [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
            for table in page.root.iter("table")
        ],
    }
    plan.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
