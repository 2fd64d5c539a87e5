"""Bare WeasyPrint: the same HTML and styles, laid out as often, written once."""

import json
import sys
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

plan = Path(sys.argv[1])
content = json.loads(plan.read_text(encoding="utf-8"))
config = FontConfiguration()
sheets = [weasyprint.CSS(string=text, font_config=config) for text in content["styles"]]
for _ in range(content["layouts"]):
    document = weasyprint.HTML(string=content["html"]).render(
        font_config=config, stylesheets=sheets
    )
document.write_pdf(plan.with_suffix(".pdf"), pdf_tags=True)
