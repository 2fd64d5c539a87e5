"""The metadata of the PDF (XMP 元数据): title, unit, dates, and what the file claims to be."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from perfgen.render.printers.weasyprint.accessible.claims import Claims

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{facts}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

# PDF/A knows no pdfuaid: a file that is both has to describe it.
_UA_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def xmp_packet(metadata: Any, producer: str, claims: Claims) -> bytes:
    """Return the XMP packet for WeasyPrint's `metadata`; `producer` as in the Info dictionary."""
    facts = [
        _single("dc:format", "application/pdf"),
        _list("dc:title", "Alt", [metadata.title]),
        _list("dc:creator", "Seq", metadata.authors),
        _list("dc:description", "Alt", [metadata.description]),
        _list("dc:subject", "Bag", metadata.keywords),
        _list("dc:language", "Bag", [metadata.lang]),
        _single("pdf:Keywords", ", ".join(metadata.keywords)),
        _single("pdf:Producer", producer),
        _single("xmp:CreatorTool", metadata.generator),
        _single("xmp:CreateDate", metadata.created),
        _single("xmp:ModifyDate", metadata.modified),
        _single("xmp:MetadataDate", metadata.modified),
    ]
    if claims.level:
        facts += [_single("pdfaid:part", "3"), _single("pdfaid:conformance", claims.level)]
    if claims.accessible:
        facts += [_single("pdfuaid:part", "1"), _UA_SCHEMA]
    return _PACKET.format(facts="\n".join(filter(None, facts))).encode()


def _single(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _list(name: str, kind: str, values: list[str | None]) -> str:
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{language}>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""
