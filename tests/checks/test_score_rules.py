"""PG5xx: scores add up, follow from their rules, and none is missing."""

import copy
import runpy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfgen.checks import run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.model.measure import Measure
from perfgen.model.records import ScoreItem
from perfgen.model.scoring import ScoreRule
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
SAMPLE = INPUTS / "data" / "project-self-evaluation-2023.toml"
READ_DATA = runpy.run_path(str(INPUTS / "make_samples.py"))["read_data"]
MARKET = "老旧农贸市场改造补助"


@pytest.fixture(scope="module")
def layout():
    return load_layout(find_layout("project-self-evaluation"))


@pytest.fixture
def content():
    """What the sample's sheets hold, for a test to change."""
    return copy.deepcopy(READ_DATA(SAMPLE)[1])


@pytest.fixture
def scores(layout, tmp_path):
    """The findings about scores in a workbook with this content."""

    def find(content):
        path = tmp_path / "自评.xlsx"
        write_workbook(layout, path, content=content)
        report = read_report(open_workbook(path), layout)
        checked = run_checks(report, compute(report, layout.rules), layout)
        return [finding for finding in checked.findings if finding.code.startswith("PG5")]

    return find


def said(findings):
    return [f"{finding.code} {finding.severity} {finding.ref}" for finding in findings]


def put(content, name, **cells):
    """The content with other cells in the row of this indicator."""
    row = next(row for row in content["项目指标"] if row["三级指标"] == name)
    row.update(cells)
    return content


def test_nothing_is_said_of_scores_that_are_right(scores, content):
    assert scores(content) == []


@pytest.mark.parametrize(
    "sample", ["suzhou-commerce-2023", "suzhou-commerce-2024-targets", "hitech-zone-2023"]
)
def test_nothing_is_said_where_a_layout_has_no_scores(sample):
    name, _ = READ_DATA(INPUTS / "data" / f"{sample}.toml")
    layout = load_layout(find_layout(name))
    report = read_report(open_workbook(INPUTS / f"{sample}.xlsx"), layout)
    checked = run_checks(report, compute(report, layout.rules), layout)
    assert not [finding for finding in checked.findings if finding.code.startswith("PG5")]


# --- PG501, PG502 --------------------------------------------------------------------------------


def test_weights_that_do_not_sum_to_the_total(scores, content):
    (finding,) = scores(put(content, "改造农贸市场数量", 分值="5"))
    assert (finding.code, finding.severity, finding.subject) == ("PG501", "error", MARKET)
    assert finding.message == (
        f"“{MARKET}”的分值合计是 95，应当是 100"
        "（执行率 10、产出指标 45、效益指标 30、满意度指标 10）"
    )
    assert finding.hint == "核对各指标的分值：产出指标应当是 50"
    assert str(finding.ref) == "项目指标!J2"


def test_the_weight_that_lost_a_digit_is_the_one_to_mend(scores, content):
    third = [row for row in content["项目指标"] if row["分值"] == "10"][-1]
    third["分值"] = "1"
    finding = next(one for one in scores(content) if one.code == "PG501")
    assert str(finding.ref) == f"项目指标!J{content['项目指标'].index(third) + 2}"
    assert finding.message.endswith("的 1 如果是 10，就对得上")


def test_a_project_without_indicators(scores, content):
    content["项目"].append({**content["项目"][0], "项目名称": "乙项目"})
    (finding,) = scores(content)
    assert (finding.code, finding.subject, str(finding.ref)) == ("PG501", "乙项目", "项目!A3")


def test_each_project_is_summed_for_itself(scores, content):
    content["项目"].append({**content["项目"][0], "项目名称": "乙项目"})
    rows = copy.deepcopy(content["项目指标"])
    rows[0]["项目名称"] = "乙项目"
    content["项目指标"] += rows
    assert scores(content) == []


def test_weights_of_a_category_that_differ_while_the_total_is_right(scores, content):
    put(content, "改造农贸市场数量", 分值="5")
    findings = scores(put(content, "受益居民人数", 分值="13"))
    assert said(findings) == ["PG502 warning 项目指标!J2", "PG502 warning 项目指标!J9"]
    assert findings[1].message == f"“{MARKET}”的效益指标分值合计是 35，规定是 30"


def test_a_category_without_indicators_has_no_weight(scores, content):
    content["项目指标"] = [row for row in content["项目指标"] if "满意度" not in row["三级指标"]]
    messages = [finding.message for finding in scores(put(content, "受益居民人数", 分值="18"))]
    assert f"“{MARKET}”的满意度指标分值合计是 0，规定是 10" in messages


# --- PG503, PG505 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("改造农贸市场数量", {"得分": "12"}, "PG503 error 项目指标!L2"),
        ("改造农贸市场数量", {"得分": "-1"}, "PG503 error 项目指标!L2"),
        ("改造农贸市场数量", {"得分": "10"}, None),
        ("食品安全快检室达标率", {"得分": "4.87"}, None),
        ("食品安全快检室达标率", {"得分": "4.9"}, "PG505 warning 项目指标!L5"),
        ("食品安全快检室达标率", {"得分": "5"}, "PG505 error 项目指标!L5"),  # missed, so not full
        ("食品安全快检室达标率", {"得分": "4"}, "PG505 error 项目指标!L5"),
        # over-completion: the officer may take marks away, and says why
        ("改造后市场摊位出租率", {"得分": "6"}, "PG505 warning 项目指标!L9"),
        ("改造后市场摊位出租率", {"得分": "6", "偏差原因分析及改进措施": "目标偏低。"}, None),
        ("改造任务完成时限", {"得分": "8"}, "PG505 error 项目指标!L6"),
        ("补助资金拨付时限", {"得分": "0"}, None),  # a missed date: the officer's mark
        ("市场长效管理机制", {"得分": "4.2"}, None),
        ("市场长效管理机制", {"得分": "5.59"}, None),
        ("市场长效管理机制", {"得分": "5.6"}, "PG505 error 项目指标!L12"),  # 80% is the upper one's
        ("市场长效管理机制", {"得分": "5.7"}, "PG505 error 项目指标!L12"),
        ("市场长效管理机制", {"得分": "4"}, "PG505 error 项目指标!L12"),
        ("农贸市场购物环境", {"得分": "6"}, None),
        ("农贸市场购物环境", {"得分": "5"}, "PG505 error 项目指标!L11"),
    ],
)
def test_a_typed_score_follows_from_its_rule(scores, content, name, cells, expected):
    assert said(scores(put(content, name, **cells))) == ([expected] if expected else [])


def test_the_message_shows_what_was_typed_and_what_the_rule_gives(scores, content):
    (finding,) = scores(put(content, "食品安全快检室达标率", 得分="4"))
    assert finding.message == (
        "“食品安全快检室达标率”目标 ≥95%，完成 92.5%，分值 5，填的得分是 4，按规则应当是 4.87"
    )


def test_the_message_shows_the_band(scores, content):
    (finding,) = scores(put(content, "市场长效管理机制", 得分="6"))
    assert finding.message == (
        "“市场长效管理机制”目标 健全，完成 基本健全，分值 7，填的得分是 6，"
        "部分达成应当在 4.2 到 5.6（不含）之间"
    )


# --- PG506 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cells", "place", "hint"),
    [
        ("改造农贸市场数量", {"实际完成值": ""}, "I2", "补填实际完成值"),
        ("改造农贸市场数量", {"年度指标值": ""}, "G2", "补填年度指标值"),
        ("市场长效管理机制", {"得分": ""}, "L12", "补填得分"),
        ("市场长效管理机制", {"得分": "", "达成情况": ""}, "K12", "补填达成情况和得分"),
        ("改造农贸市场数量", {"目标符号": ">", "实际完成值": "12"}, "L2", "补填得分"),
    ],
)
def test_an_indicator_without_a_score(scores, content, name, cells, place, hint):
    (finding,) = scores(put(content, name, **cells))
    assert (finding.code, finding.severity, finding.subject) == ("PG506", "error", name)
    assert (str(finding.ref), finding.hint) == (f"项目指标!{place}", hint)


def test_a_form_without_attainments_asks_only_for_the_score(layout, content, tmp_path):
    """No 达成情况 among its columns: the hint does not speak of it, and the cell is the score's."""
    sheets = tuple(
        replace(sheet, columns=tuple(c for c in sheet.columns if c.field != "attainment"))
        for sheet in layout.sheets
    )
    form = replace(layout, sheets=sheets)
    for row in content["项目指标"]:
        row.pop("达成情况", None)
    content = put(content, "市场长效管理机制", 得分="", 实际完成值="部分达成")
    write_workbook(form, tmp_path / "自评.xlsx", content=content)
    report = read_report(open_workbook(tmp_path / "自评.xlsx"), form)
    findings = run_checks(report, compute(report, form.rules), form).findings
    told = [(one.code, one.hint, str(one.ref)) for one in findings]
    assert ("PG506", "补填得分", "项目指标!K12") in told


def test_many_indicators_without_a_score_are_said_once(scores, content):
    for row in content["项目指标"]:
        row.update({"实际完成值": "", "得分": ""})
    (finding,) = scores(content)
    assert finding.message == (
        f"“{MARKET}”有 13 个指标没有得分（改造农贸市场数量、补助资金覆盖县（市、区）数量、"
        "改造项目验收合格率……），总分印成空白"
    )


@pytest.mark.parametrize(
    ("amount", "place", "message"),
    [
        ("全年执行数", "L2", "全年执行数没有填"),
        ("全年预算数", "H2", "全年预算数是 0"),
    ],
)
def test_a_rate_that_cannot_be_computed(scores, content, amount, place, message):
    for header in [name for name in content["项目"][0] if name.startswith(f"{amount}：")]:
        content["项目"][0][header] = "0" if amount == "全年预算数" else ""
    (finding,) = scores(content)
    assert (finding.code, str(finding.ref)) == ("PG506", f"项目!{place}")
    assert finding.message == f"“{MARKET}”的{message}，算不出执行率得分，总分印成空白"


# --- a tree of scores ----------------------------------------------------------------------------


@pytest.fixture
def items(layout):
    """The findings about a report that holds nothing but these score items."""
    scoring = replace(
        layout.rules.scoring, rules={"按比率": ScoreRule(kind="ratio"), "评定": ScoreRule()}
    )
    scored = replace(layout, rules=replace(layout.rules, scoring=scoring), sheets=())

    def find(*rows):
        report = read_report(open_workbook(INPUTS / "project-self-evaluation-2023.xlsx"), layout)
        report = replace(report, projects=(), indicators=(), scores=rows)
        checked = run_checks(report, compute(report, scored.rules), scored)
        return [finding for finding in checked.findings if finding.code.startswith("PG5")]

    return find


def item(name, full=None, score=None, parent="", **more):
    def number(text):
        return None if text is None else Decimal(text)

    return ScoreItem(name=name, parent=parent, full=number(full), score=number(score), **more)


def test_full_marks_at_the_top_sum_to_the_total(items):
    (finding,) = items(item("履职效能", "50", "48"), item("管理效率", "45", "44"))
    assert finding.message == "履职效能 50、管理效率 45，满分合计 95，应当是 100"


def test_a_second_tree_may_be_a_detail(items):
    assert items(item("部门整体支出", "100", "93"), item("各项任务", "20", "18.5")) == []


def test_full_marks_below_those_that_were_given_are_off(items):
    findings = items(
        item("部门整体支出", "100", None),
        item("履职效能", "50", "47", parent="部门整体支出"),
        item("管理效率", "30", "40", parent="部门整体支出"),
        item("可持续影响", "10", "9", parent="部门整体支出"),
    )
    (parent,) = [one for one in findings if one.code == "PG504"]
    assert parent.message.endswith("管理效率的 30 如果是 40，就对得上")


def test_a_parent_is_the_sum_of_its_children(items):
    findings = items(
        item("部门整体支出", "100", "95"),
        item("履职效能", "60", "47", parent="部门整体支出"),
        item("管理效率", "45", "46", parent="部门整体支出"),
    )
    assert [finding.code for finding in findings] == ["PG503", "PG504", "PG504"]
    assert [finding.message for finding in findings[1:]] == [
        "“部门整体支出”的满分填了 100，下级合计是 105，相差 -5",
        "“部门整体支出”的得分填了 95，下级合计是 93，相差 2",
    ]


def test_a_typed_score_of_an_item_follows_from_its_rule(items):
    rate = {"rule": "按比率", "basis": Measure.parse("72.52%")}
    assert items(item("支出率", "100", "72.52", **rate)) == []
    (finding,) = items(item("支出率", "100", "75", **rate))
    assert finding.message == "“支出率”填的得分是 75，按规则应当是 72.52（100 分 × 72.52%）"


# --- the marks of a project's execution rate -----------------------------------------------------


@pytest.fixture
def rated(found_in):
    """The findings of a rule about a project that spent 86.2 of 100."""

    def find(code, typed=None, **cells):
        project = {
            "项目名称": "甲项目", "年初预算数：当年财政拨款": "100",
            "全年执行数：当年财政拨款": "86.2", **cells,
        }  # fmt: skip
        return found_in("project-self-evaluation", {"项目": [project]}, code, typed=typed)

    return find


@pytest.mark.parametrize(
    ("mark", "severity"),
    [("8.62", None), ("", None), ("9.5", "error"), ("9", "warning"), ("8.6", "warning")],
)
def test_the_marks_of_a_rate_follow_from_it(rated, mark, severity):
    findings = rated("PG505", 执行率得分=mark)
    assert [one.severity for one in findings] == ([severity] if severity else [])


def test_the_message_shows_the_rate_and_both_marks(rated):
    (finding,) = rated("PG505", 执行率得分="9")
    assert finding.message == "“甲项目”填的执行率得分是 9，按执行率 86.20% 应当是 8.62"


@pytest.mark.parametrize(("rate", "told"), [(0.862, False), (0.9, True)])
def test_a_typed_rate_of_a_project_is_compared(rated, rate, told):
    assert bool(rated("PG105", typed={"项目!P2": rate})) == told


def test_a_date_that_was_missed_does_not_get_full_marks(scores, content):
    (finding,) = scores(put(content, "补助资金拨付时限", 得分="5"))
    assert (finding.code, finding.severity, str(finding.ref)) == ("PG505", "error", "项目指标!L7")
    assert "没有按时完成，不应当是满分" in finding.message
