"""The common way: docxtpl fills a Word template, LibreOffice makes the PDF."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate


def make_template(path: Path, widths: list[int]) -> None:
    """Write a Word template with a loop for the paragraphs and one for each table's rows."""
    document = Document()
    document.add_paragraph("{%p for text in paragraphs %}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")
    for number, width in enumerate(widths):
        table = document.add_table(rows=3, cols=width)
        table.style = "Table Grid"
        table.rows[0].cells[0].text = f"{{%tr for row in tables[{number}] %}}"
        for column in range(width):
            table.rows[1].cells[column].text = f"{{{{ row[{column}] }}}}"
        table.rows[2].cells[0].text = "{%tr endfor %}"
    document.save(path)


def main(plan: Path, office: str) -> None:
    """Fill the template and convert it."""
    content = json.loads(plan.read_text(encoding="utf-8"))
    tables = content["tables"]
    widths = [max(len(row) for row in table) for table in tables]
    filled = [
        [[""] * (width - len(row)) + row for row in table]
        for table, width in zip(tables, widths, strict=True)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_template(folder / "template.docx", widths)
        template = DocxTemplate(folder / "template.docx")
        template.render({"paragraphs": content["paragraphs"], "tables": filled}, autoescape=True)
        template.save(folder / "filled.docx")
        profile = plan.parent / "office-profile"
        subprocess.run(
            [office, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to",
             "pdf", "--outdir", str(folder), str(folder / "filled.docx")],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
