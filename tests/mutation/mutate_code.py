"""Mutation testing (变异测试): small faults put into figures/, model/ and checks/, one at a time.

    make mutation                                     40 of them, chosen by chance
    make mutation COUNT=200 SEED=3 ROOMS="figures"    more, of one room

Each fault goes into a copy of src/; the tests of its room must notice. Which of them run its line
is measured once, at the start: only those are tried, the nearest first. Faults that none notices
are printed: a test is missing there, or the fault changes nothing (then it is named in NO_FAULTS).
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from tests_of_lines import TestsOfLines, measured

ROOT = Path(__file__).parents[2]
ROOMS = {
    "figures": ["tests/figures", "tests/layouts", "tests/properties/test_figures_hold.py"],
    "model": [
        "tests/model",
        "tests/figures",
        "tests/prose",
        "tests/workbook/test_reading.py",
        "tests/layouts/test_loading.py",
        "tests/properties/test_figures_hold.py",
    ],
    "checks": ["tests/checks"],
}
"""The rooms, and the tests that must notice a fault in them."""

NO_FAULTS: dict[str, str] = {
    "src/perfgen/figures/quoting.py 12 → 13": "only how many names are suggested",
    "src/perfgen/figures/judgement.py number < aim → number <= aim": "what slipped is off",
    "src/perfgen/checks/writing/years.py 24 → 25": "how much of a sentence is shown",
    "src/perfgen/checks/writing/plan_years.py len(sentence) <= _SHOWN → len(sentence) < _SHOWN": (
        "how much of a sentence is shown"
    ),
    "src/perfgen/checks/common/numbering.py 32 → 33": "headings are far shorter, or longer",
    "src/perfgen/model/places.py len(text) <= _VALUE_LENGTH → len(text) < _VALUE_LENGTH": (
        "a text of just this length is shown whole either way"
    ),
}
"""Faults that change nothing, as they are printed but for the line: looked at, and told why."""

GUARDS = ("frozen", "slots", "strict", "kw_only", "compare", "repr", "maxsize", "most")
"""Keywords that only stop the careless, or say what is shown or how much is kept or told at once:
right code runs alike without."""

LIMITS = ("MOST_", "_MOST", "_LONGEST")
"""How the names of limits begin that stand far above what any report holds: one more is none."""

MOST_TESTS = 500
"""Tests that are tried, the nearest: some lines, such as lists of words, are run by thousands."""

PATIENCE = 900
"""Seconds for the tests of a line; a fault that makes them hang is noticed, too."""

_OTHER_OPERATOR: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A fault: its module, the lines of its statement, what stood there, and the text with it."""

    module: str
    first: int
    last: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.first} {self.what}"

    @property
    def changes_nothing(self) -> bool:
        """Return whether it is known that the fault changes nothing."""
        return f"{self.module} {self.what}" in NO_FAULTS


Place = tuple[Path, int, int]
"""Where a fault can be put: a module, a node of its tree, and one of the changes there."""


def places_in(file: Path) -> Iterator[Place]:
    """Yield every place of a module where a fault can be put."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    guards = {
        node.value
        for node in ast.walk(tree)
        if (isinstance(node, ast.keyword) and node.arg in GUARDS)
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith(LIMITS))
    }
    for number, node in enumerate(ast.walk(tree)):
        for index, _ in enumerate(changes_of(node) if node not in guards else ()):
            yield file, number, index


def fault_at(place: Place) -> Fault:
    """Return the fault at a place."""
    file, number, index = place
    tree = ast.parse(file.read_text(encoding="utf-8"))
    node = next(islice(ast.walk(tree), number, None))
    first, last = statement_lines(tree, node)
    before = ast.unparse(node)
    list(changes_of(node))[index](node)
    what = f"{before[:60]} → {ast.unparse(node)[:60]}".replace("\n", " ")
    return Fault(file.relative_to(ROOT).as_posix(), first, last, what, ast.unparse(tree))


def statement_lines(tree: ast.Module, node: ast.AST) -> tuple[int, int]:
    """Return the first and last line of a node's statement; its body is not among them."""
    around = [
        statement for statement in ast.walk(tree)
        if isinstance(statement, ast.stmt) and any(inner is node for inner in ast.walk(statement))
    ]  # fmt: skip
    statement = around[-1]  # ast.walk goes from the outside in
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno
    return statement.lineno, max(statement.lineno, last or 0)


def changes_of(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    """Yield what can be changed at a node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _OTHER_OPERATOR:
        yield lambda place: place.ops.__setitem__(0, _OTHER_OPERATOR[type(place.ops[0])]())
    if isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in _OTHER_OPERATOR:
        yield lambda place: setattr(place, "op", _OTHER_OPERATOR[type(place.op)]())
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda place: setattr(place, "value", place.value + 1)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield lambda place: setattr(place, "value", not place.value)
    if isinstance(node, ast.If | ast.IfExp):
        yield lambda place: setattr(place, "test", ast.UnaryOp(ast.Not(), place.test))


def is_noticed(fault: Fault, tests: TestsOfLines, folder: Path) -> bool:
    """Return whether a test fails with a fault in a copy of the source."""
    names = tests.of(fault.module, fault.first, fault.last)[:MOST_TESTS]
    if not names:
        return False
    listed = folder / "tests.txt"
    listed.write_text("\n".join(names), encoding="utf-8")
    place = folder / fault.module
    whole = place.read_text(encoding="utf-8")
    place.write_text(fault.text, encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider",
             f"@{listed}"],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(folder / "src")}, capture_output=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    finally:
        place.write_text(whole, encoding="utf-8")
    return done.returncode != 0


def main() -> int:
    """Try some faults; return 1 where one went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tried = unnoticed = 0
    with tempfile.TemporaryDirectory(prefix="perfgen-mutation-") as name:
        folder = Path(name)
        for needed in ("src", "templates", "inputs"):
            shutil.copytree(ROOT / needed, folder / needed)
        for room in options.rooms:
            tests = measured(ROOT, room, ROOMS[room], folder)
            files = sorted((ROOT / "src/perfgen" / room).rglob("*.py"))
            known = [place for file in files for place in places_in(file)]
            chance = Random(f"{options.seed} {room}")
            share = -(-options.count // len(options.rooms))
            for fault in map(fault_at, chance.sample(known, min(share, len(known)))):
                noticed = is_noticed(fault, tests, folder)
                missed = not noticed and not fault.changes_nothing
                tried, unnoticed = tried + 1, unnoticed + missed
                said = "UNNOTICED" if missed else "noticed" if noticed else "no fault"
                print(f"{said:9} {fault}", flush=True)
    print(f"{tried} faults, {unnoticed} unnoticed")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main())
