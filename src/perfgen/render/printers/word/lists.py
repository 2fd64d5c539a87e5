"""What a paragraph says because it stands in a list."""

from __future__ import annotations

from perfgen.render.printers.word.flow import Item
from perfgen.render.printers.word.properties import Properties
from perfgen.render.printers.word.units import twips


def list_properties(item: Item) -> Properties:
    """Return the numbering of a list's paragraph; later ones of an item are only indented."""
    place = item.place
    if place is None:
        return {}
    left = twips(place.kind.indent)
    if not place.first:
        return {"ind": f'<w:ind w:left="{left}"/>'}
    number = f'<w:ilvl w:val="{place.kind.level}"/><w:numId w:val="{place.number}"/>'
    properties = {"numPr": f"<w:numPr>{number}</w:numPr>"}
    if item.look.paragraph.indent:
        # Characters win over lengths in Word: those of the style would undo the numbering's.
        hanging = f'w:hanging="{twips(place.kind.hanging)}" w:firstLineChars="0"'
        properties["ind"] = f'<w:ind w:left="{left}" {hanging}/>'
    return properties
