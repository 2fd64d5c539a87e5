"""From what was typed to tasks: the workbooks, each with its folder's settings and its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from perfgen.asking import request_for
from perfgen.batch.desk import Task
from perfgen.batch.finding import Wanted, destinations, find_workbooks
from perfgen.batch.jobs import Trouble, trouble_of
from perfgen.batch.outcomes import Outcome, failed
from perfgen.build import Request
from perfgen.errors import SettingsError, WorkbookError
from perfgen.settings import OUTPUTS, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options that go into every workbook's request; perfgen.toml of its folder adds to them.

    Each folder's settings are read once.
    """

    output: Path | None
    layout_id: str | None
    layouts: tuple[Path, ...]
    fonts: tuple[Path, ...]
    annexes: tuple[str, ...]
    as_of: date | None
    formats: tuple[str, ...]
    _known: dict[Path, tuple[Request, Settings] | SettingsError] = field(default_factory=dict)

    def of(self, workbook: Path) -> tuple[Request, Settings]:
        """Return what is asked of a workbook. Raises SettingsError."""
        folder = workbook.parent
        if folder not in self._known:
            self._known[folder] = self._read(workbook)
        known = self._known[folder]
        if isinstance(known, SettingsError):
            raise known
        return known

    def home(self, workbook: Path) -> Path:
        """Return the folder of a workbook's documents."""
        try:
            said = None if self.output else self.of(workbook)[1].output
        except SettingsError:  # told when the workbook's turn comes
            said = None
        return self.output or said or Path(OUTPUTS)

    def _read(self, workbook: Path) -> tuple[Request, Settings] | SettingsError:
        try:
            request, settings = request_for(
                workbook, layout_id=self.layout_id, layouts=self.layouts, fonts=self.fonts,
                annexes=self.annexes, as_of=self.as_of,
            )  # fmt: skip
        except SettingsError as error:
            return error
        return replace(request, formats=self.formats), settings


def prepare(
    places: Sequence[Path], wanted: Wanted, asked: Asked
) -> tuple[list[Task], list[Outcome]]:
    """Return the tasks, and the outcomes of workbooks that cannot even be begun.

    Raises WorkbookError where there is no workbook at all.
    """
    homes = {asked.output or Path(OUTPUTS)}
    workbooks = find_workbooks(places, wanted, tuple(homes))
    homes |= {asked.home(path) for path in workbooks}
    workbooks = find_workbooks(places, wanted, tuple(homes))
    if not workbooks:
        raise WorkbookError(
            f"没有找到工作簿：{'、'.join(map(str, places))}",
            hint="写上放工作簿（.xlsx）的文件夹；用了 --include、--exclude 的，检查写法",
        )
    tasks: list[Task] = []
    begun: list[Outcome] = []
    for path, destination in destinations(workbooks, asked.home).items():
        try:
            request, _ = asked.of(path)
        except SettingsError as error:
            begun.append(failed(path, trouble_of(error)))
            continue
        if destination is None:
            begun.append(failed(path, _SAME_NAME))
        else:
            tasks.append(Task(path, request, destination))
    return tasks, begun


_SAME_NAME = Trouble("同一个文件夹里还有只差后缀或大小写的工作簿，报告会互相覆盖", "给其中一个改名")
