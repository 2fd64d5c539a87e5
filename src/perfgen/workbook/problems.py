"""What one pass over a workbook finds wrong, or reads in another way than it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgen.model.cells import CellRef, Notice, Problem


@dataclass(slots=True)
class Reading:
    """What one pass over a workbook collects: every problem, in the order of the cells."""

    workbook: str
    amount_unit: str = "万元"
    year: int = 0
    notices: list[Notice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _known: set[Problem] = field(default_factory=set)

    def problem(self, message: str, hint: str = "", *, ref: CellRef | None = None,
                place: str = "") -> None:  # fmt: skip
        """Note one problem, once: a label over many rows is wrong in one cell."""
        found = Problem(message, hint, ref, place)
        if found not in self._known:
            self._known.add(found)
            self.problems.append(found)

    def notice(self, message: str, hint: str, ref: CellRef, *, grave: bool = False) -> None:
        """Note, once, that something was read in another way than it stands."""
        found = Notice(message, hint, str(ref), ref, grave)
        if found not in self.notices:
            self.notices.append(found)
