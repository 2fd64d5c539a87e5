"""PG505, PG507 to PG509 in a table of scores: thresholds, deductions, notes."""

import pytest


@pytest.fixture
def found(found_in):
    """The findings of a rule about one item of the scores, beside others that are right."""

    def find(code, **item):
        rows = [
            {"指标": "总分", "满分": "100", "评分规则": "下级合计"},
            {"指标": "其他", "上级": "总分", "满分": "90", "评分规则": "评定", "得分": "90"},
            {"指标": "本项", "上级": "总分", "满分": "10", **item},
        ]
        return found_in("guangzhou-self-evaluation", {"评分": rows}, code)

    return find


@pytest.mark.parametrize(
    ("basis", "note", "score", "severity"),
    [
        ("95.10%", "支出率不低于95%得满分", "10", None),
        ("95.10%", "达到95%以上的得满分", "", None),
        ("3.2%", "结转结余率应当低于5%", "10", None),
        ("3.2%", "控制在5%以内", "10", None),
        ("95%", "超过95%得满分", "10", "error"),
        ("94.10%", "支出率≥95%得满分", "10", "error"),
        ("95.10%", "支出率不低于95%得满分", "0", "error"),
        ("95.10%", "", "10", "info"),  # nobody says where the line is
        ("100%", "", "10", None),
        ("95.10%", "", "5", "error"),
        ("达标", "结转结余率1.87%，低于5%", "10", None),
        ("达标", "结转结余率6.87%，应当低于5%", "10", "error"),
        ("未达标", "结转结余率1.87%，应当低于5%", "0", "error"),
    ],
)
def test_all_or_nothing_goes_by_the_threshold_that_is_written(found, basis, note, score, severity):
    item = {"评分规则": "达标得满分", "计分依据": basis, "评分说明": note, "得分": score}
    findings = found("PG505", **item)
    assert [one.severity for one in findings] == ([severity] if severity else [])
    assert all(f"是 {basis}" in one.message for one in findings if severity == "info")


@pytest.mark.parametrize(
    ("rule", "basis", "severity"),
    [
        ("扣分", "10分", None), ("扣分", "21分", "error"), ("扣分", "-2分", "error"),
        ("超额完成扣分", "12分", "error"), ("按比率", "97.7%", None), ("按比率", "977%", "warning"),
        ("按完成率", "130%", None),
    ],
)  # fmt: skip
def test_what_a_score_is_worked_out_from_is_in_range(found, rule, basis, severity):
    findings = found("PG507", 评分规则=rule, 计分依据=basis)
    assert [one.severity for one in findings] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("reason", "wrong"),
    [
        ("2份合同备案超过时限，各扣1分", False),
        ("两份合同备案超过时限，每份扣1分，共扣2分", False),
        ("每发现一项问题扣1分，扣2分", False),
        ("1项未公开扣1.5分，1项公开不及时扣0.5分", False),
        ("审计指出4项问题", False),
        ("3份合同备案超过时限，各扣1分", True),
        ("结转超过比例，扣3分", True),
        ("1项未公开扣1.5分，1项公开不及时扣1分", True),
        ("共扣4分", True),
    ],
)
def test_the_marks_lost_are_those_that_the_reason_names(found, reason, wrong):
    findings = found("PG508", 评分规则="扣分", 计分依据="2分", 扣分原因=reason)
    assert [str(one.ref) for one in findings] == (["评分!G4"] if wrong else [])


@pytest.mark.parametrize(
    ("note", "wrong"),
    [
        ("10×97.90%=9.79分", False),
        ("10分×97.90%＝9.8分", False),
        ("10×97.90%=9.97分", True),
        ("5 x 2 = 12", True),
    ],
)
def test_a_product_in_a_note_is_right(found, note, wrong):
    findings = found("PG508", 评分规则="按比率", 计分依据="97.90%", 评分说明=note)
    assert bool(findings) == wrong


@pytest.mark.parametrize(
    ("note", "cell"),
    [
        ("执行率97.90%，得9.79分", None),
        ("按执行率97.90%计算，得9.8分", None),
        ("执行率97.90%，得9.97分", "H4"),
        ("按执行率97.90%计分，自评得分9.19分。", "H4"),
        ("执行率79.90%，见决算报表", "E4"),
        ("执行率79.90%，得9.79分", "H4"),
        ("执行率97.09%，得9.71分", "E4"),
        ("执行率达到95%的得10分，每低1个百分点扣1分", None),
        ("执行率低于60%得0分", None),
        ("执行率95%以上得10分，90%以上得8分", None),
        ("比上年的87.3%提高10.6个百分点", None),
    ],
)
def test_the_rate_and_the_marks_in_a_note_are_those_of_the_row(found, note, cell):
    findings = found("PG513", 评分规则="按比率", 计分依据="97.90%", 评分说明=note)
    assert [one.ref.address for one in findings] == ([cell] if cell else [])


@pytest.mark.parametrize(
    ("tasks", "wrong"),
    [
        (["“甲”等2个指标完成率超过150%", "“乙”指标完成率超过150%"], False),
        (["“甲”“丙”指标完成率超过150%", "“乙”指标完成率超过150%"], False),
        (["3个指标完成率超过150%", "1个指标完成率超过150%", "“丁”完成率超过150%"], True),
        (["甲完成率超过150%"], False),  # does not say how many
    ],
)
def test_indicators_counted_whole_and_by_task_are_as_many(found_in, tasks, wrong):
    over = {"评分规则": "超额完成扣分", "计分依据": "1分"}
    rows = [
        {"指标": "总分", "满分": "100"},
        {"指标": "产出", "上级": "总分", "满分": "60", **over, "扣分原因": "2个指标超过150%"},
        {"指标": "效益", "上级": "总分", "满分": "40", **over, "扣分原因": "1个指标超过150%"},
        {"指标": "各项任务", "满分": "20"},
    ]
    for number, reason in enumerate(tasks):
        row = {"指标": f"任务{number}", "上级": "各项任务", "满分": "5", **over}
        rows.append({**row, "扣分原因": reason})
    findings = found_in("guangzhou-self-evaluation", {"评分": rows}, "PG508")
    assert [(one.subject, one.ref.row) for one in findings] == [("产出", 3)] * wrong


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"计分依据": "未达标"}, True),
        ({"计分依据": "未达标", "得分": "0"}, False),
        ({"计分依据": "未达标", "扣分原因": "公开不及时"}, False),
        ({"计分依据": "达标"}, False),
    ],
)
def test_a_blank_score_that_prints_0_is_told(found, item, told):
    assert bool(found("PG509", 评分规则="达标得满分", **item)) == told
