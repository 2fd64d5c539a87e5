"""Attachments, written into the PDF (附件): files associated with it as its data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import pydyf

from perfgen.render.attachments import Attachment

_NO_DATE = "1980-01-01"  # as in ZIP files; a report without a date must still give the same bytes


def write_attachments(pdf: Any, attachments: Sequence[Attachment], moment: str) -> None:
    """Put files into a PDF as associated files, dated `moment`."""
    files = {each.name: _file(pdf, each, pdf_date(moment or _NO_DATE)) for each in attachments}
    if not files:
        return
    names = pydyf.Array()
    for name in sorted(files, key=lambda name: pydyf.String(name).data):
        names.extend((pydyf.String(name), files[name]))
    tree = pydyf.Dictionary({"Names": names})
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree
    pdf.catalog["AF"] = pydyf.Array(files.values())


def _file(pdf: Any, attachment: Attachment, date: str) -> bytes:
    parameters = {
        "Size": len(attachment.content),
        "CreationDate": pydyf.String(date),
        "ModDate": pydyf.String(date),
        "CheckSum": f"<{hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()}>",
    }
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": "/" + attachment.media_type.replace("/", "#2f"),
        "Params": pydyf.Dictionary(parameters),
    }
    stream = pydyf.Stream([attachment.content], pydyf.Dictionary(extra), compress=True)
    pdf.add_object(stream)
    name = pydyf.String(attachment.name)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": "/Data",
            "Desc": pydyf.String(attachment.description),
        }
    )
    pdf.add_object(specification)
    reference: bytes = specification.reference
    return reference


def pdf_date(moment: str) -> str:
    """Return 2024-04-26 or 2024-04-26T08:00:00Z as PDF writes it."""
    return "D:" + re.sub(r"[-:T]", "", moment)
