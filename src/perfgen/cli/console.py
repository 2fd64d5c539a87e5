"""How perfgen talks: results to stdout, progress and messages to stderr, colour on terminals."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from perfgen.characters import json_escaped, visible
from perfgen.errors import PerfgenError, WorkbookError
from perfgen.model.cells import Problem
from perfgen.model.finding import Finding, Severity

if TYPE_CHECKING:
    from perfgen.checks import Checked
    from perfgen.model.places import Place

_COMMAND = re.compile(r"(?<![\w./-])perfgen(?= [a-z]+)")
_KEY = os.urandom(8).hex()
_STYLED = re.compile(f"\x1b{_KEY}([0-9;]+)m")
"""Our own styles bear a key that no text can know; all other control characters are escaped."""
_CODES = {"red": 31, "green": 32, "yellow": 33, "cyan": 36}
_PLAIN_SIGNS = str.maketrans({"✓": "√", "✗": "×", "›": ">", "│": "|"})

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def wants_colour(stream: TextIO) -> bool:
    """Return whether to colour what goes to `stream`: NO_COLOR, FORCE_COLOR, else a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def command_name() -> str:
    """Return how the officer calls perfgen: as typed, where the launcher says so."""
    return os.environ.get("PERFGEN_COMMAND", "perfgen")


def as_typed(advice: str) -> str:
    """Return advice that names the command as the officer calls it: `./perfgen fonts`."""
    return _COMMAND.sub(command_name(), advice)


def styled(text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
    """Return a text in a colour, bold or dim, for `result` and `note`."""
    codes = [str(_CODES[fg])] if fg else []
    codes += ["1"] * bold + ["2"] * dim
    return f"\x1b{_KEY}{';'.join(codes)}m{text}\x1b{_KEY}0m" if codes else text


def result(text: str = "") -> None:
    """Print a line of the result to stdout."""
    _print(text, sys.stdout)


def note(text: str = "") -> None:
    """Print a line of diagnostics to stderr."""
    _print(text, sys.stderr)


def note_traceback(error: BaseException) -> None:
    """Print an error's traceback to stderr, like any other text."""
    note("".join(traceback.format_exception(error)).rstrip())


def _print(text: str, stream: TextIO) -> None:
    """Print to a terminal: the one place where text leaves. What would steer it is escaped."""
    pieces = _STYLED.split(text)  # texts, with the codes of styles between them
    pieces[::2] = [visible(_fitting(piece, stream)) for piece in pieces[::2]]
    coloured = wants_colour(stream)
    pieces[1::2] = [f"\x1b[{code}m" if coloured else "" for code in pieces[1::2]]
    _echo("".join(pieces), stream, coloured=coloured)


class OutputStopped(Exception):
    """A stream that takes no more text: closed by its reader, or its disk is full."""

    def __init__(self, stream: TextIO, error: OSError) -> None:
        """Keep the stream and the system's own error."""
        super().__init__(str(error))
        self.stream = stream
        self.error = error

    @property
    def reader_is_gone(self) -> bool:
        """Return whether output went to a program that has ended."""
        on_windows = sys.platform == "win32" and self.error.errno == errno.EINVAL
        return isinstance(self.error, BrokenPipeError) or on_windows


def _echo(text: str, stream: TextIO, *, coloured: bool | None = None) -> None:
    try:
        click.echo(text, file=stream, color=coloured)
    except OSError as error:
        raise OutputStopped(stream, error) from error


def _fitting(text: str, stream: TextIO) -> str:
    """The text with signs that the stream's encoding has: GBK lacks ✓, ✗ and ›."""
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN_SIGNS)
    return text


def progress(stage: str) -> None:
    """Print a stage of the work to stderr, on a terminal only."""
    if sys.stderr.isatty() or os.environ.get("FORCE_COLOR"):
        note(styled(f"  {stage} …", dim=True))


def verdict(text: str, *, good: bool) -> None:
    """Print the last line: the verdict, the counts and the files."""
    mark = styled("✓", fg="green") if good else styled("✗", fg="red")
    result(f"{mark} {text}")


def counts(checked: Checked) -> str:
    """Return the counts of the findings in words: 检查：错误 3，提醒 6."""
    return checked.in_words()


def show_finding(
    finding: Finding, workbook: str, *, place: Place | None = None, err: bool = False
) -> None:
    """Print one finding: severity and code, its cell, the row, what is wrong, what to do."""
    show = note if err else result
    head = styled(f"{finding.severity.label}[{finding.code}]", fg=COLOURS[finding.severity])
    where = f"{workbook} › {finding.ref}" if finding.ref else workbook
    show(f"{head} {styled(where, bold=True)}")
    if place:
        show(styled(f"  {place.row} │ ", dim=True) + place.shown(finding.message))
    show(f"  {finding.message}")
    show(f"  建议：{as_typed(finding.hint)}")


def show_error(error: PerfgenError) -> None:
    """Print an error with its advice, and each problem of a workbook with its place."""
    problems, workbook = _problems(error)
    for problem in problems:
        name = problem.ref.workbook if problem.ref else workbook
        place = f"{name} › {problem.where}" if name not in ("", problem.where) else problem.where
        note(f"{styled('错误', fg='red')} {styled(place, bold=True)}")
        note(f"  {problem.message}")
        if problem.hint:
            note(f"  建议：{as_typed(problem.hint)}")
    note(f"{styled('✗', fg='red')} {error.message}")
    if error.hint:
        note(f"  建议：{as_typed(error.hint)}")


def _problems(error: PerfgenError) -> tuple[Sequence[Problem], str]:
    return (error.problems, error.workbook) if isinstance(error, WorkbookError) else ((), "")


def show_json(data: Mapping[str, Any], *, indent: int | None = 2) -> None:
    """Print one JSON document to stdout, its Chinese escaped where the encoding lacks some."""
    unicode = (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")
    document = json.dumps(data, ensure_ascii=not unicode, indent=indent)
    _echo(json_escaped(document), sys.stdout)


def finding_data(finding: Finding, place: Place | None = None) -> dict[str, Any]:
    """Return a finding as JSON data; with the row that it is about, where that is known."""
    ref = finding.ref
    row = (
        {"number": place.row, "name": place.name, "header": place.header, "value": place.value}
        if place
        else None
    )
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "sheet": ref.sheet if ref else None,
        "cell": ref.address if ref else None,
        "row": row,
        "message": finding.message,
        "hint": finding.hint,
    }


def error_data(error: PerfgenError) -> dict[str, Any]:
    """Return an error as JSON data, its problems too."""
    problems: Sequence[Problem] = error.problems if isinstance(error, WorkbookError) else ()
    return {
        "ok": False,
        "error": {"message": error.message, "hint": error.hint},
        "problems": [
            {
                "sheet": problem.ref.sheet if problem.ref else problem.place or None,
                "cell": problem.ref.address if problem.ref else None,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
    }
