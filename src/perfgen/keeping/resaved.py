"""Whether a Word file was only opened and saved: what a person can change is as it was (只另存).

Word writes every part anew: it divides runs, notes who saved what when, and adds parts for itself.
What it is known to do so is taken away on both sides; whatever else differs counts as an edit.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from typing import NamedTuple

from lxml import etree

from perfgen.keeping.program_notes import (
    ABOUT,
    SETTINGS_OF_PROGRAMS,
    W,
    canonical,
    filled_in,
    is_trace,
    parsed,
)

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MAIN, _CORE, _CUSTOM = "word/document.xml", "docProps/core.xml", "docProps/custom.xml"
_STYLES, _SETTINGS = "word/styles.xml", "word/settings.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_ADDED = frozenset({
    "word/webSettings.xml", "word/fontTable.xml", "word/stylesWithEffects.xml", ABOUT, *_NOTES,
})  # fmt: skip
"""Parts that Word adds by itself; notes only where there are none in them."""

_OF_WORD = ("paraId", "textId")
_REFERENCES = (f"{W}footerReference", f"{W}headerReference")


class _Same(NamedTuple):
    """What must be equal: texts by their parts, styles by their ids, all other parts."""

    texts: Mapping[str, bytes]
    styles: Mapping[str, bytes]
    settings: bytes
    carried: tuple[bytes, ...]
    others: Mapping[str, bytes]


def is_only_saved(written: bytes, found: bytes) -> bool:
    """Return whether nothing that a person can change differs. Raises where a file is broken."""
    with zipfile.ZipFile(BytesIO(written)) as old, zipfile.ZipFile(BytesIO(found)) as new:
        before, now = _read(old), _read(new)
    kept = {name: now.styles.get(name) for name in before.styles}
    return before._replace(styles={}) == now._replace(styles={}) and before.styles == kept


def _read(archive: zipfile.ZipFile) -> _Same:
    parts = {name: archive.read(name) for name in archive.namelist()}
    margins = {name: _text(parts[name]) for name in parts if _is_margin(name)}
    main = _text(parts[_MAIN], _referred(parts, margins))
    texts = {_MAIN: main}
    for name in (name for name in _NOTES if name in parts):
        if _has_notes(parsed(parts[name])):
            texts[name] = _text(parts[name])
    known = {_MAIN, _CORE, _CUSTOM, _STYLES, _SETTINGS, *_ADDED, *margins}
    others = {
        name: part for name, part in parts.items()
        if name not in known and not name.endswith((".rels", "[Content_Types].xml"))
        and not name.startswith("customXml/")
    }  # fmt: skip
    return _Same(
        texts,
        dict(_styles(parsed(parts[_STYLES]))) if _STYLES in parts else {},
        _settings(parts.get(_SETTINGS)),
        (*_carried(parts), canonical(_CORE, parts[_CORE]), canonical(_CUSTOM, parts[_CUSTOM]),
         filled_in(parts[ABOUT]) if ABOUT in parts else b""),
        {name: canonical(name, part) for name, part in others.items()},
    )  # fmt: skip


def _is_margin(name: str) -> bool:
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")


def _has_notes(root: etree._Element) -> bool:
    return any(note.get(f"{W}type", "normal") == "normal" for note in root)


def _referred(parts: Mapping[str, bytes], margins: Mapping[str, bytes]) -> dict[str, str]:
    """What the main part refers to, by its relations: the words of a footer, a link's address."""
    found: dict[str, str] = {}
    for entry in parsed(parts["word/_rels/document.xml.rels"]):
        target = entry.get("Target", "")
        name = normpath(join("word", target)).lstrip("/")
        found[entry.get("Id", "")] = margins.get(name, target.encode()).decode()
    return found


def _text(part: bytes, referred: Mapping[str, str] | None = None) -> bytes:
    """A part with text, without what programs write in several ways."""
    root = parsed(part)
    for element in list(root.iter(etree.Element)):
        _strip(element, referred or {})
    _number_marks(root)
    for element in list(root.iter(f"{W}p", f"{W}hyperlink")):
        _join_runs(element)
    body = root.find(f"{W}body")
    children = body if body is not None else root
    return b"".join(etree.tostring(child, method="c14n", exclusive=True) for child in children)


def _strip(element: etree._Element, referred: Mapping[str, str]) -> None:
    for key in list(element.attrib):
        name = str(key).rpartition("}")[2]
        if name.startswith("rsid") or name in _OF_WORD or key == _SPACE:
            del element.attrib[key]
        elif str(key).startswith(_R):
            element.set(key, referred.get(element.get(key, ""), ""))
    if element.tag == f"{W}rFonts":
        element.attrib.pop(f"{W}hint", "")
    parent = element.getparent()
    if parent is None:
        return
    empty = element.tag in (f"{W}rPr", f"{W}rFonts") and not len(element) and not element.attrib
    back = element.tag == f"{W}bookmarkStart" and element.get(f"{W}name") == "_GoBack"
    if is_trace(element) or empty or back:
        if back:
            _remove_end(element)
        parent.remove(element)
        if element.tag == f"{W}rFonts" and parent.tag == f"{W}rPr" and not len(parent):
            above = parent.getparent()
            if above is not None:
                above.remove(parent)


def _remove_end(start: etree._Element) -> None:
    number = start.get(f"{W}id")
    for end in start.itersiblings(f"{W}bookmarkEnd"):
        if end.get(f"{W}id") == number:
            _remove(end)
            return


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _number_marks(root: etree._Element) -> None:
    """Bookmarks by their order: programs give them numbers of their own."""
    numbers: dict[str, str] = {}
    for mark in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        number = numbers.setdefault(mark.get(f"{W}id", ""), str(len(numbers)))
        mark.set(f"{W}id", number)


def _join_runs(paragraph: etree._Element) -> None:
    """Runs of one look that stand together are one, and so are their words."""
    before: etree._Element | None = None
    for run in list(paragraph):
        if before is not None and run.tag == before.tag == f"{W}r" and _look(run) == _look(before):
            before.extend([child for child in run if child.tag != f"{W}rPr"])
            paragraph.remove(run)
        else:
            before = run
    for run in paragraph.iterfind(f"{W}r"):
        last: etree._Element | None = None
        for child in list(run):
            if last is not None and child.tag == last.tag == f"{W}t":
                last.text = (last.text or "") + (child.text or "")
                run.remove(child)
            else:
                last = child


def _look(run: etree._Element) -> bytes:
    about = run.find(f"{W}rPr")
    return b"" if about is None else etree.tostring(about, method="c14n", exclusive=True)


def _styles(root: etree._Element) -> Iterator[tuple[str, bytes]]:
    for child in root:
        if child.tag == f"{W}docDefaults":
            for about in list(child):
                if not len(about):
                    child.remove(about)
        elif child.tag != f"{W}style":
            continue
        for element in list(child.iter(etree.Element)):
            if element.tag == f"{W}rsid" and element is not child:
                _remove(element)
            else:
                _strip(element, {})
        name = child.get(f"{W}styleId", "")
        yield name, etree.tostring(child, method="c14n", exclusive=True, with_tail=False)


def _settings(part: bytes | None) -> bytes:
    """What a person sets: protection, tracking, different pages; the rest is a program's."""
    root = parsed(part) if part is not None else ()
    kept = [
        child for child in root if str(child.tag).rpartition("}")[2] not in SETTINGS_OF_PROGRAMS
    ]
    return b"".join(sorted(etree.tostring(c, method="c14n", exclusive=True) for c in kept))


def _carried(parts: Mapping[str, bytes]) -> Iterator[bytes]:
    """What lies in the file for programs, whatever Word calls its parts now."""
    names = [name for name in parts
             if name.startswith("customXml/item") and "Props" not in name]  # fmt: skip
    yield from sorted(canonical(name, parts[name]) for name in names)
