"""Figures against a second statement of each rule, in fractions and whole numbers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st
from settings_for_hypothesis import examples

from perfgen.figures.budget import budget_figures
from perfgen.figures.deviation import adverse, deviation
from perfgen.figures.rates import RateState, execution_rate
from perfgen.model.layout import Rules
from perfgen.model.measure import Measure, Target
from perfgen.model.numbers import fixed, half_up, plain
from perfgen.model.records import Adjustment, BudgetLine

AMOUNTS = st.decimals(-(10**9), 10**9, places=2) | st.just(Decimal(0))
MAYBE = st.none() | AMOUNTS
RULES = Rules(
    parents={"基本支出": "总额", "项目支出": "总额", "项目明细": "项目支出"},
    adjustment_signs={"追加": Decimal(1), "追减": Decimal(-1)},
)


def rounded(value: Fraction, places: int) -> Fraction:
    """Half-up, away from zero: in whole numbers alone."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    return Fraction(whole if value >= 0 else -whole, 10**places)


@examples(150)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(0, 5))
def test_rounding_is_half_up(value, places):
    assert Fraction(half_up(value, places)) == rounded(Fraction(value), places)


@examples(60)
@given(st.integers(-(10**40), 10**40), st.integers(0, 8), st.integers(0, 5))
@example(10**60 - 1, 0, 0)
@example(1 - 10**70, 0, 3)
def test_a_tie_is_rounded_away_from_zero_however_many_digits_stand_before_it(whole, more, places):
    """Ties, in numbers of up to forty-eight digits: precision must not run out."""
    value = Decimal(whole).scaleb(more) + Decimal(5).scaleb(-places - 1)
    assert Fraction(half_up(value, places)) == rounded(Fraction(value), places)


@examples(100)
@given(AMOUNTS, st.integers(0, 4))
def test_what_is_printed_is_what_was_rounded(value, places):
    text = fixed(value, places)
    assert Fraction(text) == rounded(Fraction(value), places)
    assert text != "-" + text.lstrip("-") or Fraction(text) != 0
    assert Fraction(plain(value)) == Fraction(value)


@examples(150)
@given(MAYBE, MAYBE, st.integers(0, 4))
def test_an_execution_rate_is_actual_by_adjusted(actual, adjusted, places):
    rate = execution_rate(actual, adjusted, decimals=places)
    if actual is None or (not adjusted and actual == 0):
        assert rate.state is RateState.BLANK
    elif not adjusted:
        assert rate.state is RateState.UNDEFINED
    else:
        assert rate.state is RateState.VALUE and rate.ratio is not None
        exact = Fraction(actual) / Fraction(adjusted)
        assert Fraction(rate.ratio) == rounded(exact, places + 2)


# --- the budget's tree ---------------------------------------------------------------------------


@st.composite
def budgets(draw):
    """A total, basic and project spending, and projects, any amount of which may be blank."""

    def line(name, kind):
        return BudgetLine(
            name=name, kind=kind, initial=draw(MAYBE), adjustment=draw(MAYBE), actual=draw(MAYBE)
        )

    projects = [line(f"项目{n}", "项目明细") for n in range(draw(st.integers(0, 4)))]
    lines = [line("总计", "总额"), line("基本", "基本支出"), line("项目", "项目支出"), *projects]
    rows = st.builds(
        Adjustment,
        line=st.sampled_from([one.name for one in lines]),
        type=st.sampled_from(["追加", "追减"]),
        amount=st.decimals(0, 10**6, places=2),
    )
    return lines, draw(st.just([]) | st.lists(rows, max_size=5))


def stated(lines, ledger):
    """The same figures by name, stated once more: bottom up, in fractions."""
    below = {"总计": ["基本", "项目"], "项目": [one.name for one in lines[3:]]}
    found = {}
    for one in [*lines[3:], lines[1], lines[2], lines[0]]:
        parts = [found[name] for name in below.get(one.name, ())]

        def total(values):
            there = [value for value in values if value is not None]
            return sum(there, Fraction(0)) if there else None

        def given_or(value, key, parts=parts, total=total):
            return Fraction(value) if value is not None else total(part[key] for part in parts)

        own = [
            Fraction(row.amount) * (1 if row.type == "追加" else -1)
            for row in ledger
            if row.line == one.name
        ]
        if ledger:
            change = total([total(own), *(part["adjustment"] for part in parts)])
        else:
            change = given_or(one.adjustment, "adjustment")
        initial = given_or(one.initial, "initial")
        found[one.name] = {
            "initial": initial,
            "adjustment": change,
            "adjusted": total([initial, change]),
            "actual": given_or(one.actual, "actual"),
        }
    return found


@examples(80)
@given(budgets())
def test_amounts_add_up_as_the_rule_says(budget):
    lines, ledger = budget
    expected = stated(lines, ledger)
    for figures in budget_figures(lines, ledger, RULES):
        for key, wanted in expected[figures.name].items():
            reached = getattr(figures, key)
            assert (None if reached is None else Fraction(reached)) == wanted, (figures.name, key)


# --- targets and deviation -----------------------------------------------------------------------

PLAIN = st.decimals(0, 10**6, places=2).map(plain)
KEPT = {
    "=": lambda a, b: None if a != b else True,
    "≥": lambda a, b: b >= a,
    "≤": lambda a, b: b <= a,
    ">": lambda a, b: b > a,
    "<": lambda a, b: b < a,
}


@examples(150)
@given(PLAIN, PLAIN, st.sampled_from(["次", "家", "%", "万元", ""]))
def test_a_deviation_is_the_difference_by_the_target(wanted, reached, unit):
    found = deviation(Measure.parse(wanted + unit), Measure.parse(reached + unit), RULES)
    assert found is not None
    target, actual = Fraction(wanted), Fraction(reached)
    if target == 0:
        assert (found.ratio, found.measured) == (int(actual != 0), False)
    else:
        assert Fraction(found.ratio) == rounded((actual - target) / target, 4)


@examples(150)
@given(
    PLAIN, PLAIN, st.booleans(), st.sampled_from(sorted(KEPT)), st.sampled_from(["次", "家", "%"])
)
def test_a_target_is_missed_as_its_sign_says(wanted, reached, exact, sign, unit):
    if exact:  # reached exactly: the edge of every sign
        reached = wanted
    missed = adverse(Target.parse(f"{sign}{wanted}{unit}"), Measure.parse(reached + unit), "")
    kept = KEPT[sign](Fraction(wanted), Fraction(reached))
    assert missed == (None if kept is None else not kept)


@examples(100)
@given(PLAIN, PLAIN, st.booleans(), st.sampled_from(["正向", "反向"]))
def test_a_bare_target_is_missed_as_its_direction_says(wanted, reached, exact, direction):
    if exact:
        reached = wanted
    missed = adverse(Target.parse(f"={wanted}家"), Measure.parse(f"{reached}家"), direction)
    target, actual = Fraction(wanted), Fraction(reached)
    assert missed == (actual < target if direction == "正向" else actual > target)
