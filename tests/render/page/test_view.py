"""Rows are gathered under their labels, wherever the officer put them in the sheet."""

from perfgen.figures.deviation import IndicatorFigures
from perfgen.model.records import Indicator, Task
from perfgen.render.page.view import categories, duties


def _row(category, name):
    return IndicatorFigures(
        indicator=Indicator(name=name, category=category), deviation=None, adverse=None
    )


def test_duties_are_printed_by_number_not_by_text():
    tasks = [Task(duty=f"职能{n}：……", name=f"任务{n}") for n in (10, 11, 12, 1, 2)]
    assert [group.name[:4].rstrip("：…") for group in duties(tasks, "number")] == [
        "职能1", "职能2", "职能10", "职能11", "职能12",
    ]  # fmt: skip


def test_a_duty_without_a_number_keeps_its_place_after_the_numbered_ones():
    tasks = [Task(duty=duty, name="任务") for duty in ("综合管理", "职能2：外贸", "职能1：内贸")]
    assert [group.name for group in duties(tasks, "number")] == [
        "职能1：内贸", "职能2：外贸", "综合管理",
    ]  # fmt: skip


def test_a_layout_may_keep_duties_as_typed():
    tasks = [Task(duty=duty, name="任务") for duty in ("职能2", "职能1")]
    assert [group.name for group in duties(tasks, "typed")] == ["职能2", "职能1"]


def test_tasks_of_one_duty_come_together_in_their_own_order():
    tasks = [Task(duty="甲", name="1"), Task(duty="乙", name="2"), Task(duty="甲", name="3")]
    assert [[task.name for task in group.rows] for group in duties(tasks, "typed")] == [
        ["1", "3"], ["2"],
    ]  # fmt: skip


def test_categories_stand_in_the_layouts_order():
    rows = [_row("履职", "a"), _row("决策", "b"), _row("履职", "c"), _row("别的", "d")]
    groups = categories(rows, ("决策", "过程", "履职"))
    assert [(group.name, len(group.rows)) for group in groups] == [
        ("决策", 1), ("履职", 2), ("别的", 1),
    ]  # fmt: skip
