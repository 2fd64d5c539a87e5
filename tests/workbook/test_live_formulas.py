"""The formulas in the workbook show what perfgen prints, as recalculated by LibreOffice.

Where a formula cannot know, it says `生成时计算`; it never shows another figure.
"""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from office import needs_office, recalculate, shown
from perfgen.layouts import find_layout, load_layout
from perfgen.model.measure import Measure
from perfgen.workbook.writing import write_workbook

PROJECT = Path(__file__).resolve().parents[2]
SUZHOU = load_layout(find_layout("suzhou-self-evaluation"))
BY_PERFGEN = "生成时计算"

pytestmark = needs_office


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Every workbook of this module, recalculated in one run."""
    folder = tmp_path_factory.mktemp("formulas")
    for name, (layout, content) in WORKBOOKS.items():
        write_workbook(layout, folder / f"{name}.xlsx", content=content)
    recalculate(folder, [folder / f"{name}.xlsx" for name in WORKBOOKS])
    return {
        name: shown(folder / f"out/{name}.xlsx", layout) for name, (layout, _) in WORKBOOKS.items()
    }


# --- the workbooks -------------------------------------------------------------------------------


def published():
    """The figures of a published report."""
    with (PROJECT / "tests/figures/suzhou_2023_published.toml").open("rb") as file:
        return tomllib.load(file)


def sample_content():
    with (PROJECT / "inputs/data/suzhou-commerce-2023.toml").open("rb") as file:
        sheets = tomllib.load(file)
    del sheets["layout"]
    return {name: rows if isinstance(rows, list) else [rows] for name, rows in sheets.items()}


FORM = {"基本信息": [{"部门（单位）名称": "某局", "年度": "2023"}]}


def line(name, kind, initial=None, adjustment=None, actual=None):
    """A budget line as an officer types it."""
    return {
        "预算项目": name, "类别": kind, "年初预算数": initial,
        "上年度结转及当年预算追加追减数": adjustment, "实际支出数": actual,
    }  # fmt: skip


def entry(name, kind, amount):
    """A row of the ledger."""
    return {"预算项目": name, "调整类型": kind, "金额": amount}


def only(*names, **rules):
    """The layout with these sheets alone, without spare rows, under other rules where asked."""
    sheets = tuple(replace(SUZHOU.sheet(name), spare_rows=0) for name in names)
    return replace(SUZHOU, sheets=sheets, rules=replace(SUZHOU.rules, **rules))


def budget(lines, ledger=(), **rules):
    """A workbook of budget lines and ledger rows."""
    return only("基本信息", "预算信息", "预算调整", **rules), {
        **FORM,
        "预算信息": lines,
        "预算调整": list(ledger),
    }


BLANK_TOTALS = [
    line("总金额", "总额"),
    line("人员和公用", "基本支出", "5021.03", "1093.32", "5661.17"),
    line("项目", "项目支出"),
    line("甲", "项目明细", "0.1", "0.2", "0.3"),
    line("乙", "项目明细", "12.5", None, "0"),
    line("丙", "项目明细", "0", None, "0"),
    line("丁", "项目明细", "40", "-40", "3"),
    line("戊", "项目明细", "26", None, None),
    line("己", "项目明细", None, None, None),
    line("庚", "项目明细", None, "8", "0.0004"),
]
TWO_GROUPS = [
    line("散项", "项目明细", "7", None, "6"),
    line("第一批", "项目支出"),
    line("一甲", "项目明细", "10", None, "9"),
    line("一乙", "项目明细", "20", None, "19"),
    line("第二批", "项目支出", "35"),
    line("二甲", "项目明细", "30", "5", "29"),
    line("总金额", "总额"),
    line("人员", "基本支出", "100", None, "98.765"),
]
HALVES = [
    line(f"第{n}项", "项目明细", str(20000), None, str(Decimal(n) / 2 + 10000))
    for n in range(1, 60)
]
LEDGER = [
    entry("甲", "上年结转", "10"),
    entry("甲", "追加", "2.25"),
    entry("甲", "追减", "0.25"),
    entry("乙", "追减", "1.5"),
    entry("人员和公用", "追加", "33"),
    entry("项目", "追加", "5"),
]
TRANSFERS = [
    entry("甲", "调剂", "-3.3"),
    entry("乙", "调剂", "3.1"),
    entry("己", "调剂", "0.2"),
    entry("丁", "调剂", "-40"),
    entry("人员和公用", "调剂", "40"),
]
ODD_NAMES = [
    line("<=星*号?与~波浪>", "项目明细", "1", "9", "1"),
    line("星a号", "项目明细", "2", "9", "1"),
    line("=甲", "项目明细", "3", "9", "1"),
    line("10", "项目明细", "4", "9", "1"),
]

VALUES = [
    *(
        "≥3年",
        "36个月",
        "3个工作日内",
        "2天",
        "≥0.95",
        "96%",
        "0.96",
        "一年",
        "≥一次",
        "两次",
        "约20次",
    ),
    *(
        "20个左右",
        "增长5%",
        "下降1%",
        "全省前3",
        "第2",
        "12:00前",
        "11:30",
        "每月1次",
        "12次",
        "合格",
    ),
    *(
        "全覆盖",
        "零事故",
        "0起",
        "未发生",
        "6公里",
        "6.3米",
        "≤40μg/m3",
        "36μg/m3",
        "优秀",
        "已完成",
    ),
    *(
        "3次（线上2次、线下1次）",
        "100余场",
        "≥100场",
        "未完成",
        "3日内",
        "2日",
        "96家",
        "12%",
        "3人",
    ),
    *("", "—", "/", "无", "0", "0%", "100", "100%", "99.04%", "84.5%", "-3.5%", "+5%", "−2%"),
    *(".5", "１００％", "1,234", "1，234", "12,34", "5 次", "5次", "6次", "2场次", "2场", "5.5.5"),
    *("1e3", "5.", "市级20家,其中省级10家", "市级20家，其中省级10家", "10余家", "10多家", "5-10家"),
    *("3～5次", "3次以上", "90%以上", "不低于90%", "至少 6次", "大于或等于3", "1.2万人", "12000人"),
    *("12千人", "3百万元", "300万元", "3个百分点", "6月底前", "12月", "31日前", "30日", "2023年"),
    *("3年", "第1名", "全省前二", "全省前2", "有序推进", "有序推进。", "有序 推进", "有序\n推进"),
    *("稳步推进", "健全；", "健全;", "健全", "A类", "a类", "在全省位次领先,份额基本不变。"),
    *("在全省位次领先，份额基本不变", "三年行动从2020年开始,已经结束。", "=健全", "≥6次", ">=6次"),
    *("＝100％", "≥ 90 %", "<5", "=0", "≦3件", "≥1.2万人"),
]
RESULTS = [value for value in VALUES if value[:1] not in "=≥>＝<≦"] + ["≥6次"]


def pairs():
    """Every target with a spread of results: the same, some odd ones, and its neighbours."""
    for place, target in enumerate(VALUES):
        results = [target, "100%", "5次", "有序推进", "0", "12000人"]
        results += [RESULTS[(place * 7 + step) % len(RESULTS)] for step in range(4)]
        for result in dict.fromkeys(results):
            yield target, result


UNITS = ("", "%", "人", "次")
"""What the column 计量单位 says, row by row."""


def one_unit(target, result, given):
    """Whether target and result are in one unit: of others only perfgen can tell."""
    units = {Measure.parse(text.lstrip("=≥≤><＝ "), unit=given).unit for text in (target, result)}
    return len(units - {""}) < 2


def indicators(**rules):
    """A workbook of every target with several results."""
    rows = [
        {
            "类别": "履职", "指标名称": f"指标{place}", "指标目标值": target, "指标完成值": result,
            "计量单位": UNITS[place % 4],
        }
        for place, (target, result) in enumerate(pairs())
    ]  # fmt: skip
    return only("基本信息", "绩效指标", **rules), {**FORM, "绩效指标": rows}


def typed_pairs():
    """Targets and results as people type them."""
    for name in ("targets_and_results.txt", "more_targets_and_results.txt"):
        for row in (PROJECT / "tests/figures" / name).read_text("utf-8").splitlines():
            if row and not row.startswith("#"):
                yield tuple(cell.strip() for cell in row.split("|")[:2])


def typed():
    """A workbook of them."""
    rows = [
        {"类别": "履职", "指标名称": f"指标{place}", "指标目标值": target, "指标完成值": result}
        for place, (target, result) in enumerate(typed_pairs())
    ]
    return only("基本信息", "绩效指标"), {**FORM, "绩效指标": rows}


WORKBOOKS = {
    "published": (SUZHOU, sample_content()),
    "blank-totals": budget(BLANK_TOTALS),
    "blank-is-zero": budget(BLANK_TOTALS, blank_actual="zero"),
    "two-groups": budget(TWO_GROUPS),
    "no-parents": budget(TWO_GROUPS, parents={}),
    "halves": budget(HALVES),
    "ledger": budget(BLANK_TOTALS, LEDGER),
    "transfers": budget(BLANK_TOTALS, [*LEDGER, *TRANSFERS]),
    "odd-names": budget(ODD_NAMES, [entry(row["预算项目"], "追加", "5") for row in ODD_NAMES[:3]]),
    "indicators": indicators(),
    "difference": indicators(deviation="difference"),
    "typed": typed(),
}


# --- the budget ----------------------------------------------------------------------------------


def test_all_rates_and_adjusted_budgets_of_a_published_report(recalculated):
    expected = [(row["name"], row["adjusted"], row["rate"]) for row in published()["budget"]]
    assert len(expected) == 20
    assert recalculated["published"].budget == expected


@pytest.mark.parametrize(
    "name",
    [
        "blank-totals",
        "blank-is-zero",
        "two-groups",
        "no-parents",
        "halves",
        "ledger",
        "transfers",
        "odd-names",
    ],
)
def test_the_budget_shows_what_is_printed(recalculated, name):
    assert recalculated[name].budget == recalculated[name].printed_budget


def test_a_blank_total_shows_the_sum_of_its_parts(recalculated):
    rows = {name: (adjusted, rate) for name, adjusted, rate in recalculated["blank-totals"].budget}
    assert rows["项目"] == ("46.8", "7.05%")
    assert rows["总金额"] == ("6161.15", "91.94%")


def test_a_rate_is_blank_or_a_dash_where_there_is_no_budget(recalculated):
    rows = {name: rate for name, _, rate in recalculated["blank-totals"].budget}
    assert (rows["丙"], rows["丁"], rows["戊"]) == ("", "—", "")
    zero = {name: rate for name, _, rate in recalculated["blank-is-zero"].budget}
    assert (zero["戊"], zero["己"]) == ("0.00%", "")


def test_the_ledger_decides_as_soon_as_it_has_a_row(recalculated):
    rows = {name: adjusted for name, adjusted, _ in recalculated["ledger"].budget}
    assert (rows["甲"], rows["乙"], rows["丁"]) == ("12.1", "11", "40")
    assert rows["项目"] == "94.1"


def test_money_moved_between_lines_moves_their_totals_only_where_they_differ(recalculated):
    before = {name: adjusted for name, adjusted, _ in recalculated["ledger"].budget}
    after = {name: adjusted for name, adjusted, _ in recalculated["transfers"].budget}
    assert (after["甲"], after["乙"], after["己"], after["丁"]) == ("8.8", "14.1", "0.2", "0")
    assert (before["项目"], after["项目"]) == ("94.1", "54.1")
    assert (before["人员和公用"], after["人员和公用"]) == ("5054.03", "5094.03")
    assert before["总金额"] == after["总金额"] == "5148.13"


def test_a_negative_amount_that_moves_nothing_is_left_to_perfgen(tmp_path):
    layout, content = budget(BLANK_TOTALS, [entry("甲", "追减", "-5"), entry("乙", "调剂", "-5")])
    write_workbook(layout, tmp_path / "negative.xlsx", content=content)
    recalculate(tmp_path, [tmp_path / "negative.xlsx"])
    cells = openpyxl.load_workbook(tmp_path / "out/negative.xlsx", data_only=True)["预算信息"]
    adjusted = {row[0]: row[4] for row in cells.iter_rows(min_row=2, values_only=True)}
    assert (adjusted["甲"], adjusted["乙"]) == (BY_PERFGEN, 7.5)


# --- the indicators ------------------------------------------------------------------------------


def test_all_deviations_of_a_published_report(recalculated):
    expected = [row["deviation"] for row in published()["indicator"]]
    assert len(expected) == 74
    assert recalculated["published"].deviations == expected


@pytest.mark.parametrize("name", ["indicators", "difference"])
def test_a_deviation_is_what_is_printed_or_left_to_perfgen(recalculated, name):
    seen = recalculated[name]
    wrong = [
        (target, result, cell, printed)
        for (target, result), cell, printed in zip(
            pairs(), seen.deviations, seen.printed_deviations, strict=True
        )
        if cell not in (printed, BY_PERFGEN)
    ]
    assert not wrong, wrong


def test_what_people_type_is_shown_as_printed_or_left_to_perfgen(recalculated):
    seen = recalculated["typed"]
    wrong = [
        (*pair, cell, printed)
        for pair, cell, printed in zip(
            typed_pairs(), seen.deviations, seen.printed_deviations, strict=True
        )
        if cell not in (printed, BY_PERFGEN)
    ]
    assert not wrong, wrong


USUAL_NUMBERS = {
    "0", "0%", "100", "100%", "99.04%", "-3.5%", "5次", "2场次", "30日", "3年", "≥6次", ">=6次",
    "＝100％", "≥ 90 %", "=0",
}  # fmt: skip
USUAL_WORDS = {
    "有序推进", "有序 推进", "稳步推进", "=健全", "健全", "A类", "市级20家,其中省级10家",
    "全省前二",
}  # fmt: skip


def test_the_ways_targets_are_mostly_written_are_never_left_to_perfgen(recalculated):
    seen = recalculated["indicators"]
    left = [
        pair
        for place, (pair, cell) in enumerate(zip(pairs(), seen.deviations, strict=True))
        if cell == BY_PERFGEN
        and pair[1][:1] not in "=≥>＝<≦"  # a result written as its target
        and (
            USUAL_NUMBERS.issuperset(pair) or (USUAL_WORDS.issuperset(pair) and pair[0] == pair[1])
        )
        and one_unit(*pair, UNITS[place % 4])
    ]
    assert left == [], left


def test_words_without_a_number_that_differ_are_known_to_differ(recalculated):
    seen = recalculated["indicators"]
    cells = {
        cell
        for pair, cell in zip(pairs(), seen.deviations, strict=True)
        if pair[0] != pair[1] and {"有序推进", "稳步推进", "=健全", "A类"}.issuperset(pair)
    }
    assert cells == {"100%"}
