"""The errors that perfgen itself raises. Each is a sentence for the officer, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfgen.model.cells import Problem


class PerfgenError(Exception):
    """What stops a command: `message` says what is wrong, `hint` what to do about it."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        """Keep the sentence and, where there is one, the advice."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class LayoutError(PerfgenError):
    """A layout folder that cannot be used: the message names the file and the key.

    `faults` are the single ones where it tells of several; `file` and `key` are those of one.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        faults: Sequence[LayoutError] = (),
        file: str = "",
        key: str = "",
    ) -> None:
        """Keep the sentence, its place in the layout, and the faults that it sums up."""
        super().__init__(message, hint=hint)
        self.faults = tuple(faults)
        self.file = file
        self.key = key


class SettingsError(PerfgenError):
    """A perfgen.toml that cannot be used: the message names the file and the key."""


class FontError(PerfgenError):
    """No font for a role, or a character that no font has."""


class PageError(PerfgenError):
    """A template that fails, or a page that holds what the printers do not know."""


class PrintFault(PageError):
    """An element of the page that a printer cannot print.

    `texts` are its words, a text for each cell or paragraph, by which a caller may find the cells
    of a workbook that they came from.
    """

    def __init__(self, message: str, texts: Sequence[str] = ()) -> None:
        """Keep the sentence and the element's words."""
        super().__init__(message)
        self.texts = tuple(texts)


class WorkbookError(PerfgenError):
    """A workbook that cannot be opened at all, or whose contents cannot be read.

    `problems` lists everything that is wrong, each with its sheet and cell.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        problems: Sequence[Problem] = (),
        workbook: str = "",
    ) -> None:
        """Keep the sentence, the list of problems and the workbook's file name."""
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)
        self.workbook = workbook


class DocumentError(PerfgenError):
    """A Word file that cannot be read back: no Word file, not perfgen's, or of another layout."""


class OutputError(PerfgenError):
    """A document that cannot be written, for instance because it is open in Word."""
