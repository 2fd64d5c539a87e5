"""What is fuzzed: four readers of what strangers send, each with the files that it starts from."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from fuzz_layouts import FILES, layout_mutated, layout_seeds, unbundled
from fuzz_mutations import mutated

from perfgen.build import Request, build, load, silent
from perfgen.disclosed.documents import data_of_document
from perfgen.disclosed.filling import report_of_data
from perfgen.disclosed.reading import read_json
from perfgen.errors import PerfgenError
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.pulling.opening import open_document
from perfgen.pulling.reading import read_document
from perfgen.render.documents import print_documents
from perfgen.trial.checking import made_up
from perfgen.workbook.opening import WorkbookFile
from workbooks.make import as_bytes, good_workbook

INPUTS = Path(__file__).parents[2] / "inputs"
CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Target:
    """A reader: what it does with a file's bytes, and the files to start from.

    Whatever comes, it ends, or raises a PerfgenError.
    """

    read: Callable[[bytes], object]
    seeds: Callable[[], Iterator[bytes]]
    suffix: str
    mutated: Callable[[bytes, Random], bytes] = mutated


def outcome(target: Target, content: bytes) -> str:
    """Return `read`, or the Chinese sentence of a refusal. Any other error is raised."""
    try:
        target.read(content)
    except PerfgenError as error:
        if not any("\u4e00" <= char <= "\u9fff" for char in error.message):
            raise AssertionError(f"not Chinese: {error.message}") from error
        return error.message
    return "read"


@cache
def _documents() -> dict[str, bytes]:
    workbook = WorkbookFile("自评.xlsx", as_bytes(good_workbook()))
    return dict(build(workbook, Request(formats=("docx", "pdf"))).documents)


def _workbook(content: bytes) -> object:
    return load(WorkbookFile("自评.xlsx", content))


def _workbook_seeds() -> Iterator[bytes]:
    yield as_bytes(good_workbook())
    yield (INPUTS / "suzhou-commerce-2023.xlsx").read_bytes()


def _word(content: bytes) -> object:
    return _through_file(content, "自评.docx", lambda path: read_document(open_document(path)))


def _data(content: bytes) -> object:
    def read(path: Path) -> object:
        data = read_json(data_of_document(path), path.name)
        folder = available_layouts().get(data["layout"]["id"])
        return report_of_data(data, load_layout(folder), path.name) if folder else None

    return _through_file(content, "自评.pdf", read)


def _through_file(content: bytes, name: str, read: Callable[[Path], object]) -> object:
    with tempfile.TemporaryDirectory(prefix="perfgen-fuzz-") as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return read(path)


LAYOUTS = ("suzhou-targets", "hitech-performance-text", "project-self-evaluation")


def _layout(content: bytes) -> object:
    """A declaration, a template and a style sheet, tried as `perfgen layouts check` tries them."""
    named = next((name for name in LAYOUTS if f'id = "{name}"'.encode() in content), LAYOUTS[0])
    home = find_layout(named)
    with tempfile.TemporaryDirectory(prefix="perfgen-fuzz-") as folder:
        mine = Path(folder, home.name)
        mine.mkdir()
        files = {name: (home / name).read_bytes() for name in FILES} | unbundled(content)
        for name, part in files.items():
            (mine / name).write_bytes(part)
        layout = load_layout(mine)
        page = made_up(layout)[1]
        return print_documents(page.plain, layout, formats=("docx", "pdf"), fonts=(), say=silent)


TARGETS = {
    "workbook": Target(_workbook, _workbook_seeds, ".xlsx"),
    "word": Target(_word, lambda: iter([_documents()["docx"]]), ".docx"),
    "data": Target(_data, lambda: iter([_documents()["pdf"], _documents()["docx"]]), ".pdf"),
    "layout": Target(
        _layout, lambda: layout_seeds(tuple(map(find_layout, LAYOUTS))), ".toml", layout_mutated
    ),
}


def read_in_child(name: str, content: bytes) -> str:
    """Read one file; what `fuzz.py` calls in its child process."""
    return outcome(TARGETS[name], content)


def seeds(name: str) -> list[bytes]:
    """Return all files that a target starts from: made here, and kept in the corpus."""
    kept = sorted((CORPUS / name).glob("*")) if (CORPUS / name).is_dir() else []
    return [*TARGETS[name].seeds(), *(file.read_bytes() for file in kept)]
