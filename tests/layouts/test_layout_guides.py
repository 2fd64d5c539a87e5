"""A technician who follows docs/添加版式.md or docs/adding-a-layout.md has a layout that works."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from layouts.layout_guide import steps
from perfgen.figures.formulas.parsing import FUNCTIONS
from perfgen.layouts.scoring import read_scoring
from perfgen.model.layout import KINDS, Printing, Rules
from perfgen.model.roles import ROLES
from perfgen.model.scoring import SCORE_RULES
from perfgen.render.page.filters import template_filters
from perfgen.render.page.view import template_context
from render.printers.word.docx_reading import Document

PROJECT = Path(__file__).resolve().parents[2]
GUIDES = [PROJECT / "docs" / name for name in ("添加版式.md", "adding-a-layout.md")]


@pytest.fixture(scope="module", params=GUIDES, ids=["chinese", "english"])
def followed(request, tmp_path_factory):
    """The folder in which a guide was followed from its first line to its last."""
    from perfgen import cli  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("guide")
    shutil.copy(PROJECT / "inputs/suzhou-commerce-2023.xlsx", folder / "苏州.xlsx")
    layout = folder / "layouts" / "wuxi-self-evaluation"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for step in steps(request.param):
            if step.command:
                assert step.command[0] == "perfgen"
                assert cli.run(step.command[1:]) == 0, step.command
            else:
                text = (layout / step.file).read_text("utf-8")
                assert text.count(step.before) == 1, f"{step.file}: {step.before}"
                changed = text.replace(step.before, step.after)
                (layout / step.file).write_text(changed, encoding="utf-8")
    return folder


def test_the_fill_in_workbook_has_the_new_column(followed):
    sheet = openpyxl.load_workbook(followed / "自评.xlsx")["预算信息"]
    assert [cell.value for cell in sheet[1]][-1] == "经办处室"


def test_the_documents_have_the_new_title_the_new_column_and_the_new_rule(followed):
    texts = list(Document((followed / "试印" / "苏州.docx").read_bytes()).texts())
    joined = "\n".join(texts)
    assert "无锡市市级部门" in joined
    assert "苏州市市级预算部门" not in joined
    assert "经办处室" in texts
    assert "99.0%" in texts
    assert (followed / "试印" / "苏州.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("guide", GUIDES, ids=["chinese", "english"])
def test_a_guide_names_everything_that_a_layout_may_use(guide, suzhou, read, book):
    text = guide.read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert set(KINDS) <= named
    assert set(ROLES) <= named
    assert set(SCORE_RULES) <= named
    assert set(template_filters(Rules(), "万元")) <= named
    for key in ("cell", "formula", "blanks", "over_zero", "sum", "private", "print"):
        assert re.search(rf"`[^`]*\b{key}\b", text), key
    assert set(Printing.__dataclass_fields__) <= named
    for name, _, _ in FUNCTIONS.values():
        assert name in text, name
    assert set(Rules.__dataclass_fields__) - {"scoring"} <= named
    report = read(book)
    from perfgen.figures import compute  # noqa: PLC0415

    assert set(template_context(report, compute(report, suzhou.rules), suzhou)) <= named
    for record, fields in ROLES.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{record}`"))
        for field in fields - {"extra"}:
            assert re.search(rf"\b{field}\b", row), f"{record}.{field}"


def test_a_guide_names_every_setting_of_scoring():
    class Listening:
        """Stands for the keys of `[scoring]` and hears which are asked for."""

        def __init__(self):
            self.heard = []

        def __getattr__(self, kind):
            def take(key, default=None, *rest):
                self.heard.append(key)
                table = kind == "table"
                if table:
                    return Listening()
                return {"whole": 2, "tables": [], "texts": (), "choice": "reached",
                        "text_map": {}, "number_map": {}}.get(kind)  # fmt: skip

            return (lambda *_: None) if kind == "done" else take

    keys = Listening()
    read_scoring(keys)
    for guide in GUIDES:
        text = guide.read_text("utf-8")
        for key in keys.heard:
            assert f"`{key}`" in text, key
