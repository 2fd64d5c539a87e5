"""All that is wrong in a layout, said at once (一次说完)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from perfgen.errors import LayoutError, PerfgenError

MOST_TOLD = 30
"""Faults that one message lists; `layouts check` lists them all."""


@dataclass(slots=True)
class Faults:
    """Keeps what is wrong, part by part, and raises it together."""

    found: list[LayoutError] = field(default_factory=list)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Go on behind this part, whatever is wrong in it."""
        try:
            yield
        except LayoutError as error:
            self.found += error.faults or (error,)

    def note(self, error: PerfgenError) -> None:
        """Keep one fault and go on."""
        with self.noted():
            raise error

    def raise_all(self) -> None:
        """Raise what was noted: the one fault, or one error that lists them."""
        if not self.found:
            return
        if len(self.found) == 1:
            raise self.found[0]
        told = [fault.message for fault in self.found[:MOST_TOLD]]
        more = len(self.found) - len(told)
        rest = f"\n    另有 {more} 处" if more else ""
        raise LayoutError(
            f"版式有 {len(self.found)} 处不对：\n    " + "\n    ".join(told) + rest,
            hint=self.found[0].hint,
            faults=self.found,
        )
