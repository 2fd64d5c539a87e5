"""What programs note in a Word file for themselves, and a person did not change (程序的记录)."""

from __future__ import annotations

from lxml import etree

ABOUT = "docProps/app.xml"
"""What programs note of themselves and count; and what a person filled in: company, manager."""

_COUNTED = frozenset({
    "Application", "AppVersion", "Template", "TotalTime", "Pages", "Words", "Characters", "Lines",
    "Paragraphs", "CharactersWithSpaces", "DocSecurity", "ScaleCrop", "LinksUpToDate",
    "SharedDoc", "HyperlinksChanged", "HeadingPairs", "TitlesOfParts",
})  # fmt: skip
"""What of it a program writes by itself whenever it saves."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DATES = "{http://purl.org/dc/terms/}"
_TRACES = frozenset({
    f"{W}proofErr", f"{W}lastRenderedPageBreak",
    f"{_CORE}lastModifiedBy", f"{_CORE}revision", f"{_DATES}modified",
})  # fmt: skip
"""What a program notes for itself: where it checked the spelling, where a page ended, when and
how often it saved."""

SETTINGS_OF_PROGRAMS = frozenset({
    "zoom", "rsids", "proofState", "compat", "mathPr", "themeFontLang", "clrSchemeMapping",
    "shapeDefaults", "hdrShapeDefaults", "decimalSymbol", "listSeparator", "footnotePr",
    "endnotePr", "characterSpacingControl", "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter", "docId", "chartTrackingRefBased", "activeWritingStyle",
    "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "hideSpellingErrors",
    "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "view",
    "hideGrammaticalErrors", "savePreviewPicture", "doNotAutoCompressPictures",
})  # fmt: skip
"""Settings of the file that Word writes by itself."""


def filled_in(part: bytes) -> bytes:
    """Return what a person filled in of the document's properties; empty where that is nothing."""
    root = parsed(part)
    said = [etree.tostring(child, method="c14n") for child in root
            if not isinstance(child.tag, str)
            or (etree.QName(child).localname not in _COUNTED
            and (len(child) or (child.text or "").strip()))]  # fmt: skip
    return b"".join(sorted(said))


def parsed(part: bytes) -> etree._Element:
    """Return the tree of a part; nothing is fetched, no entity is replaced."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part, parser)


def is_trace(element: etree._Element) -> bool:
    """Return whether an element is only what a program noted: it holds no other content.

    Who saved a file, when, and how often is said in a word; the marks among the text are empty.
    """
    if element.tag not in _TRACES or len(element) or (element.tail or "").strip():
        return False
    return str(element.tag).startswith((_CORE, _DATES)) or not (element.text or "").strip()


def canonical(name: str, part: bytes) -> bytes:
    """Return a part in canonical form, without what programs note; of no XML the bytes."""
    if not name.endswith((".xml", ".rels")):
        return part
    root = parsed(part)
    for element in list(root.iter(etree.Element)):
        for attribute in [key for key in element.attrib if str(key).startswith(f"{W}rsid")]:
            del element.attrib[attribute]
        parent = element.getparent()
        if parent is not None and is_trace(element):
            parent.remove(element)
    if name.endswith(".rels"):  # a list, in whatever order
        root[:] = sorted(root, key=lambda entry: sorted(map(str, entry.attrib.values())))
    return etree.tostring(root, method="c14n")
