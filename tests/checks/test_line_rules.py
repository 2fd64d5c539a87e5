"""PG110, PG111, PG119: budget lines one by one."""

import pytest

from workbooks.make import put

# --- PG110 ---------------------------------------------------------------------------------------


def test_a_column_where_none_is_0_here_and_blank_there(checked, book):
    (finding,) = checked(put(book, "预算信息!D6", 0)).findings
    assert (finding.code, finding.severity) == ("PG110", "warning")
    assert str(finding.ref) == "预算信息!D3"  # totals that are left blank are summed
    assert finding.message == (
        "“上年度结转及当年预算追加追减数”一列空白 1 格，填 0 的 1 格（D6），空白是不是 0 看不出来"
    )


def test_all_blank_or_all_filled_is_no_mixture(found, book):
    assert found(put(put(book, "预算信息!D6", 0), "预算信息!D3", 0)) == []


def test_a_blank_result_beside_a_typed_rate(checked, book):
    put(put(book, "预算信息!F6", None), "预算信息!G6", 0.9875)
    (finding,) = checked(book).findings
    assert (finding.code, str(finding.ref)) == ("PG110", "预算信息!F6")
    assert finding.message == "乙项目填了执行率 98.75%，实际支出数却空着"


def test_sources_of_money_are_looked_at_too(found_in):
    rows = [{"事项": "甲", "年初预算数": "5"}, {"事项": "乙", "年初预算数": "0"}, {"事项": "丙"}]
    (finding,) = found_in("guangzhou-self-evaluation", {"收支情况": rows}, "PG110")
    assert str(finding.ref) == "收支情况!C4"


# --- PG111 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ref"), [("甲 项目", "预算信息!A6"), ("“甲项目”", "预算信息!A6"), ("甲项目2", None)]
)
def test_a_line_that_stands_twice(checked, book, name, ref):
    found = [f for f in checked(put(book, "预算信息!A6", name)).findings if f.code == "PG111"]
    assert [str(finding.ref) for finding in found] == ([ref] if ref else [])
    assert all(finding.message == "“甲项目”出现了 2 次（A5、A6）" for finding in found)


def test_an_indicator_that_stands_twice(found, book):
    row = [cell.value for cell in book["绩效指标"][4]]
    book["绩效指标"].append(row)
    assert found(book) == ["PG111 warning 绩效指标!B5"]


def test_two_works_or_two_projects_may_have_indicators_of_one_name(found_in):
    def targets(*works):
        return {"绩效指标": [
            {"一级指标": "履职", "二级指标": "职能1", "重点工作": work, "三级指标": "建设数量",
             "半年指标值": "=1个", "全年指标值": "=2个"}
            for work in works
        ]}  # fmt: skip

    assert found_in("suzhou-targets", targets("生活圈", "农贸市场"), "PG111") == []
    assert len(found_in("suzhou-targets", targets("生活圈", "生活圈"), "PG111")) == 1
    projects = {
        "项目": [{"项目名称": "甲"}, {"项目名称": "乙"}],
        "项目指标": [
            {"项目名称": name, "一级指标": "产出指标", "二级指标": "时效指标",
             "三级指标": "完成时间", "指标值": "12月31日前"}
            for name in "甲乙"
        ],
    }  # fmt: skip
    assert found_in("hitech-performance-text", projects, "PG111") == []


def test_two_tasks_may_have_lines_of_one_name(found_in):
    def lines(*tasks):
        return {"项目支出": [
            {"重点任务": task, "主要支出项目": "专项资金", "年度预算金额": "5", "支出金额": "5"}
            for task in tasks
        ]}  # fmt: skip

    assert found_in("guangzhou-self-evaluation", lines("口岸", "会展"), "PG111") == []
    (finding,) = found_in("guangzhou-self-evaluation", lines("口岸", "口岸"), "PG111")
    assert str(finding.ref) == "项目支出!B3"


# --- PG119 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "severity"), [(36, None), (35.99, "info"), (24, "info"), (23.99, "warning")]
)
def test_a_low_execution_rate(found, book, actual, severity):
    expected = [f"PG119 {severity} 预算信息!F6"] if severity else []
    assert found(put(book, "预算信息!F6", actual)) == expected


def test_the_message_shows_the_rate_and_what_it_is_made_of(checked, book):
    (finding,) = checked(put(book, "预算信息!F6", 21.86)).findings
    assert finding.message == "乙项目执行率 54.65%（实际支出 21.86，预算 40），没有说明原因"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("乙项目因设备招标流标，尾款转到下年。", False),
        ("未支出的部分中，乙项目尾款结转下年使用。", False),
        ("乙项目按计划推进。", True),
    ],
)
def test_a_sentence_that_names_the_line_may_say_why(found, book, text, odd):
    put(put(book, "预算信息!F6", 20), "文字部分!B4", text)
    assert bool([one for one in found(book) if one.startswith("PG119")]) is odd


def test_a_total_that_is_low_because_its_lines_are_is_not_said_again(found, book):
    put(put(book, "预算信息!F6", 20), "预算信息!F5", 40)
    assert found(book) == ["PG119 warning 预算信息!F6", "PG119 info 预算信息!F5"]


def test_a_reason_in_a_column_of_the_officers_own_is_enough(found, book):
    put(put(book, "预算信息!H1", "执行率偏低的原因"), "预算信息!H6", "合同尾款下年支付")
    assert found(put(book, "预算信息!F6", 20)) == []


def test_a_blank_that_counts_as_0_is_low(found_in):
    row = {"重点任务": "口岸", "主要支出项目": "专项资金", "年度预算金额": "5"}
    (finding,) = found_in("guangzhou-self-evaluation", {"项目支出": [row]}, "PG119")
    assert finding.message.startswith("专项资金执行率 0.00%（实际支出空白按 0 计，预算 5）")


def test_a_project_with_a_low_rate_that_does_not_say_why(found_in):
    project = {"项目名称": "甲", "年初预算数：当年财政拨款": "100",
               "全年执行数：当年财政拨款": "70", "实际完成情况": "平台稳定运行。"}  # fmt: skip
    (finding,) = found_in("project-self-evaluation", {"项目": [project]}, "PG119")
    assert (finding.severity, finding.subject) == ("info", "甲")
    explained = {**project, "实际完成情况": "受验收推迟影响，资金支出进度偏慢。"}
    assert found_in("project-self-evaluation", {"项目": [explained]}, "PG119") == []


def test_a_low_rate_that_the_narrative_explains_is_no_finding(found, book):
    put(book, "预算信息!F6", 10)
    assert "PG119 warning 预算信息!F6" in found(book)
    put(book, "文字部分!B2", "各项任务都已完成。乙项目受汛期影响，支出率较低。")
    assert not [line for line in found(book) if line.startswith("PG119") and line.endswith("F6")]
