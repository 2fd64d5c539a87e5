"""The budget table: totals, adjustments, adjusted budgets and execution rates (DESIGN, 3)."""

from decimal import Decimal

import pytest

from perfgen.figures.budget import budget_figures
from perfgen.figures.rates import RateState, execution_rate
from perfgen.model.layout import Rules
from perfgen.model.records import Adjustment, BudgetLine

RULES = Rules(
    parents={"基本支出": "总额", "项目支出": "总额", "项目明细": "项目支出"},
    adjustment_signs={"上年结转": Decimal(1), "追加": Decimal(1), "追减": Decimal(-1)},
)
KINDS = {"总": "总额", "基": "基本支出", "项": "项目支出"}


def number(text):
    return None if text == "" else Decimal(text)


def table(text):
    """Budget lines: `name initial adjustment actual`, `.` for a blank; most are 项目明细."""
    rows = []
    for row in text.split("\n"):
        if row.strip():
            name, *amounts = row.split()
            initial, adjustment, actual = (number("" if a == "." else a) for a in amounts)
            rows.append(
                BudgetLine(
                    name=name,
                    kind=KINDS.get(name[0], "项目明细"),
                    initial=initial,
                    adjustment=adjustment,
                    actual=actual,
                )
            )
    return rows


def ledger(*rows):
    return [Adjustment(line=line, type=kind, amount=Decimal(amount)) for line, kind, amount in rows]


def computed(text, entries=(), rules=RULES):
    return {line.name: line for line in budget_figures(table(text), ledger(*entries), rules)}


# --- rates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "adjusted", "ratio"),
    [
        ("51124.43", "51621.82", "0.9904"),
        ("14.21", "26", "0.5465"),  # 54.6538…
        ("10999.84", "11000", "1.0000"),  # 99.9985… prints 100.00%
        ("0", "100", "0.0000"),
        ("99.045", "100", "0.9905"),  # a half goes up
        ("99.0449999", "100", "0.9904"),
        ("-1", "100", "-0.0100"),
        ("120", "100", "1.2000"),
        ("1", "3", "0.3333"),
    ],
)
def test_the_rate_is_actual_over_adjusted_rounded_half_up(actual, adjusted, ratio):
    rate = execution_rate(Decimal(actual), Decimal(adjusted))
    assert (rate.state, str(rate.ratio)) == (RateState.VALUE, ratio)


@pytest.mark.parametrize(
    ("actual", "adjusted", "state"),
    [
        ("0", "0", RateState.BLANK),
        ("0", "0.00", RateState.BLANK),
        ("0", "", RateState.BLANK),
        ("12.5", "0", RateState.UNDEFINED),
        ("12.5", "", RateState.UNDEFINED),
        ("", "100", RateState.BLANK),
        ("", "0", RateState.BLANK),
        ("", "", RateState.BLANK),
    ],
)
def test_without_a_budget_or_a_result_there_is_no_rate(actual, adjusted, state):
    rate = execution_rate(number(actual), number(adjusted))
    assert (rate.state, rate.ratio) == (state, None)


def test_a_layout_may_count_a_blank_result_as_zero():
    assert execution_rate(None, Decimal(100), blank_is_zero=True).ratio == 0
    for adjusted in (None, Decimal(0)):
        assert execution_rate(None, adjusted, blank_is_zero=True).state is RateState.BLANK


def test_a_layout_may_ask_for_more_decimals():
    assert str(execution_rate(Decimal(1), Decimal(3), decimals=4).ratio) == "0.333333"


# --- totals --------------------------------------------------------------------------------------

TREE = """
    总额   .   .   .
    基本   100 .   95
    项目   .   .   .
    甲     60  6   66
    乙     40  .   39.5
"""


def test_blank_totals_are_the_sums_of_their_parts_through_all_levels():
    lines = computed(TREE)
    assert (lines["项目"].initial, lines["项目"].adjustment) == (100, 6)
    assert (lines["总额"].initial, lines["总额"].adjustment) == (200, 6)
    assert (lines["总额"].adjusted, lines["总额"].actual) == (206, Decimal("200.5"))
    assert str(lines["总额"].execution_rate.ratio) == "0.9733"


def test_levels_and_parts_follow_the_kinds():
    lines = computed(TREE)
    assert [line.level for line in lines.values()] == [0, 1, 1, 2, 2]
    assert [part.name for part in lines["总额"].parts] == ["基本", "项目"]
    assert [part.name for part in lines["项目"].parts] == ["甲", "乙"]


def test_a_given_total_is_kept_column_by_column():
    lines = computed(TREE.replace("项目   .   .   .", "项目   .   33170.25   45463.27"))
    project = lines["项目"]
    assert (project.initial, project.adjustment) == (100, Decimal("33170.25"))
    assert project.adjusted == Decimal("33270.25")
    assert lines["总额"].actual == Decimal("45558.27")


def test_a_total_given_as_zero_is_given():
    assert computed(TREE.replace("项目   .   .   .", "项目   0   .   ."))["项目"].initial == 0


def test_a_total_with_no_amount_below_stays_blank():
    lines = computed("总 . . .\n基 . . .\n项 . . .\n甲 . . .")
    assert all(line.initial is line.adjusted is line.actual is None for line in lines.values())


def test_an_adjusted_budget_is_initial_plus_adjustment():
    lines = computed("甲 40 67.33 .\n乙 . 8 .\n丙 40 . .\n丁 40 -40 .\n戊 . . .")
    assert [line.adjusted for line in lines.values()] == [Decimal("107.33"), 8, 40, 0, None]


@pytest.mark.parametrize(
    "order", [[4, 3, 2, 1, 0], [1, 2, 3, 4, 0], [3, 4, 0, 1, 2], [0, 2, 4, 1, 3]]
)
def test_sorted_and_shuffled_rows_give_the_same_totals(order):
    rows = [row for row in TREE.split("\n") if row.strip()]
    lines = computed("\n".join(rows[place] for place in order))
    usual = computed(TREE)
    assert {name: line.adjusted for name, line in lines.items()} == {
        name: line.adjusted for name, line in usual.items()
    }


def test_two_groups_of_projects_each_sum_their_own():
    lines = computed("总 . . .\n项一 . . .\n甲 10 . 9\n乙 20 . 19\n项二 . . .\n丙 30 . 29")
    assert [lines[name].initial for name in ("项一", "项二", "总")] == [30, 30, 60]


def test_two_lines_of_one_name_both_count():
    lines = budget_figures(table("项 . . .\n甲 10 . 9\n甲 10 . 9"), [], RULES)
    assert lines[0].initial == 20


def test_a_layout_without_parents_has_a_flat_table():
    lines = computed(TREE, rules=Rules())
    assert [line.level for line in lines.values()] == [0] * 5
    assert lines["总额"].initial is None


# --- the ledger ----------------------------------------------------------------------------------


def test_the_ledger_gives_the_adjustments_by_name_and_sign():
    lines = computed(
        TREE.replace("甲     60  6", "甲     60  ."),
        [("甲", "上年结转", "10"), ("甲", "追加", "2.25"), ("甲", "追减", "0.25")],
    )
    assert (lines["甲"].adjustment, lines["甲"].adjusted) == (12, 72)
    assert lines["乙"].adjustment is None
    assert (lines["项目"].adjustment, lines["总额"].adjustment) == (12, 12)


def test_where_the_ledger_has_rows_typed_adjustments_do_not_count():
    lines = computed(TREE, [("乙", "追减", "5")])
    assert (lines["甲"].adjusted, lines["乙"].adjusted) == (60, 35)


def test_an_adjustment_of_a_total_comes_on_top_of_those_of_its_parts():
    lines = computed(TREE, [("甲", "追加", "6"), ("项目", "追加", "5"), ("基本", "追加", "33")])
    assert (lines["项目"].adjustment, lines["总额"].adjustment) == (11, 44)


def test_an_empty_ledger_leaves_typed_adjustments_alone():
    assert computed(TREE, [])["甲"].adjusted == 66


# --- the whole written twice ---------------------------------------------------------------------


@pytest.mark.parametrize("place", [1, 2, 5])
@pytest.mark.parametrize("typed", [". . .", "100 . 90"])
def test_a_second_line_of_the_whole_is_the_same_total(place, typed):
    rows = ["总额 . . .", "基本支出 40 . 38", "项目支出 . . .", "甲 50 . 45", "乙 10 . 7"]
    rows.insert(place, f"总合计 {typed}")
    lines = computed("\n".join(rows))
    again = lines["总合计"]
    assert again.again
    assert [part.name for part in again.parts] == ["基本支出", "项目支出"]
    assert (again.initial, again.actual) == (Decimal(100), Decimal(90))
    assert lines["总额"].initial == Decimal(100)
    assert not lines["总额"].again


def test_two_budgets_in_one_table_have_a_total_each():
    lines = computed("总额甲 . . .\n基甲 40 . .\n总额乙 . . .\n基乙 5 . .")
    assert (lines["总额甲"].initial, lines["总额乙"].initial) == (Decimal(40), Decimal(5))
    assert not lines["总额乙"].again
