"""What stands in a row's column: the figure where perfgen computes it, else what was typed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perfgen.figures.columns import exact_ratio, record_of, rows_of, value_of
from perfgen.figures.compute import compute
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.records import (
    Adjustment,
    BudgetLine,
    Fact,
    Fund,
    Indicator,
    OwnRow,
    Project,
    Report,
    ScoreItem,
)  # fmt: skip
from perfgen.model.scoring import ScoreRule, Scoring

RULES = Rules(
    scoring=Scoring(rate_full=Decimal(10), rules={"按比率": ScoreRule(kind="ratio")}),
    adjustment_signs={"追加": Decimal(1)},
)


def number(text):
    return Decimal(text)


@pytest.fixture(scope="module")
def row():
    """The row of a report with one record of each kind."""
    report = Report(
        workbook="自评.xlsx", layout="某市", unit="某局", year=2023, amount_unit="万元",
        day=date(2024, 3, 15),
        budget=(BudgetLine(name="项目支出", initial=number("600"), actual=number("299")),),
        adjustments=(
            Adjustment(line="项目支出", type="追加", amount=number("6"), day=date(2023, 6, 1)),
        ),
        funds=(
            Fund(name="财政", initial=number("600"), actual=number("299")),
            Fund(name="其他", initial=number("600"), adjusted=number("300"), actual=number("299")),
            Fund(name="没有支出", initial=number("600")),
        ),
        projects=(
            Project(
                name="甲项目", department="某局",
                initial={"fiscal": number("600")}, adjusted={"fiscal": number("300")},
                actual={"fiscal": number("299")}, goals=("目标一", "目标二"),
            ),
        ),
        indicators=(
            Indicator(
                name="培训人数", project="甲项目", targets={"full": Target.parse("≥100人")},
                actual=Measure.parse("90人"), weight=number("90"), reason="疫情",
            ),
        ),
        scores=(
            ScoreItem(name="执行率", rule="按比率", full=number("5"), basis=Measure.parse("90%")),
        ),
        own={"expense": (OwnRow(kind="expense", values={"change": number("3")}),)},
    )  # fmt: skip
    figures = compute(report, RULES)

    def find(record, place=0):
        rows = figures.ledger if record == "ledger" else rows_of(record, report, figures)
        return rows[place]

    return find


@pytest.mark.parametrize(
    ("record", "field", "held"),
    [
        ("budget", "adjusted", "606"),
        ("budget", "actual", "299"),
        ("ledger", "amount", "6"),
        ("fund", "initial", "600"),
        ("project", "initial", "600"),
        ("project", "initial.fiscal", "600"),
        ("project", "actual.fiscal", "299"),
        ("project", "mark", "9.97"),
        ("indicator", "mark", "81.00"),
        ("indicator", "weight", "90"),
        ("score", "full", "5"),
        ("score", "score", "4.50"),
        ("expense", "change", "3"),
    ],
)
def test_an_amount_or_mark_is_the_figure(row, record, field, held):
    assert str(value_of(row(record), field)) == held


@pytest.mark.parametrize(
    ("record", "field", "held"),
    [
        ("budget", "name", "项目支出"),
        ("ledger", "type", "追加"),
        ("project", "department", "某局"),
        ("project", "goals", "目标一\n目标二"),
        ("indicator", "reason", "疫情"),
        ("indicator", "target.half", None),
        ("indicator", "no such field", None),
    ],
)
def test_any_other_column_holds_what_was_typed(row, record, field, held):
    assert value_of(row(record), field) == held


def test_targets_results_and_deviations_keep_what_they_are(row):
    assert value_of(row("indicator"), "target.full") == Target.parse("≥100人")
    assert value_of(row("indicator"), "target") == Target.parse("≥100人")
    assert value_of(row("indicator"), "actual") == Measure.parse("90人")
    assert str(value_of(row("indicator"), "deviation").ratio) == "-0.1000"
    assert str(value_of(row("project"), "execution_rate").ratio) == "0.9967"


def test_an_item_of_the_form_holds_its_content_or_its_value():
    assert value_of(Fact(name="编制数", value="50人", content=number("50")), "posts") == 50
    assert value_of(Fact(name="编制数", value="50人"), "posts") == "50人"


def test_what_is_no_row_holds_nothing():
    assert record_of("甲") is None
    assert value_of("甲", "name") is None


@pytest.mark.parametrize(
    ("record", "place", "exact"),
    [
        ("budget", 0, number("299") / number("606")),
        ("fund", 0, number("299") / number("600")),  # no adjusted amount: the initial one
        ("fund", 1, number("299") / number("300")),
        ("project", 0, number("299") / number("300")),
    ],
)
def test_a_rate_is_known_as_it_was_before_it_was_rounded(row, record, place, exact):
    one = row(record, place)
    assert exact_ratio(one, value_of(one, "execution_rate")) == exact


def test_a_rate_that_was_typed_counts_as_typed_and_a_blank_one_not_at_all(row):
    one = row("fund", 1)
    rate = value_of(one, "execution_rate")
    assert exact_ratio(one, replace(rate, ratio=number("0.95"))) == number("0.95")
    assert exact_ratio(row("fund", 2), value_of(row("fund", 2), "execution_rate")) is None
