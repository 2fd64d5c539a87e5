"""The ledger of adjustments: what each row adds, the sums by line, and the running total."""

from datetime import date
from decimal import Decimal

from perfgen.figures.budget import budget_figures
from perfgen.figures.ledger import ledger_rows, ledger_sums
from perfgen.model.layout import Rules
from perfgen.model.records import Adjustment, BudgetLine

SIGNS = {"上年结转": Decimal(1), "追加": Decimal(1), "追减": Decimal(-1), "调剂": Decimal(1)}
RULES = Rules(
    parents={"基本支出": "总额", "项目支出": "总额", "项目明细": "项目支出"},
    adjustment_signs=SIGNS,
    balanced_types=("调剂",),
)


def row(line, kind, amount, day=None):
    """A row of the ledger; the day is written 06-30."""
    when = date.fromisoformat(f"2023-{day}") if day else None
    return Adjustment(line=line, type=kind, amount=Decimal(amount), day=when)


LINES = [
    BudgetLine(name="总额", kind="总额"),
    BudgetLine(name="基本", kind="基本支出", initial=Decimal(100)),
    BudgetLine(name="项目", kind="项目支出"),
    BudgetLine(name="甲", kind="项目明细", initial=Decimal(60)),
    BudgetLine(name="乙", kind="项目明细", initial=Decimal(40)),
]


def adjusted(*rows):
    """Each line's adjusted budget."""
    return {line.name: line.adjusted for line in budget_figures(LINES, rows, RULES)}


def test_carried_over_and_added_count_up_cut_counts_down_and_moved_goes_by_its_own_sign():
    rows = [
        row("甲", "上年结转", "10"),
        row("甲", "追加", "2.25"),
        row("甲", "追减", "0.25"),
        row("甲", "调剂", "-5"),
        row("乙", "调剂", "5"),
    ]
    assert ledger_sums(rows, SIGNS) == {"甲": 7, "乙": 5}


def test_money_moved_within_one_parent_leaves_the_parent_alone():
    lines = adjusted(row("甲", "调剂", "-20"), row("乙", "调剂", "20"))
    assert lines == {"甲": 40, "乙": 60, "项目": 100, "基本": 100, "总额": 200}


def test_money_moved_between_parents_moves_both_and_the_total_stays():
    lines = adjusted(row("甲", "调剂", "-20"), row("基本", "调剂", "20"))
    assert lines == {"甲": 40, "乙": 40, "项目": 80, "基本": 120, "总额": 200}


def test_one_transfer_may_have_more_than_two_rows():
    lines = adjusted(
        row("甲", "调剂", "-20"), row("乙", "调剂", "12.5"), row("基本", "调剂", "7.5")
    )
    assert lines == {"甲": 40, "乙": Decimal("52.5"), "项目": Decimal("92.5"),
                     "基本": Decimal("107.5"), "总额": 200}  # fmt: skip


def test_rows_come_by_date_with_the_total_of_all_up_to_each():
    rows = ledger_rows(
        [
            row("甲", "追减", "20", "09-15"),
            row("乙", "追加", "1.5"),
            row("甲", "追加", "500", "06-30"),
            row("基本", "调剂", "-30", "06-30"),
        ],
        SIGNS,
    )
    assert [(r.entry.line, r.amount, r.running) for r in rows] == [
        ("甲", 500, 500),
        ("基本", -30, 470),
        ("甲", -20, 450),
        ("乙", Decimal("1.5"), Decimal("451.5")),
    ]


def test_an_empty_ledger_has_no_rows():
    assert ledger_rows([], SIGNS) == ()
