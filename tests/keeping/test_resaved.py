"""A Word file that was only opened and saved in Word is none that somebody altered."""

import re

import pytest

from keeping.word_saving import saved_by_word
from perfgen.keeping.aside import same_content
from pulling.officer_files import built, make_workbook
from pulling.word_hand import COUNTED, KEPT_ONLY


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The Word file as it was written."""
    folder = tmp_path_factory.mktemp("written")
    make_workbook().save(folder / "自评.xlsx")
    return (built(folder / "自评.xlsx") / "自评.docx").read_bytes()


def test_a_file_that_word_only_saved_is_the_same(written):
    saved = saved_by_word(written)
    assert saved != written
    assert same_content(written, saved)


BROKEN = {"not a Word file any more", "empty"}
EDITS = {name: change for name, (change, _) in COUNTED.items()} | {
    name: change for name, change in KEPT_ONLY.items() if name not in BROKEN
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_seen_through_all_that_word_writes(written, edit):
    assert not same_content(written, saved_by_word(EDITS[edit](written)))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", r"已经印发。", "已经印发！"),
        ("word/document.xml", r"w:top=\"\d+\" w:right", 'w:top="99" w:right'),
        ("word/document.xml", r"<w:vMerge w:val=\"restart\"/>", ""),
        ("word/document.xml", r"<w:gridCol w:w=\"\d+\"/>", '<w:gridCol w:w="99"/>'),
        ("word/styles.xml", r"<w:jc w:val=\"center\"/>", '<w:jc w:val="right"/>'),
        ("word/settings.xml", r"<w:evenAndOddHeaders/>", ""),
        ("word/footer1.xml", r"<w:jc [^>]*>|—", "x"),
        ("word/theme/theme1.xml", r"name=\"[^\"]+\"", 'name="x"'),
        ("docProps/core.xml", r"<dc:title>[^<]*", "<dc:title>新题目"),
    ],
)
def test_a_change_of_any_part_is_seen(written, part, old, new):
    changed = saved_by_word(
        written, lambda name, text: re.sub(old, new, text, count=1) if name == part else text
    )
    unchanged = saved_by_word(written)
    assert changed != unchanged, "the part says nothing of this"
    assert not same_content(written, changed)
