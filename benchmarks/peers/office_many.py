"""The common way for many: docxtpl fills a template for each, one soffice call makes all PDFs."""

import json
import subprocess
import sys
from pathlib import Path

from docxtpl import DocxTemplate
from docxtpl_libreoffice import make_template

from perfgen.build import load
from perfgen.render.page.elements import parse_page
from perfgen.render.page.template import render_page
from perfgen.render.page.text import page_text


def prepare(workbooks: Path, plans: Path) -> None:
    """Write what each document says, so that only filling and converting is measured."""
    plans.mkdir()
    for workbook in sorted(workbooks.glob("*.xlsx")):
        loaded = load(workbook)
        page = parse_page(render_page(loaded.report, loaded.figures, loaded.layout))
        content = {
            "paragraphs": [str(item) for item in page_text(page)],
            "tables": [
                [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
                for table in page.root.iter("table")
            ],
        }
        (plans / f"{workbook.stem}.json").write_text(json.dumps(content), encoding="utf-8")


def convert(plans: Path, office: str) -> None:
    """Fill all templates, and convert them in one call."""
    files = []
    for plan in sorted(plans.glob("*.json")):
        content = json.loads(plan.read_text(encoding="utf-8"))
        widths = [max(len(row) for row in table) for table in content["tables"]]
        tables = [
            [[""] * (width - len(row)) + row for row in table]
            for table, width in zip(content["tables"], widths, strict=True)
        ]
        if not files:
            make_template(plans / "template.docx", widths)
        template = DocxTemplate(plans / "template.docx")
        template.render({"paragraphs": content["paragraphs"], "tables": tables}, autoescape=True)
        files.append(plans / f"{plan.stem}.docx")
        template.save(files[-1])
    profile = plans.parent / "office-profile"
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf",
         "--outdir", str(plans / "pdf"), *map(str, files)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        convert(Path(sys.argv[2]), sys.argv[3])
