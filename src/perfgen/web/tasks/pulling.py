"""Back from Word (写回): what was edited, and a copy of the workbook with what is to be taken."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from perfgen.errors import DocumentError
from perfgen.garbage import undisturbed
from perfgen.pulling.changes import Change, Left
from perfgen.pulling.pull import pull, readable_copy
from perfgen.pulling.reading import read_document
from perfgen.web.tasks.telling import saying


@undisturbed()
def origin(content: bytes, name: str, progress: Path) -> str:
    """Return by which content of a workbook a Word file was printed: its hash.

    Raises DocumentError where perfgen did not print it.
    """
    saying(progress)(f"读取 {name}")
    document = read_document(content, name)
    known = document.original.origin.input if document.original else ""
    found = known or document.properties.get("input", "")
    if not found:
        raise DocumentError(
            f"{name} 不是 perfgen 生成的 Word 文件",
            hint="由 perfgen 生成、在 Word 里改过的才能写回",
        )
    return found


@undisturbed()
def edits(
    document: Path, workbook: Path, layouts: tuple[Path, ...], progress: Path
) -> dict[str, Any]:
    """Return what was edited in a Word file: what may be taken, and what is left, with reasons."""
    pulled = pull(document, workbook, layout_id=None, layouts=layouts, say=saying(progress))
    return {
        "ok": True,
        "changes": [
            _change_data(number, change) for number, change in enumerate(pulled.placed.changes)
        ],
        "left": [_left_data(one) for one in pulled.placed.left],
        "already": [str(ref) for ref in pulled.placed.already],
        "notices": list(pulled.notices),
        "others": [{"words": str(one), "where": list(one.where)} for one in pulled.others],
    }


@undisturbed()
def take(
    document: Path,
    workbook: Path,
    layouts: tuple[Path, ...],
    taken: Collection[int],
    progress: Path,
) -> tuple[dict[str, Any], bytes]:
    """Return a copy of the workbook with the changes that were taken, by their numbers."""
    say = saying(progress)
    pulled = pull(document, workbook, layout_id=None, layouts=layouts, say=say)
    changes = [one for number, one in enumerate(pulled.placed.changes) if number in taken]
    copy = readable_copy(pulled, changes, layouts, say)
    data = {
        "ok": True,
        "taken": [str(ref) for change in copy.changes for ref in change.refs],
        "refused": [_left_data(one) for one in copy.refused],
        "problems": [
            {"where": one.where, "message": one.message, "hint": one.hint} for one in copy.problems
        ],
    }
    return data, copy.content


def _change_data(number: int, change: Change) -> dict[str, Any]:
    return {
        "number": number,
        "cells": [str(ref) for ref in change.refs],
        "old": change.old,
        "new": change.new,
        "asks": [one.value for one in change.asks],
        "notes": list(change.notes),
        "group": change.group,
    }


def _left_data(left: Left) -> dict[str, Any]:
    where = str(left.ref) if left.ref else left.where
    return {"where": where, "old": left.old, "new": left.new, "why": left.why}
