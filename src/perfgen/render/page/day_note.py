"""A page that says as of which day it stands (截至某日).

The note comes below the title. A layout that prints one of its own, of class `as-of`, keeps it.
"""

from __future__ import annotations

import re
from datetime import date

from perfgen.model.days import spoken_day

CLASS = "as-of"
_OWN = re.compile(rf"""class\s*=\s*["'][^"']*\b{CLASS}\b""")
_TITLE_END = re.compile(r"</h1\s*>")
_BODY = re.compile(r"<body\b[^>]*>")


def with_day(source: str, day: date | None) -> str:
    """Return the page with the note; unchanged where no day is given."""
    if day is None or _OWN.search(source):
        return source
    note = f"（预算调整截至{spoken_day(day)}）"
    if title := _TITLE_END.search(source):
        place, piece = title.start(), f'<br/><span class="{CLASS}">{note}</span>'
    elif body := _BODY.search(source):
        place, piece = body.end(), f'<p class="{CLASS}">{note}</p>'
    else:  # then the page itself is at fault, and its parser says so
        return source
    return f"{source[:place]}{piece}{source[place:]}"
