"""Many workbooks gathered in one (汇总), as `summarize` gathers them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from perfgen.build import Request
from perfgen.errors import DocumentError
from perfgen.garbage import undisturbed
from perfgen.summary import Entry, Unread, collecting, read_entries, write_summary
from perfgen.web.tasks.telling import saying


@undisturbed()
def gather(
    files: Sequence[tuple[str, Path]], request: Request, progress: Path
) -> tuple[dict[str, Any], bytes]:
    """Return the summary of workbooks, each under the name that the officer calls it by.

    Raises DocumentError where not one of them can be read.
    """
    say = saying(progress)
    found = read_entries(
        [path for _, path in files],
        layouts=lambda _: request.layouts,
        bounds=lambda _: request.bounds,
    )
    with collecting() as collected:
        collected.add_all(_named(found, [name for name, _ in files], say))
        if not collected.heads:
            raise DocumentError("没有读到一份报告，没有生成汇总表", hint="改好表里的问题再试")
        say("生成汇总表")
        stream = io.BytesIO()
        write_summary(stream, collected)
    unread = [{"name": one.file, "message": one.message} for one in collected.unread]
    return {"ok": True, "count": len(collected.heads), "unread": unread}, stream.getvalue()


def _named(
    found: Iterable[Entry | Unread], names: Sequence[str], say: Any
) -> Iterator[Entry | Unread]:
    for number, (one, name) in enumerate(zip(found, names, strict=True), 1):
        say(f"读取 {number}/{len(names)}")
        yield replace(one, file=name)
