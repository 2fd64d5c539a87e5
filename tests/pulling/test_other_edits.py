"""What was put into a Word file besides words: all of it is counted and named, nothing else is."""

import pytest

from office import needs_office
from perfgen.build import Request, load, print_report
from perfgen.pulling import edited_paragraphs, other_edits
from pulling.test_placing import SAMPLES
from pulling.word_hand import COUNTED, KEPT_ONLY, SAME
from pulling.writer import Writer


@pytest.fixture(scope="session")
def written(officer):
    """The Word file as it was written."""
    return (officer / "自评.docx").read_bytes()


@pytest.mark.parametrize("edit", COUNTED)
def test_what_was_put_in_is_counted_and_named(written, edit):
    change, said = COUNTED[edit]
    assert other_edits(change(written), written) == [said]


@pytest.mark.parametrize(
    "edit", [name for name in COUNTED if name not in ("header", "footer", "link")]
)
def test_it_is_named_where_nobody_knows_what_was_written(written, edit):
    change, said = COUNTED[edit]
    assert other_edits(change(written), None) == [said]


@pytest.mark.parametrize("edit", {**SAME, **KEPT_ONLY})
def test_nothing_is_named_where_nothing_of_this_was_put_in(written, edit):
    changed = {**SAME, **KEPT_ONLY}[edit](written)
    assert other_edits(changed, written) == []


def test_several_kinds_are_named_in_order(written):
    changed = written
    for edit in ("pictures", "footnotes", "comments", "struck out"):
        changed = COUNTED[edit][0](changed)
    assert other_edits(changed, written) == ["3条批注", "12个脚注", "2张图片", "1处删除线"]
    assert edited_paragraphs(changed) == []


def test_what_was_taken_out_is_named(written):
    changed = COUNTED["pictures"][0](written)
    assert other_edits(written, changed) == ["少了2张图片"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_perfgen_prints_holds_nothing_of_this(sample):
    printed = print_report(load(sample), Request(formats=("docx",)))
    assert other_edits(printed.contents["docx"], None) == []


# --- through an office program -------------------------------------------------------------------

KEPT_BY_OFFICE = (
    "comments", "footnotes", "endnotes", "text box", "pictures", "struck out", "hidden", "bold",
    "underlined", "red", "highlighted", "header", "footer", "link",
)  # fmt: skip
"""What LibreOffice keeps of what was put in, when it saves the file."""


@pytest.fixture(scope="module")
def saved_by_office(written, tmp_path_factory):
    """The Word file and the edited ones, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    writer = Writer(folder)
    changes = {name: COUNTED[name][0] for name in KEPT_BY_OFFICE} | {"nothing": lambda data: data}
    for name, change in changes.items():
        (folder / f"{name}-edited.docx").write_bytes(change(written))
        writer.document(folder / f"{name}-edited.docx", name)
    return {name: file.read_bytes() for name, file in writer.run().items()}


@needs_office
@pytest.mark.parametrize("edit", KEPT_BY_OFFICE)
def test_what_was_put_in_is_named_after_an_office_program_saved_it(saved_by_office, written, edit):
    assert other_edits(saved_by_office[edit], written) == [COUNTED[edit][1]]


@needs_office
def test_what_was_only_opened_and_saved_holds_nothing_new(saved_by_office, written):
    assert other_edits(saved_by_office["nothing"], written) == []
    assert edited_paragraphs(saved_by_office["nothing"]) == []
