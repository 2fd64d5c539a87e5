"""How a file is spoilt: bytes turned, pieces moved, XML changed inside a zip that is sound."""

import io
import re
import zipfile
from random import Random

NASTY_NUMBERS = (
    "0", "-1", "1", "2147483648", "99999999999999999999", "1e308", "1E400", "-0", "NaN", "1_0",
    "0x10", "٣", "", " ", "1,5", "9" * 400,
)  # fmt: skip
NASTY_TEXTS = (
    "", " ", "\u202e", "_x0000_", "_xD800_", "&lt;", "]]&gt;", "=1+1", "{{ 7*7 }}", "../../x",
    "甲" * 300, "%s%n", "A1:XFD1048576", "s", "str", "inlineStr", "e", "b", "d", "true", "yyyy",
)  # fmt: skip
_TEXT_NAMES = (".xml", ".rels", ".vml")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CONTENT = re.compile(rb">([^<>]{0,200})<")
_ELEMENT = re.compile(rb"<([\w:]+)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_WORD = re.compile(rb"[0-9]+|[A-Za-z_]+")


def mutated(content: bytes, chance: Random) -> bytes:
    """Return a spoilt copy; a zip is mostly spoilt inside its parts."""
    if content.startswith(b"PK") and chance.random() < 0.85:
        parts = _parts(content)
        if parts:
            return _zip_mutated(parts, chance)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        content = chance.choice(_BYTES)(content, chance)
    return content


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of a zip; none where an earlier change has spoilt the zip itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # zipfile raises a dozen kinds of errors over broken archives
        return {}


def _zip_mutated(parts: dict[str, bytes], chance: Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        name = chance.choice(sorted(parts))
        act = chance.random()
        if act < 0.04:
            del parts[name]
            if not parts:
                break
        elif act < 0.08:
            parts[chance.choice((name.upper(), f"{name}x", f"/{name}"))] = parts.pop(name)
        elif act < 0.12:
            parts[name] = parts[chance.choice(sorted(parts))]
        elif name.endswith(_TEXT_NAMES) and act < 0.9:
            parts[name] = chance.choice(_XML)(parts[name], chance)
        else:
            parts[name] = chance.choice(_BYTES)(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


# --- bytes ---------------------------------------------------------------------------------------


def _turned(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content or b"x")
    spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _span(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 4, 16, 200, 3000)))


def _without(content: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _repeated(content: bytes, chance: Random) -> bytes:
    start, end = _span(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _inserted(content: bytes, chance: Random) -> bytes:
    start, _ = _span(content, chance)
    return content[:start] + chance.randbytes(chance.choice((1, 3, 30))) + content[start:]


def _word_changed(content: bytes, chance: Random) -> bytes:
    words = list(_WORD.finditer(content[:200_000]))
    if not words:
        return content
    found = chance.choice(words)
    new = chance.choice(NASTY_NUMBERS if found.group().isdigit() else NASTY_TEXTS)
    return content[: found.start()] + new.encode() + content[found.end() :]


def _line_moved(content: bytes, chance: Random) -> bytes:
    lines = content.split(b"\n")
    line = lines.pop(chance.randrange(len(lines)))
    for _ in range(chance.choice((0, 1, 1, 2))):
        lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


# --- XML -----------------------------------------------------------------------------------------


def _attribute(xml: bytes, chance: Random) -> bytes:
    found = _one(_ATTRIBUTE, xml, chance)
    if found is None:
        return xml
    new = chance.choice(NASTY_NUMBERS + NASTY_TEXTS).replace('"', "")
    kept = b"" if chance.random() < 0.2 else found.group(1) + b'="' + new.encode() + b'"'
    return xml[: found.start()] + kept + xml[found.end() :]


def _content(xml: bytes, chance: Random) -> bytes:
    found = _one(_CONTENT, xml, chance)
    if found is None:
        return xml
    new = chance.choice(NASTY_NUMBERS + NASTY_TEXTS)
    return xml[: found.start(1)] + new.encode() + xml[found.end(1) :]


def _element(xml: bytes, chance: Random) -> bytes:
    found, other = _one(_ELEMENT, xml, chance), _one(_ELEMENT, xml, chance)
    if found is None or other is None:
        return xml
    if chance.random() < 0.3:
        return xml[: found.start()] + xml[found.end() :]
    times = chance.choice((1, 1, 3, 300))
    return xml[: found.start()] + other.group() * times + xml[found.start() :]


def _nested(xml: bytes, chance: Random) -> bytes:
    found = _one(_ELEMENT, xml, chance)
    if found is None:
        return xml
    depth = chance.choice((2, 60, 300))
    name = found.group(1)
    inside = b"<%s>" % name * depth + found.group() + b"</%s>" % name * depth
    return xml[: found.start()] + inside + xml[found.end() :]


def _one(pattern: re.Pattern[bytes], xml: bytes, chance: Random) -> re.Match[bytes] | None:
    """One of the places that a pattern finds behind a random place."""
    start = chance.randrange(len(xml) + 1)
    return pattern.search(xml, start) or pattern.search(xml)


_BYTES = (_turned, _cut, _without, _repeated, _inserted, _word_changed, _line_moved)
_XML = (_attribute, _attribute, _content, _content, _element, _nested, _word_changed)
