"""Word tables in one warm process: perfgen's printer against docxtpl, and how both grow."""

import io
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from docx import Document
from docxtpl import DocxTemplate

from perfgen.layouts import templates_folder
from perfgen.render.looks import Looks, Stylesheet, read_looks
from perfgen.render.page.elements import Page, parse_page
from perfgen.render.printers.word import print_docx

COLUMNS = 8


def cells(row: int) -> list[str]:
    """Return the texts of one row."""
    return [f"第{row}项指标", *(f"{row}.{column:02d}" for column in range(COLUMNS - 1))]


def page(rows: int) -> tuple[Page, Looks]:
    """Return a page with one table."""
    body = "".join(
        "<tr>" + "".join(f'<td class="amount">{text}</td>' for text in cells(row)) + "</tr>"
        for row in range(rows)
    )
    head = "<th>列</th>" * COLUMNS
    parsed = parse_page(
        '<html lang="zh-CN"><head><title>表</title></head><body><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></body></html>"
    )
    style = (templates_folder() / "_shared" / "gongwen.css").read_text(encoding="utf-8")
    return parsed, read_looks(parsed, [Stylesheet("gongwen.css", style)])


def template() -> Path:
    """Return a docxtpl template of the same table."""
    document = Document()
    table = document.add_table(rows=4, cols=COLUMNS)
    table.style = "Table Grid"
    for column in range(COLUMNS):
        table.rows[0].cells[column].text = "列"
        table.rows[2].cells[column].text = f"{{{{ row[{column}] }}}}"
    table.rows[1].cells[0].text = "{%tr for row in rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    path = Path(tempfile.mkdtemp()) / "template.docx"
    document.save(path)
    return path


def with_docxtpl(path: Path, rows: list[list[str]]) -> float:
    """Return the seconds that docxtpl takes."""
    start = time.perf_counter()
    document = DocxTemplate(path)
    document.render({"rows": rows})
    document.save(io.BytesIO())
    return time.perf_counter() - start


def with_perfgen(rows: int) -> float:
    """Return the seconds that the Word printer takes; looks are read anew, as in a build."""
    parsed, looks = page(rows)
    start = time.perf_counter()
    print_docx(parsed, looks)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Print the ratio to docxtpl, the growth, and both medians."""
    path = template()
    rows = [cells(row) for row in range(1000)]
    with_docxtpl(path, rows)
    with_perfgen(1000)
    ours, theirs, many = [], [], []
    for _ in range(rounds):
        theirs.append(with_docxtpl(path, rows))
        ours.append(with_perfgen(1000))
        many.append(with_perfgen(10000))
    print(median(ours) / median(theirs), median(many) / median(ours), median(ours), median(theirs))


if __name__ == "__main__":
    main(int(sys.argv[1]))
