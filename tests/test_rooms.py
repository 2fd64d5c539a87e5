"""The house: data flows one way, so a module imports what stands before it, never what comes after.

docs/architecture.md tells the same order in words.
"""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "perfgen"

ORDER = [
    [
        "characters", "foreign_words", "garbage", "watching", "windows_job", "windows_names",
        "model", "scratch",
    ],
    ["errors"],
    ["files", "bounds", "figures", "withholding"],
    ["provenance", "as_of"],
    ["workbook"],
    ["prose"],
    ["layouts", "checks", "carry"],
    ["settings"],
    ["render.attachments", "render.page"],
    ["render.looks", "render.moment"],
    ["render.fonts"],
    ["render.printers"],
    ["render.documents"],
    ["original", "disclosed"],
    ["build"],
    ["asking", "comparing", "summary", "previewing", "trial"],
    ["keeping"],
    ["pulling", "disclosing"],
    ["rebuild", "annotated", "examining"],
    ["batch"],
    ["web"],
    ["cli"],
    ["__main__"],
]  # fmt: skip
"""Rooms from the ground up; those on one floor do not know each other, but for a few below."""

NEIGHBOURS = {
    ("checks", "layouts"), ("carry", "layouts"), ("errors", "model"), ("model", "errors"),
    ("files", "errors"), ("bounds", "windows_job"), ("render.page", "render.attachments"),
}  # fmt: skip
"""Who may look to the same floor (or, for a type's name, one up)."""

FLOOR = {room: number for number, floor in enumerate(ORDER) for room in floor}


def _room(module):
    """The room of a module by its dotted name behind `perfgen.`; None for the package itself."""
    fitting = [room for room in FLOOR if module == room or module.startswith(f"{room}.")]
    return max(fitting, key=len, default=None)


def _imports(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module != "perfgen":
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("perfgen.") for name in names if name.startswith("perfgen."))


FILES = sorted(SOURCE.rglob("*.py"))
MODULES = {
    ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): file
    for file in FILES
}


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"__init__", "render"}))
def test_no_import_runs_up(module):
    room = _room(module)
    assert room, f"{module} 不在任何一层，先在 ORDER 里给它一个位置"
    for imported in _imports(MODULES[module]):
        other = _room(imported)
        if other in (None, room) or (room, other) in NEIGHBOURS:
            continue
        assert FLOOR[other] < FLOOR[room], f"{module} 引用了上面的 {imported}"


CHECKS = ["common", "indicators", "money", "scores", "names", "told", "writing", "persons"]
"""The folders of checks/: each imports from those before it, and from the rules' own machinery."""


@pytest.mark.parametrize("module", sorted(one for one in MODULES if one.startswith("checks.")))
def test_no_rule_imports_from_a_later_folder(module):
    folder = module.split(".")[1]
    if folder not in CHECKS:
        return
    for imported in _imports(MODULES[module]):
        parts = imported.split(".")
        if parts[0] == "checks" and parts[1] in CHECKS:
            later = CHECKS.index(parts[1]) > CHECKS.index(folder)
            assert not later, f"{module} 引用了后面的 {imported}"


def test_no_printer_reads_another():
    printers = SOURCE / "render" / "printers"
    names = {path.stem for path in printers.iterdir() if path.name != "__init__.py"}
    for name in names:
        files = [printers / f"{name}.py", *(printers / name).rglob("*.py")]
        for file in filter(Path.is_file, files):
            for imported in _imports(file):
                other = imported.removeprefix("render.printers.").split(".")[0]
                if imported.startswith("render.printers."):
                    assert other == name, f"{file} 引用了另一个打印机 {imported}"
