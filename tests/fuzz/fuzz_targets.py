"""What is fuzzed: four readers of what strangers send, each with the files that it starts from."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from perfgen.build import Request, build, load
from perfgen.disclosed.documents import data_of_document
from perfgen.disclosed.filling import report_of_data
from perfgen.disclosed.reading import read_json
from perfgen.errors import PerfgenError
from perfgen.layouts import available_layouts, find_layout, load_layout
from perfgen.layouts.files import read_text
from perfgen.pulling.opening import open_document
from perfgen.pulling.reading import read_document
from perfgen.render.looks import Stylesheet, read_looks
from perfgen.render.page.elements import parse_page
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


def _layout(content: bytes) -> object:
    """A declaration, or behind a line of its own, a style sheet."""
    declaration, mark, style = content.partition(_STYLE_BEGINS)
    home = find_layout("project-self-evaluation")
    with tempfile.TemporaryDirectory(prefix="perfgen-fuzz-") as folder:
        mine = Path(folder, "project-self-evaluation")
        mine.mkdir()
        for file in home.iterdir():
            if file.is_file():
                (mine / file.name).write_bytes(file.read_bytes())
        (mine / "layout.toml").write_bytes(declaration)
        if mark:
            (mine / "report.css").write_bytes(style)
        layout = load_layout(mine)
        texts = (read_text(path) for path in layout.styles)
        sheets = [
            Stylesheet(path.name, text) for path, text in zip(layout.styles, texts, strict=True)
        ]
        looks = read_looks(PAGE, sheets)
        return [looks.of(element) for element in PAGE.body.iter()]


PAGE = parse_page(
    "<html><head><title>甲</title></head><body><h1>标题</h1><p class='note'>文字</p>"
    "<table class='form'><tbody><tr><th>一</th><td>1</td></tr></tbody></table></body></html>"
)
_STYLE_BEGINS = b"\n---- report.css ----\n"


def _layout_seeds() -> Iterator[bytes]:
    home = find_layout("project-self-evaluation")
    declaration = (home / "layout.toml").read_bytes()
    yield declaration
    yield declaration + _STYLE_BEGINS + (home / "report.css").read_bytes()


TARGETS = {
    "workbook": Target(_workbook, _workbook_seeds, ".xlsx"),
    "word": Target(_word, lambda: iter([_documents()["docx"]]), ".docx"),
    "data": Target(_data, lambda: iter([_documents()["pdf"], _documents()["docx"]]), ".pdf"),
    "layout": Target(_layout, _layout_seeds, ".toml"),
}


def read_in_child(name: str, content: bytes) -> str:
    """Read one file; what `fuzz.py` calls in its child process."""
    return outcome(TARGETS[name], content)


def seeds(name: str) -> list[bytes]:
    """Return all files that a target starts from: made here, and kept in the corpus."""
    kept = sorted((CORPUS / name).glob("*")) if (CORPUS / name).is_dir() else []
    return [*TARGETS[name].seeds(), *(file.read_bytes() for file in kept)]
