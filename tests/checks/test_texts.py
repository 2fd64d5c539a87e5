"""PG3xx: sentences agree with the tables, and with themselves."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from perfgen.build import load
from perfgen.checks import find_rule, run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from workbooks.make import put

INPUTS = Path(__file__).resolve().parents[2] / "inputs"


def told(checked, book, code):
    """What a rule says of a workbook: its findings."""
    return [finding for finding in checked(book).findings if finding.code == code]


def with_text(book, *paragraphs):
    """The workbook with this text in its first section (文字部分!B2)."""
    return put(book, "文字部分!B2", "\n".join(paragraphs))


# --- PG301: figures of the budget table ----------------------------------------------------------

ALL_RIGHT = (
    "2023年预算总金额年初安排200万元，上年度结转及当年追加追减6万元，调整后为206万元，"
    "实际支出200.5万元，执行率97.33%。其中，基本支出95万元，执行率95.00%；"
    "项目支出105.5万元，执行率99.53%。"
)


def test_a_text_that_agrees_with_its_table_has_no_finding(found, book):
    assert found(with_text(book, ALL_RIGHT)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "subject", "expected"),
    [
        ("年初安排200万元", "年初安排210万元", "预算总金额", "表里是 200万元"),
        ("追减6万元", "追减7万元", "预算总金额", "表里是 6万元"),
        ("调整后为206万元", "调整后为206.1万元", "预算总金额", "表里是 206万元"),
        ("实际支出200.5万元", "实际支出205.0万元", "预算总金额", "表里是 200.5万元"),
        ("执行率97.33%", "执行率97.34%", "预算总金额", "表里是 97.33%"),
        ("基本支出95万元", "基本支出59万元", "基本支出", "表里没有这个数（有 100万元、95万元）"),
        ("执行率95.00%", "执行率95.10%", "基本支出", "表里是 95.00%"),
        ("项目支出105.5万元", "项目支出105.4万元", "项目支出", "105.5万元"),
        ("执行率99.53%", "执行率99.35%", "项目支出", "表里是 99.53%"),
    ],
)
def test_a_figure_that_is_not_the_tables(checked, book, right, wrong, subject, expected):
    (finding,) = checked(with_text(book, ALL_RIGHT.replace(right, wrong))).findings
    assert (finding.code, finding.severity) == ("PG301", "warning")
    assert (str(finding.ref), finding.subject) == ("文字部分!B2", subject)
    assert re.search(r"[\d.]+(?=万元|%)", wrong).group() in finding.message
    assert expected in finding.message


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("项目支出执行率为99.5%。", False),  # as many decimals as the text has
        ("项目支出执行率为99.6%。", True),
        ("项目支出执行率达100%。", False),
        ("预算总金额0.02亿元，实际支出2005000元。", False),
        ("预算总金额0.03亿元。", True),
        ("预算总金额调整后２０６万元。", False),
        ("年初安排项目支出100万元。", False),
        ("年初安排项目支出110万元。", True),
        ("甲项目实际支出66万元，执行率100.00%。", False),
        ("甲项目实际支出60万元。", True),
        ("（一）项目支出方面，执行率99.35%。", True),
        ("项目支出年初安排100万元，年中追加后达到160万元。", True),
        ("项目支出年中追加60万元。", True),
        ("2022年，项目支出80万元；2023年，项目支出150.5万元。", True),
    ],
)
def test_units_decimals_and_the_order_of_words(checked, book, text, wrong):
    assert bool(told(checked, with_text(book, text), "PG301")) is wrong


@pytest.mark.parametrize(
    "text",
    [
        "2022年项目支出80万元，执行率90%。",
        "项目支出比上年增加12万元。",
        "项目支出约110万元，执行率超过99%。",
        "项目支出100余万元。",
        "项目支出较年初预算增加5.5万元，增长5.5%。",
        "项目支出为上年同期的88%。",
        "服务中心项目支出12万元，执行率80%。",
        "项目支出105.5万元，其中实际支出财政拨款90万元，执行率98%。",
        "项目支出105.5万元，涉及上级资金50万元，执行率90%。",
        "力争2024年项目支出执行率达到100%。",
        "用好项目支出，拨付企业50万元。",
        "项目支出占预算总金额的52.62%。",
        "年初预算200万元，年中追加甲项目6万元，调整后预算206万元，实际支出200.5万元。",
        "项目支出资金中，用于镇村的为61万元，用于城区的为40万元。",
        "项目支出年初安排100万元，年中追加后达到106万元。",
        "扣除上级配套12万元，项目支出93.5万元。",
        "项目支出93.5万元（不含上级配套12万元）。",
        "项目支出本级安排88万元。",
        "2023年运行平稳。2022年，项目支出80万元；执行率90%。",
        "甲项目年初安排60万元，调整后66万元，实际支出66万元。支出66万元全部用于购置设备。",
    ],
)
def test_what_is_about_something_else_is_left_alone(found, book, text):
    assert found(with_text(book, text)) == []


def test_an_addition_of_the_ledger_may_be_told_by_itself(found, book):
    put(book, "预算信息!D5", None)
    book["预算调整"].append((None, None, "甲项目", "追加", 10, None))
    book["预算调整"].append((None, None, "甲项目", "追减", 4, None))
    assert found(with_text(book, "甲项目追加10万元，调整后66万元。")) == []
    assert found(with_text(book, "甲项目追加12万元。")) == ["PG301 warning 文字部分!B2"]


@pytest.fixture(scope="module")
def sample():
    """The published report of Suzhou, as it lies in inputs/."""
    return load(INPUTS / "suzhou-commerce-2023.xlsx", say=lambda stage: None)


def test_every_figure_of_a_published_narrative_is_known(sample):
    place = next(i for i, s in enumerate(sample.report.sections) if s.name.startswith("四、"))
    section = sample.report.sections[place]
    line = next(i for i, text in enumerate(section.paragraphs) if "17358.25" in text)
    figures = list(re.finditer(r"\d+\.\d+", section.paragraphs[line]))
    assert len(figures) == 9

    def findings(paragraph):
        paragraphs = (*section.paragraphs[:line], paragraph, *section.paragraphs[line + 1 :])
        sections = list(sample.report.sections)
        sections[place] = replace(section, paragraphs=paragraphs)
        report = replace(sample.report, sections=tuple(sections))
        checked = run_checks(report, sample.figures, sample.layout, [find_rule("PG301")])
        return tuple(one for one in checked.findings if one.ref == section.cell("text"))

    text = section.paragraphs[line]
    assert findings(text) == ()
    for figure in figures:
        changed = figure.group()[:-1] + str((int(figure.group()[-1]) + 1) % 10)
        (finding,) = findings(text[: figure.start()] + changed + text[figure.end() :])
        assert changed in finding.message
        assert figure.group() in finding.message


# --- PG301: results of indicators ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年走访企业数量52家。", False),
        ("全年走访企业数量达到60家。", True),
        ("走访企业数量60人次。", False),  # another unit
        ("走访企业数量目标60家。", False),
        ("上年走访企业数量60家。", False),
        ("走访企业数量60余家。", True),
        ("走访企业数量50余家。", False),
        ("走访企业数量不少于50家。", False),
        ("全省走访企业数量600家。", False),
    ],
)
def test_a_result_in_the_text_that_is_not_the_indicators(checked, book, text, wrong):
    findings = told(checked, put(book, "重点任务!C4", text), "PG301")
    assert bool(findings) is wrong
    if wrong:
        assert findings[0].subject == "走访企业数量"
        assert "60" in findings[0].message and "52家" in findings[0].message
        assert str(findings[0].ref) == "重点任务!C4"


def test_a_published_stock_against_an_increase(checked, book):
    put(put(book, "绩效指标!B4", "市级以上公共海外仓数量"), "绩效指标!E4", "=3家")
    put(put(book, "绩效指标!G4", "3家"), "绩效指标!J4", None)
    put(book, "重点任务!C4", "新认定及复评合格的市级公共海外仓总数达 12 家。")
    (finding,) = told(checked, book, "PG301")
    assert "12家" in finding.message and "3家" in finding.message
    put(book, "重点任务!C4", "市级公共海外仓经新认定和复评，总数达到12家。")
    (finding,) = told(checked, book, "PG301")
    assert "12家" in finding.message


# --- PG302 ---------------------------------------------------------------------------------------


def with_result(book, result, *, task="召开研讨会", indicator=None):
    """The workbook whose first task has this result; an indicator is its name and result."""
    put(put(book, "重点任务!B2", task), "重点任务!C2", result)
    if indicator:
        name, actual, reason = indicator
        row = ("履职", name, "正向", "=", 1, "次", actual, "统计", None, reason)
        book["绩效指标"].append(row)
    return book


@pytest.mark.parametrize(
    ("result", "indicator", "words"),
    [
        (
            "因工作安排，未单独召开开发区开放创新发展大会，并入其他会议一同召开。",
            None,
            "“未单独召开”，指标表里没有反映这一情况的指标",
        ),
        ("研讨会未召开。", ("召开研讨会次数", "0次", "场地调整。"), "没有写原因"),
        (
            "因疫情影响，研讨会未召开。",
            ("召开研讨会次数", "1次", None),
            "指标“召开研讨会次数”却完成 1次，没有偏差",
        ),
        ("研讨会尚未召开。", None, "没有写原因"),
        ("论坛没有举办。", None, "没有写原因"),
    ],
)
def test_a_task_that_was_not_done(checked, book, result, indicator, words):
    (finding,) = told(checked, with_result(book, result, indicator=indicator), "PG302")
    assert (finding.severity, str(finding.ref)) == ("warning", "重点任务!C2")
    assert finding.subject == "召开研讨会"
    assert words in finding.message


def test_a_task_not_done_that_an_indicator_shows_is_no_finding(found, book):
    missed = ("召开研讨会次数", "0次", "场地调整，改为线上。")
    assert found(with_result(book, "因场地调整，研讨会未召开。", indicator=missed)) == []


@pytest.mark.parametrize(
    "result",
    [
        "面向未来产业召开研讨会。",
        "组织未成年人保护宣传，对未满16周岁的开展教育。",
        "检查中未发现违规情形，未发生安全事故。",
        "督促未完成年报的企业补报，对未按时完成整改的单位通报批评。",
        "2家企业未完成整改，已下发通知。",
        "应办尽办，没有未完成事项。",
        "试点从未知领域起步，规模前所未有。",
        "取消行政审批事项3项。",
    ],
)
def test_words_that_only_look_like_it(found, book, result):
    assert found(with_result(book, result)) == []


# --- PG312 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("“甲指标”、“乙指标”、“丙指标”等 2 个指标完成率超过150%。", 3),
        ("出台《甲办法》《乙办法》《丙办法》等两项制度。", 3),
        ("“甲”“乙”3个项目已经完成。", 2),
        ("飞力达、苏汽、优乐赛等2家企业入选。", 3),
        ("共完成3项：规划、评估。", 2),
        ("全年有以下四个方面工作：一是编制规划；二是组织评估；三是走访企业。", 3),
        ("主要有两个问题：（1）进度慢。（2）资金少。（3）人手缺。", 2),
    ],
)
def test_a_count_that_is_not_the_list(checked, book, text, listed):
    findings = told(checked, with_text(book, text), "PG312")
    if "。（2）" in text:  # a list over several sentences is not counted
        assert findings == []
        return
    (finding,) = findings
    assert finding.severity == "warning"
    assert f"列出来的是 {listed} 个" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "“甲指标”、“乙指标”等 2 个指标完成率超过150%。",
        "“甲指标”、“乙指标”等 10 个指标全部完成。",  # 等: some of them
        "“甲”、“乙”、“丙”、“丁”、“戊”等五大主要工作任务。",
        "飞力达、苏汽、优乐赛、物润船联、天地华宇等5家企业入选。",
        "全年安排项目2个：招商引资50万元，项目扶持资金2200万元，资金全部来自财政。",
        "共3项：规划、评估和走访。",
        "共2项：计划、管理和服务。",
        "落实“五同步”，组织“甲”评价。",
    ],
)
def test_a_count_that_agrees(checked, book, text):
    assert told(checked, with_text(book, text), "PG312") == []


# --- PG313 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("部门整体预算执行率97.33%。", False),
        ("部门整体预算执行率72.52%。", True),
        ("2023年预算执行率为97%。", False),
        ("2023年预算执行率为72.52%。", True),
        ("一般公共预算支出年度平均执行率72.52%。", False),
        ("政府采购执行率72.52%。", False),
        ("某项目预算100万元，预算执行率98%。", False),
        ("上年预算执行率为72.52%。", False),
    ],
)
def test_a_second_execution_rate_needs_a_definition(checked, book, text, wrong):
    findings = told(checked, with_text(book, text), "PG313")
    assert bool(findings) is wrong
    if wrong:
        assert "72.52%" in findings[0].message and "97.33%" in findings[0].message


@pytest.fixture
def guangzhou(tmp_path):
    """The findings of one rule in a workbook of Guangzhou's report."""
    layout = load_layout(find_layout("guangzhou-self-evaluation"))

    def check(code, content):
        form = [{"单位名称": "某某市某某局", "年度": "2023"}]
        path = tmp_path / "自评.xlsx"
        write_workbook(layout, path, content={"基本信息": form, **content})
        report = read_report(open_workbook(path), layout)
        figures = compute(report, layout.rules)
        return run_checks(report, figures, layout, [find_rule(code)]).findings

    return check


@pytest.mark.parametrize(
    ("name", "note", "wrong"),
    [
        ("部门预算资金支出率", "一般公共预算支出年度平均执行率为72.52%", False),
        ("部门预算资金支出率", "按进度考核", True),
        ("专项资金支出率", "", False),
    ],
)
def test_a_score_by_another_rate_says_which_one(guangzhou, name, note, wrong):
    findings = guangzhou(
        "PG313",
        {
            "收支情况": [
                {"事项": "整体预算", "执行数": "298400"},
                {"事项": "市本级预算", "上级": "整体预算", "年度预算数": "307300"},
            ],
            "评分": [
                {"指标": "部门整体支出绩效"},
                {
                    "指标": name,
                    "上级": "部门整体支出绩效",
                    "满分": "5",
                    "评分规则": "按比率",
                    "计分依据": "72.52%",
                    "评分说明": note,
                },
            ],
        },
    )
    assert bool(findings) is wrong
    if wrong:
        assert "72.52%" in findings[0].message and "97.1%" in findings[0].message


def test_a_sentence_that_says_reached_is_held_to_the_result_and_not_to_the_target(checked, book):
    put(put(put(book, "绩效指标!E4", "≥60家"), "绩效指标!G4", "52家"), "绩效指标!J4", "有所减少。")
    put(book, "文字部分!B2", "走访企业数量达到60家。")
    (finding,) = [one for one in checked(book).findings if one.code == "PG301"]
    assert "52家" in finding.message
