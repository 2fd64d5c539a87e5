"""Finishing a PDF (PDF 收尾): structure, metadata, attachments, all that PDF/A and PDF/UA ask."""

from __future__ import annotations

import copy
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pydyf
from lxml import etree

from perfgen.render.attachments import Attachment
from perfgen.render.printers.weasyprint.accessible.attachments import write_attachments
from perfgen.render.printers.weasyprint.accessible.claims import Claims, find_claims
from perfgen.render.printers.weasyprint.accessible.content import read_content
from perfgen.render.printers.weasyprint.accessible.painting import Recorder
from perfgen.render.printers.weasyprint.accessible.source import LINKED
from perfgen.render.printers.weasyprint.accessible.structure import Structure
from perfgen.render.printers.weasyprint.accessible.xmp import xmp_packet

_PRINTED = 4  # the flag of an annotation that is printed with its page
_COLOURS = "sRGB2014.icc"
_TRIES = 16
_BEGIN, _END = b"\nstream\n", b"\nendstream"


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished PDF and what it claims to be."""

    data: bytes
    claims: Claims


def write_finished(
    document: Any,
    body: etree._Element,
    *,
    identifier: bytes,
    attachments: Sequence[Attachment] = (),
) -> Finished:
    """Return the PDF of WeasyPrint's laid-out `document`, whose numbered source is `body`."""
    _drop_doubled_links(document.pages)
    content = read_content(document.pages, body)
    recorder = Recorder(content, document.pages)
    claims: list[Claims] = []

    def finish(document: Any, pdf: Any) -> None:
        metadata = document.metadata
        Structure(pdf, document.pages, recorder.numbers).write(content)
        _resolve_destinations(pdf)
        write_attachments(pdf, attachments, metadata.created or "")
        _conform(pdf)
        found = find_claims(pdf, content, title=metadata.title or "", stray=recorder.stray)
        packet = xmp_packet(metadata, pdf.info["Producer"].string, found)
        stream = pydyf.Stream([packet], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"}))
        pdf.add_object(stream)
        pdf.catalog["Metadata"] = stream.reference
        _avoid_returns(pdf)
        claims.append(found)

    data = document.write_pdf(finisher=finish, pdf_identifier=identifier, pdf_version="1.7")
    return Finished(data, claims[0])


def _drop_doubled_links(pages: list[Any]) -> None:
    """Leave one link of each: WeasyPrint makes another over every emphasis inside a link."""
    for page in pages:
        page.links = [
            link
            for link in page.links
            if link[3].element is not None and link[3].element.tag in LINKED
        ]


def _conform(pdf: Any) -> None:
    """Say what the colours mean, and see to the small things that PDF/A asks of objects."""
    colours = files("weasyprint.pdf").joinpath(_COLOURS).read_bytes()
    profile = pydyf.Stream([colours], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String("sRGB"),
        "Info": pydyf.String("sRGB"),
        "DestOutputProfile": profile.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and "Interpolate" in each.extra:
            each.extra["Interpolate"] = "false"
        elif isinstance(each, dict) and each.get("Type") == "/Annot":
            each["F"] = _PRINTED


def _resolve_destinations(pdf: Any) -> None:
    """Let links say where they lead. WeasyPrint names every id of the page, used or not."""
    names = pdf.catalog.pop("Names", {}).get("Dests", {}).get("Names", [])
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for each in pdf.objects:
        if isinstance(each, dict) and isinstance(each.get("Dest"), pydyf.String):
            each["Dest"] = places[each["Dest"].string]


def _avoid_returns(pdf: Any) -> None:
    """See to it that no stream ends in a carriage return.

    Where one does, the line feed before “endstream” looks like a part of a longer line end, and
    strict readers count one byte too few.
    """
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream):
            _compress(each)
    write = type(pdf).write

    def write_soundly(output: Any, *settings: Any) -> None:
        # The last two streams, for objects and places, are made while writing.
        for spaces in range(_TRIES):
            pdf.catalog["MarkInfo"]["Marked"] = "true" + " " * spaces
            trial, written = copy.copy(pdf), io.BytesIO()
            trial.objects = list(pdf.objects)
            write(trial, written, *settings)
            if b"\r\nendstream" not in written.getvalue():
                break
        output.write(written.getvalue())

    pdf.write = write_soundly


def _compress(stream: Any) -> None:
    """Compress a stream, once more if it ends in a carriage return then.

    The last byte of compressed data is one of its checksum, whatever the level. (It also saves
    time: pydyf compresses what it writes twice, once for the identifier.)
    """
    written = pydyf.Stream(stream.stream).data
    data = written[written.index(_BEGIN) + len(_BEGIN) : -len(_END)]
    filters = stream.extra.get("Filter")
    filters = [] if filters is None else [filters]
    count = len(filters)
    if stream.compress:
        data = zlib.compress(data, 9)
        filters.append("/FlateDecode")
    while data.endswith(b"\r"):
        data = zlib.compress(data, 9)
        filters.insert(0, "/FlateDecode")
    stream.stream, stream.compress = [data], False
    if len(filters) > max(count, 1) and "DecodeParms" in stream.extra:
        skipped = ["null"] * (len(filters) - 1)
        stream.extra["DecodeParms"] = pydyf.Array([*skipped, stream.extra["DecodeParms"]])
    if filters:
        stream.extra["Filter"] = filters[0] if len(filters) == 1 else pydyf.Array(filters)
