"""The data as files: canonical JSON, and a CSV for each table (UTF-8 with BOM, as Excel reads)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from perfgen.windows_names import fault_of_name


def to_json(data: Mapping[str, Any]) -> bytes:
    """Return the data as JSON, UTF-8; the same data gives the same bytes."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def tables_csv(data: Mapping[str, Any]) -> dict[str, bytes]:
    """Return a CSV file for each table, by the table's name: a header row, then its rows."""
    return {table["sheet"]: _csv(table) for table in data["tables"]}


def _csv(table: Mapping[str, Any]) -> bytes:
    extra = list(dict.fromkeys(header for row in table["rows"] for header in row.get("extra", {})))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    headers = [*(column["header"] for column in table["columns"]), *extra]
    writer.writerow([_harmless(header) for header in headers])
    for row in table["rows"]:
        own = row.get("extra", {})
        cells = [_shown(row.get(column["field"], "")) for column in table["columns"]]
        writer.writerow(
            [_harmless(cell) for cell in (*cells, *(own.get(name, "") for name in extra))]
        )
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _shown(value: Any) -> str:
    """A text, or a figure as the document prints it."""
    if isinstance(value, Mapping):
        return str(value.get("text") or value["value"] or "")
    return str(value)


def _harmless(cell: str) -> str:
    """Text that Excel would take for a formula begins with an apostrophe; numbers stay numbers."""
    if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not _is_number(cell)):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").rstrip("%").replace(".", "", 1).isdigit()


_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029]')


def file_name(name: str) -> str:
    """Return a table's name as a file may be called: it never leads out of its folder."""
    safe = _NOT_IN_NAMES.sub("_", name).strip(" .")[:80]
    return f"_{safe}" if not safe or fault_of_name(safe) else safe
