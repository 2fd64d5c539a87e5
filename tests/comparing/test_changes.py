"""What changed between two workbooks, by name: entered, and what follows from it."""

from decimal import Decimal

import pytest

from perfgen.build import load
from perfgen.comparing import compare, take_snapshot
from perfgen.comparing.changes import kind_of
from perfgen.comparing.showing import around, lines_of
from perfgen.keeping.record import snapshot_from_json, snapshot_to_json
from workbooks.make import good_workbook, put


@pytest.fixture
def snapshot(saved):
    """The snapshot of a workbook."""

    def take(book):
        loaded = load(saved(book), say=lambda _: None)
        return take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout)

    return take


@pytest.fixture
def changed(snapshot):
    """The changes from the good workbook to another."""
    before = snapshot(good_workbook())
    return lambda book: compare(before, snapshot(book))


def told(changes):
    return [line.text for line in lines_of(changes)]


def test_the_same_workbook_has_no_changes(changed):
    assert not changed(good_workbook()).any


def test_rows_are_matched_by_name_and_not_by_number(changed, book):
    book["预算信息"].insert_rows(2, 3)
    book["绩效指标"].move_range("A2:J3", rows=4)
    assert not changed(book).any


def test_an_entered_figure_is_told_with_all_that_follows_from_it(changed, book):
    put(book, "预算信息!D6", 500)
    lines = told(changed(book))
    assert lines[0] == "预算信息"
    start = lines.index("  乙项目（预算信息!A6）")
    assert lines[start + 1 : start + 4] == [
        "上年度结转及当年预算追加追减数 空 → 500（+500）",
        "→ 调整预算数 40 → 540（+500）",
        "→ 执行率 98.75% → 7.31%",
    ]
    assert "→ 调整预算数 206 → 706（+500）" in lines  # the total follows too
    typed = [c for row in changed(book).rows for c in row.changes if c.typed]
    assert [(c.header, c.new) for c in typed] == [("上年度结转及当年预算追加追减数", "500")]


def test_large_amounts_have_separators(changed, book):
    put(book, "预算信息!C6", 12430.32)
    assert "年初预算数 40 → 12,430.32（+12,390.32）" in told(changed(book))


def test_a_row_of_the_ledger_is_new_and_moves_its_line(changed, book):
    book["预算调整"].append(("2023-06-30", "苏财预〔2023〕15号", "甲项目", "追加", 10, None))
    changes = changed(book)
    lines = told(changes)
    assert any(
        line.startswith("+ 新增：2023-06-30 苏财预〔2023〕15号 甲项目 追加") for line in lines
    )
    assert "→ 执行率 100.00% → 94.29%" in lines


def test_a_new_row_and_one_that_is_gone(changed, book):
    book["重点任务"].append(("职能2：服务企业", "发放补贴", "已经发放。"))
    book["绩效指标"].delete_rows(2)
    changes = changed(book)
    assert [(kind_of(row), row.entry.name) for row in changes.rows] == [
        ("new", "发放补贴"),
        ("gone", "绩效目标合理性"),
    ]


def test_a_renamed_row_is_told_as_renamed(changed, book):
    put(book, "预算信息!A6", "乙项目（二期）")
    (row,) = changed(book).rows
    assert kind_of(row) == "renamed"
    assert told(changed(book))[1].startswith("~ 改名：乙项目 → 乙项目（二期）")


def test_a_quite_different_name_is_a_new_row_and_a_lost_one(changed, book):
    put(book, "重点任务!B2", "数字化改造")
    put(book, "重点任务!C2", "全部完成，效果良好。")
    assert sorted(kind_of(row) for row in changed(book).rows) == ["gone", "new"]


def test_among_very_many_rows_names_are_not_compared_for_likeness(changed, monkeypatch, book):
    put(book, "预算信息!A6", "乙项目（二期）")
    monkeypatch.setattr("perfgen.comparing.changes._MOST_COMPARED", 10)
    assert sorted(kind_of(row) for row in changed(book).rows) == ["gone", "new"]


def test_a_change_in_the_middle_of_a_long_text_is_cut_on_all_sides():
    text = "各项任务都已完成。" * 40
    old, new = around(text, text[:100] + "甲乙" * 100 + text[200:])
    assert old.startswith("…") and old.endswith("…")
    assert "……" in new and len(new) < 300


def test_long_texts_are_shown_only_where_they_differ(changed, book):
    text = "各项任务都已完成。" * 20
    old, new = around(text, text.replace("完成", "结束", 10)[:150] + text[150:])
    assert len(old) < 100
    assert old.startswith("各项任务都已完成")
    assert "结束" in new


def test_findings_new_and_gone_are_told(changed, book):
    put(book, "预算信息!F6", 80)
    changes = changed(book)
    assert [finding["code"] for finding in changes.found] == ["PG102"]
    assert changes.cured == ()


def test_two_rows_of_one_name_are_told_apart(changed, book):
    book["重点任务"].append(("职能2：服务企业", "走访企业", "又走访一次。"))
    (row,) = changed(book).rows
    assert row.entry.name == "走访企业（2）"


def test_the_difference_of_amounts_is_exact(changed, book):
    put(book, "预算信息!C6", "40.10")
    change = next(c for row in changed(book).rows for c in row.changes if c.typed)
    assert change.difference == Decimal("0.1")


def test_a_snapshot_is_the_same_after_it_was_written_and_read(snapshot, book):
    taken = snapshot(book)
    assert snapshot_from_json(snapshot_to_json(taken)) == taken
