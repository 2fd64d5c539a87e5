"""Deep merges: a label spans its neighbours, and ends where one on its left ends."""

from dataclasses import dataclass

from perfgen.render.page.merging import merged


@dataclass
class Row:
    first: str
    second: str = ""
    third: str = ""


def shape(rows, *keys):
    return [[(label.text, label.rows) for label in row.labels] for row in merged(rows, *keys)]


def test_neighbours_of_one_label_are_one_cell():
    rows = [Row("决策"), Row("决策"), Row("过程")]
    assert shape(rows, "first") == [[("决策", 2)], [], [("过程", 1)]]


def test_a_label_ends_where_the_label_on_its_left_ends():
    rows = [Row("产出", "数量"), Row("产出", "质量"), Row("效益", "质量"), Row("效益", "质量")]
    assert shape(rows, "first", "second") == [
        [("产出", 2), ("数量", 1)],
        [("质量", 1)],
        [("效益", 2), ("质量", 2)],
        [],
    ]


def test_three_levels():
    rows = [Row("履职", "职能1", "甲"), Row("履职", "职能1", "甲"), Row("履职", "职能2", "甲")]
    assert shape(rows, "first", "second", "third") == [
        [("履职", 3), ("职能1", 2), ("甲", 2)],
        [],
        [("职能2", 1), ("甲", 1)],
    ]


def test_equal_labels_that_are_no_neighbours_are_two_cells():
    rows = [Row("甲"), Row("乙"), Row("甲")]
    assert shape(rows, "first") == [[("甲", 1)], [("乙", 1)], [("甲", 1)]]


def test_keys_are_paths_through_attributes_and_own_values():
    @dataclass
    class Outer:
        values: dict

    rows = [Outer({"name": "甲"}), Outer({"name": "甲"}), Outer({})]
    assert shape(rows, "values.name") == [[("甲", 2)], [], [("", 1)]]
