"""PG2xx: indicators and texts are complete, and deviations are explained."""

from decimal import Decimal

import pytest

from workbooks.make import put

ROW = {"category": "A", "name": "B", "direction": "C", "operator": "D", "target": "E",
       "unit": "F", "actual": "G", "evidence": "H", "reason": "J"}  # fmt: skip


def with_indicator(book, **cells):
    """The workbook with other contents in its last indicator."""
    for field, value in cells.items():
        put(book, f"绩效指标!{ROW[field]}4", value)
    return book


# --- PG201 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    ["预算信息!C5", "预算信息!F6", "绩效指标!E4", "绩效指标!G4", "绩效指标!H3", "重点任务!C3",
     "文字部分!B2"],
)  # fmt: skip
def test_a_blank_where_content_is_expected(found, book, place):
    put(book, "预算信息!F5", 66 if place != "预算信息!C5" else 6)
    assert f"PG201 warning {place}" in found(put(book, place, None))


def test_a_total_left_blank_is_summed_and_so_not_missing(found, book):
    assert not [line for line in found(book) if line.startswith("PG201")]


def test_a_column_left_blank_is_said_once(checked, book):
    for row in range(5, 10):
        book["重点任务"].append(("职能3：其他", f"任务{row}", None))
    (finding,) = checked(book).findings
    assert finding.message == "重点任务里有 5 行没有填“完成情况”（共 8 行）"
    assert str(finding.ref) == "重点任务!C5"


def test_a_row_of_the_ledger_is_called_by_its_line(checked, book, suzhou):
    book["说明事项"].append(("PG101", "项目支出", "另有附件", None, None))
    finding = next(f for f in checked(book).findings if f.code == "PG201")
    assert finding.message == "“项目支出”没有填“说明岗位”"


@pytest.mark.parametrize("sheet", ["文字部分", "预算信息", "重点任务", "绩效指标"])
def test_a_sheet_with_nothing_but_its_header_is_an_error(found, book, sheet):
    book[sheet].delete_rows(2, 99)
    assert found(book) == [f"PG201 error {sheet}"]


# --- PG202 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "direction", "severity"),
    [
        ("≥50家", "30家", None, "error"),  # 40% below, and no doubt that it is bad
        ("≥50家", "48家", None, "error"),  # 4% below, still missed beyond doubt
        ("≥50家", "51家", None, None),  # 2% better than asked: nothing to explain
        ("≥50家", "70家", None, "info"),  # favourable
        ("≤0%", "844.1%", None, "error"),
        ("≤100%", "84.5%", None, "info"),
        ("=50家", "30家", None, "warning"),  # `=`: nobody knows whether that is bad
        ("=50家", "30家", "正向", "error"),
        ("=50家", "40家", "正向", "warning"),
        ("=50家", "49家", "正向", "info"),
        ("=50家", "70家", "正向", "info"),
        ("=50家", "70家", "适中", "error"),
        ("=50家", "50家", None, None),
        ("有序推进", "稳步推进", None, "warning"),
        ("有序推进", "有序推进。", None, None),
    ],
)
def test_a_deviation_without_a_reason(found, book, target, actual, direction, severity):
    with_indicator(book, target=target, actual=actual, direction=direction, reason=None)
    said = [finding for finding in found(book) if finding.startswith("PG202")]
    assert said == ([f"PG202 {severity} 绩效指标!J4"] if severity else [])


@pytest.mark.parametrize("reason", ["无", "/", "—", "  "])
def test_a_dash_is_no_reason(found, book, reason):
    assert found(with_indicator(book, actual="30家", reason=reason)) == [
        "PG202 error 绩效指标!J4"
    ]  # fmt: skip


def test_with_a_reason_there_is_no_finding(found, book):
    assert found(with_indicator(book, actual="30家", reason="疫情影响，走访改为线上。")) == []


def test_the_message_shows_target_result_and_deviation(checked, book):
    finding, *_ = checked(with_indicator(book, name="“三公经费”变动率", target="≤0%",
                                         actual="844.1%", reason=None)).findings  # fmt: skip
    assert finding.message == ("“‘三公经费’变动率”目标 ≤0%，完成 844.1%，偏差 100%，没有写原因")


def test_an_office_may_set_from_where_on_a_deviation_counts(checked, book):
    with_indicator(book, target="=50家", actual="46家", direction="正向", reason=None)
    told = {
        bound: [f.severity for f in checked(book, settings={"PG202": {"notable": Decimal(bound)}})
                .findings if f.code == "PG202"]
        for bound in ("0.05", "0.1")
    }  # fmt: skip
    assert told == {"0.05": ["warning"], "0.1": ["info"]}
