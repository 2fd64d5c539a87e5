"""PG126: the cell that explains why several rates of the budget are off."""

import pytest

RATES = [("预算执行率", "97.80%"), ("预算调整率", "3.00%"), ("结转结余率", "2.20%")]


@pytest.fixture
def rated(book):
    """A workbook whose rates are those of its budget: 206 adjusted from 200, 201.46 spent."""
    sheet = book["预算信息"]
    sheet["F3"], sheet["F5"], sheet["F6"] = 96, 65.96, 39.5
    for name, value in RATES:
        target = "100" if name == "预算执行率" else "0"
        row = ("过程", name, None, "=", target, "%", value, "决算", None, "见说明。")
        book["绩效指标"].append(row)
    return book


def said(checked, book):
    return [one for one in checked(book).findings if one.code == "PG126"]


def test_rates_that_agree_need_no_explanation(checked, rated):
    assert said(checked, rated) == []


@pytest.mark.parametrize(
    ("cell", "typed", "meant"),
    [("C5", 600, "60"), ("F3", 69, "96"), ("F6", 93.5, "39.5"), ("F6", 395, "39.5")],
)
def test_digits_exchanged_or_a_point_shifted(checked, rated, cell, typed, meant):
    rated["预算信息"][cell] = typed
    (finding,) = said(checked, rated)
    assert str(finding.ref) == f"预算信息!{cell}"
    assert f"如果是 {meant}，改过来，" in finding.message


def test_an_addition_that_was_a_cut(checked, rated):
    rated["预算信息"]["D5"] = None
    rated["预算调整"].append((None, None, "甲项目", "追加", 10, None))
    rated["预算调整"].append((None, None, "乙项目", "追加", 4, None))
    (finding,) = said(checked, rated)
    assert str(finding.ref) == "预算调整!D3"  # the type, which turns the amount's sign
    assert "加减反了" in finding.message
    causes = {one.finding.code: one for one in checked(rated).causes}
    assert {"PG113", "PG114"} <= {one.code for one in causes["PG126"].follows}


def test_nothing_is_guessed_where_one_rate_alone_is_off(checked, rated):
    rated["绩效指标"]["G5"] = "87.80%"
    assert said(checked, rated) == []


def test_nothing_is_guessed_where_two_cells_would_do(checked, rated):
    rated["预算信息"]["F6"] = 35.9  # 39.5, or 69.56 for the 65.96 above it
    assert said(checked, rated) == []


def test_nothing_is_guessed_where_no_single_cell_explains_it(checked, rated):
    rated["预算信息"]["F3"], rated["预算信息"]["C6"] = 91, 47
    assert said(checked, rated) == []
