"""Which tests run a line: only these can notice a fault there, so that no other need run."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

HERE = Path(__file__).parent


@dataclass(frozen=True)
class TestsOfLines:
    """The tests that run each line of a room, and how many lines each test runs."""

    by_line: dict[tuple[str, int], set[str]]
    lines_run: Counter[str]

    def of(self, module: str, first: int, last: int) -> list[str]:
        """Return the tests of some lines: those of the module's own test file first.

        Then come those that run the least, for they are nearest. Lines that run when the module is
        imported belong to every test that runs anything in it.
        """
        found = self._within(module, range(first, last + 1))
        found = found or self._within(module, None)
        mirror = f"/test_{Path(module).stem}"
        return sorted(found, key=lambda test: (mirror not in test, self.lines_run[test], test))

    def _within(self, module: str, lines: range | None) -> set[str]:
        return {
            test
            for (file, line), tests in self.by_line.items()
            if file == module and (lines is None or line in lines)
            for test in tests
        }


def measured(root: Path, room: str, tests: list[str], folder: Path) -> TestsOfLines:
    """Run the tests of a room once, in a copy of the source, and see which lines each one runs."""
    data = folder / f"{room}.coverage"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder / "src"), str(HERE))),
        "COVERAGE_FILE": str(data),
    }
    command = [sys.executable, "-m", "coverage", "run", "--rcfile", os.devnull,
               f"--include={folder}/src/perfgen/{room}/*", "-m", "pytest", "-n", "0", "-q",
               "-p", "naming_tests", "-p", "no:cacheprovider", *tests]  # fmt: skip
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit("the tests fail without any fault:\n" + done.stdout.decode(errors="replace"))
    return _read(data, folder)


def _read(data: Path, folder: Path) -> TestsOfLines:
    seen = CoverageData(basename=str(data))
    seen.read()
    by_line: dict[tuple[str, int], set[str]] = {}
    lines_run: Counter[str] = Counter()
    for file in seen.measured_files():
        module = Path(file).relative_to(folder).as_posix()
        for line, tests in seen.contexts_by_lineno(file).items():
            named = {test for test in tests if test}
            if named:
                by_line[module, line] = named
                lines_run.update(named)
    return TestsOfLines(by_line, lines_run)
