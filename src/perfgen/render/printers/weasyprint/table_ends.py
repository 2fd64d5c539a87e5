"""Where a table ends on each page (表格的页末线).

When rows are kept together, WeasyPrint takes back rows that it has already placed, and leaves
their room above the foot of the table: the last row on the page looks higher than its text asks
for. `raise_feet` puts the foot, whose line closes the table, right below that row.

It works on the boxes of a finished layout, as `lines` does.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes


def raise_feet(document: Any) -> None:
    """Put the foot of every table of a laid-out document below the last row on its page."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableBox):
                _raise_foot(box)


def _raise_foot(table: Any) -> None:
    groups = [child for child in table.children if isinstance(child, boxes.TableRowGroupBox)]
    feet = [group for group in groups if group.is_footer]
    ends = [
        box.position_y + box.border_height()
        for group in groups
        if not group.is_footer
        for row in group.children
        for box in (row, *row.children)
    ]
    if feet and ends:
        for foot in feet:
            foot.translate(dy=min(max(ends) - foot.position_y, 0))
