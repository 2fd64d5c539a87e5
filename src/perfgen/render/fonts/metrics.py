"""Fonts as WeasyPrint is given them: all with lines of the same height.

A line with a character from a second font grows by the difference of the two fonts' ascents,
descents and base lines, though the style sheet sets its height: the page then no longer has the 22
lines of 28.99 pt that GB/T 9704-2012 asks for. So all fonts are given the same ones, around the
square that a Chinese character fills: 0.88 of its size above the base line and 0.12 below it.
"""

from __future__ import annotations

import struct
from pathlib import Path

_ASCENT, _DESCENT = 0.98, 0.22  # the square, with a tenth of its size above and below
_BASELINES = {b"icfb": -0.05, b"icft": 0.81, b"ideo": -0.12, b"romn": 0.0}
_COLLECTION = b"ttcf"

_Span = tuple[int, int]


def font_content(path: Path) -> bytes:
    """Return the first face of a font file as the printer is given it.

    It is the file's content behind a new table of contents, which points to new versions of the
    three tables that line heights come from. The file itself is only read.
    Raises OSError where it cannot be read.
    """
    content = path.read_bytes()
    face = struct.unpack_from(">L", content, 12)[0] if content[:4] == _COLLECTION else 0
    kind, count = struct.unpack_from(">4sH", content, face)
    tables: dict[bytes, _Span] = {
        tag: (offset, length)
        for tag, offset, length in struct.iter_unpack(
            ">4s4xLL", content[face + 12 : face + 12 + 16 * count]
        )
    }
    return _assembled(kind, content, tables, _new_tables(content, tables))


def _new_tables(content: bytes, tables: dict[bytes, _Span]) -> dict[bytes, bytes]:
    (size,) = struct.unpack_from(">H", content, tables[b"head"][0] + 18)
    ascent, descent = round(_ASCENT * size), round(_DESCENT * size)
    horizontal = bytearray(_table(content, tables[b"hhea"]))
    struct.pack_into(">hhh", horizontal, 4, ascent, -descent, 0)
    windows = bytearray(_table(content, tables[b"OS/2"]))
    struct.pack_into(">hhhHH", windows, 68, ascent, -descent, 0, ascent, descent)
    return {b"BASE": _base_lines(size), b"OS/2": bytes(windows), b"hhea": bytes(horizontal)}


def _table(content: bytes, span: _Span) -> bytes:
    offset, length = span
    return content[offset : offset + length]


def _base_lines(size: int) -> bytes:
    """Return a BASE table with one set of horizontal base lines, for all scripts."""
    count = len(_BASELINES)
    coordinates = [struct.pack(">Hh", 1, round(part * size)) for part in _BASELINES.values()]
    offsets = [4 + 2 * count + 4 * number for number in range(count)]
    return b"".join(
        (
            struct.pack(">HHHH", 1, 0, 8, 0),  # version; horizontal axis, no vertical one
            struct.pack(">HH", 4, 6 + 4 * count),  # list of base lines, list of scripts
            struct.pack(">H", count),
            *_BASELINES,
            struct.pack(">H4sH", 1, b"DFLT", 8),
            struct.pack(">HHH", 6, 0, 0),  # base lines; no extents, no languages
            struct.pack(f">HH{count}H", count - 1, count, *offsets),
            *coordinates,
        )
    )


def _assembled(
    kind: bytes, content: bytes, tables: dict[bytes, _Span], new: dict[bytes, bytes]
) -> bytes:
    """Return a font file: its table of contents, the old file as it is, the new tables."""
    count = len(tables.keys() | new.keys())
    start = 12 + 16 * count
    spans = {tag: (start + offset, length) for tag, (offset, length) in tables.items()}
    parts = [content, bytes(-len(content) % 4)]
    end = start + len(content) + len(parts[1])
    for tag, table in new.items():
        spans[tag] = (end, len(table))
        parts += [table, bytes(-len(table) % 4)]
        end += len(table) + -len(table) % 4
    power = count.bit_length() - 1
    search = 16 << power
    header = struct.pack(">4sHHHH", kind, count, search, power, 16 * count - search)
    records = [struct.pack(">4sLLL", tag, 0, *spans[tag]) for tag in sorted(spans)]
    return b"".join((header, *records, *parts))
