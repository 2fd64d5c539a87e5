"""Records as a stranger might have written them: one thing wrong in each."""

import copy
import json

OUTSIDE = [
    "../../别处.docx", "/tmp/别处.docx", "..\\..\\别处.docx", "自评.docx/../../别处", ".", "..", "",
    "别的.docx", "自评.exe", "自评.docx\x00", "../自评/自评.docx", "自评.DOCX", "C:自评.docx",
]  # fmt: skip
"""Names that are not those of the documents of 自评."""

DEEP = b"[" * 100_000
BYTES = {
    "empty": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"version": 1, "builds": "\xff\xfe"}',
    "UTF-16": json.dumps({"version": 1, "builds": []}).encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "deep list": DEEP,
    "deep object": b'{"a":' * 100_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "deep in a build": b'{"version": 1, "builds": [' + DEEP,
    "NaN": b'{"version": 1, "builds": [{"number": NaN}]}',
    "infinity": b'{"version": 1, "builds": [{"number": -Infinity}]}',
    "fraction": b'{"version": 1.0, "builds": []}',
    "huge exponent": b'{"version": 1e999999999, "builds": []}',
    "number of many digits": b'{"version": ' + b"9" * 10_000 + b"}",
    "twice the same name": b'{"version": 1, "version": 1, "builds": []}',
    "another version": b'{"version": 2, "builds": []}',
    "true for 1": b'{"version": true, "builds": []}',
    "no builds": b'{"version": 1, "builds": null}',
    "a list": b"[]",
    "null": b"null",
    "zeros": b"\0" * 1000,
}
"""What is no record at all."""

TOO_LARGE = b'{"version": 1, "builds": [], "a": "' + b"a" * 2_000_000 + b'"}'

WRONG = {
    "number": [-1, 0, 10**30, 10**7, "1", 1.5, None, True, [1], "../../x"],
    "time": ["", "yesterday", 5, None, "2026-13-45T00:00:00", "\x1b[2J", "2026" * 1000, {}],
    "workbook": ["../../a.xlsx", "a/b.xlsx", "x" * 300, "a\x1bb", 3, None, "\ud800"],
    "workbook_hash": ["", "x" * 64, "A" * 64, "a" * 63, "a" * 10_000, 7, None],
    "key": ["", "../x", "a" * 65, None, ["a" * 64]],
    "layout": [3, None, "x" * 300, "../x", "\x1b]0;x\x07"],
    "perfgen": [1, "x" * 1000, None],
    "pages": [-1, 10**9, "3", 2.5, True, []],
    "note": [None, 4, "x" * 300, "\U0010fffe"],
    "as_of": ["today", "2024-99-99", 20240101, None],
    "done": [0, 1, "yes", None],
    "outputs": [None, [], "自评.docx", {"自评.docx": None}, {"自评.docx": "short"},
                {"自评.docx": {}}, {str(number): "a" * 64 for number in range(100)}]
    + [{name: "a" * 64} for name in OUTSIDE],
}  # fmt: skip
"""What a build cannot be, by its keys."""


def with_wrong(record, key, value):
    """The bytes of a record whose last build has another value there."""
    data = copy.deepcopy(record)
    data["builds"][-1][key] = value
    return json.dumps(data).encode()


def wrong_records(record):
    """Yield each record that is wrong, as (what, bytes)."""
    yield from BYTES.items()
    for key, values in WRONG.items():
        for value in values:
            yield f"{key}={value!r:.40}", with_wrong(record, key, value)
    build = record["builds"][-1]
    for key in ("number", "time", "workbook", "workbook_hash", "key", "layout", "perfgen"):
        less = {name: value for name, value in build.items() if name != key}
        yield f"without {key}", json.dumps({"version": 1, "builds": [less]}).encode()
    yield "builds twice", json.dumps({"version": 1, "builds": [build, build]}).encode()
    many = [{**build, "number": number} for number in range(1, 900)]
    yield "many builds", json.dumps({"version": 1, "builds": many}).encode()
    yield "a build is a list", json.dumps({"version": 1, "builds": [[1]]}).encode()


def mutated(content, chance):
    """Bytes with a few random changes: bytes flipped, cut out, doubled, or a value exchanged."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data))
        kind = chance.randrange(5)
        if kind == 0:
            data[place] = chance.randrange(256)
        elif kind == 1:
            del data[place : place + chance.randint(1, 30)]
        elif kind == 2:
            data[place:place] = data[place : place + chance.randint(1, 60)]
        elif kind == 3:
            tokens = (
                b"../../",
                b'"',
                b"-1",
                b"1e9",
                b"NaN",
                b"null",
                b"[" * 2000,
                b"\\ud800",
                b"{}",
            )
            data[place:place] = chance.choice(tokens)
        else:
            digit = next((n for n in range(place, len(data)) if data[n : n + 1].isdigit()), place)
            data[digit : digit + 1] = b"9" * chance.randint(1, 40)
        if not data:
            return b""
    return bytes(data)
