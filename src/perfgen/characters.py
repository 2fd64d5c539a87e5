"""Characters that must not leave perfgen as they came: for XML, and for a terminal.

Texts come from strangers' workbooks, file names and documents. XML forbids some characters; on a
terminal others move the cursor, change colours, or turn the reading direction.
"""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls of ASCII and ISO 6429; line ends and tabs stay
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # directions, other line ends
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of characters, and what is none
)


def xml_text(text: str) -> str:
    """Return a text with U+FFFD in place of each character that XML 1.0 forbids."""
    return _NOT_XML.sub(_REPLACEMENT, text)


def visible(text: str) -> str:
    """Return a text that a terminal prints and does not obey: ESC becomes `\\x1b`."""
    return _UNSAFE.sub(_escaped, text)


def json_escaped(document: str) -> str:
    """Return a JSON document in which such characters are escaped; its meaning stays."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", document)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
