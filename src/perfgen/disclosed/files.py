"""The data as the files that documents carry: attached to the PDF, a part of the Word file."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from perfgen.characters import xml_text
from perfgen.disclosed.reading import SCHEMA
from perfgen.disclosed.writing import tables_csv
from perfgen.render.attachments import Attachment

JSON_NAME = "report-1.json"
NAMESPACE = f"urn:perfgen:{SCHEMA}"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def attached_files(data: Mapping[str, Any], json: bytes) -> tuple[Attachment, ...]:
    """Return what a PDF carries: the data, which is `json`, and each table as CSV."""
    tables = tuple(
        Attachment(f"{name}.csv", content, "text/csv", f"{name}（CSV）")
        for name, content in tables_csv(data).items()
    )
    whole = Attachment(JSON_NAME, json, "application/json", "本文件印出的数据，供程序读取")
    return whole, *tables


def word_part(json: bytes) -> str:
    """Return the XML part that a Word file carries: the JSON as its text."""
    text = html.escape(xml_text(json.decode()), quote=False)
    return f'{_HEAD}<report xmlns="{NAMESPACE}">{text}</report>'
