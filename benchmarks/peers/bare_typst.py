"""Bare Typst: the source that perfgen writes, compiled once to the same standards."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

plan = Path(sys.argv[1])
content = json.loads(plan.read_text(encoding="utf-8"))
compiler = typst.Compiler(font_paths=content["fonts"], ignore_system_fonts=True)
pdf = compiler.compile(
    content["source"].encode(),
    format="pdf",
    pdf_standards=["a-3a", "ua-1"],
    timestamp=datetime(2024, 1, 1, tzinfo=UTC),
)
plan.with_suffix(".pdf").write_bytes(pdf)
