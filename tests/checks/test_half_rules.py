"""PG115, PG210: half-year figures against those of the whole year."""

import pytest


@pytest.fixture
def compared(found_in):
    """What a rule says of a target for the half-year and one for the year."""

    def find(code, half, full, name="走访企业数量"):
        row = {"一级指标": "履职", "二级指标": "职能1：服务", "重点工作": "服务", "三级指标": name,
               "半年指标值": half, "全年指标值": full}  # fmt: skip
        found = found_in("suzhou-targets", {"绩效指标": [row]}, code)
        return [(f.severity, str(f.ref), f.message) for f in found]

    return find


@pytest.mark.parametrize(
    ("half", "full", "name"),
    [
        ("=1次", "=2次", "走访企业数量"),
        ("=2次", "=2次", "走访企业数量"),
        ("5000人", "1.2万人", "受益人数"),
        ("=3位次", "=1位次", "货物进出口全省排名"),
        ("300家", "200家", "企业存量"),
        ("≤10%", "≤5%", "投诉率"),
        ("8%", "6%", "社会消费品零售额增长率"),
        ("=12%", "=10%", "结转结余率"),  # the layout knows that less is better
        ("20件", "10件", "信访投诉件数"),
        ("=5天", "=3天", "平均办理时限"),
        ("有序推进", "=3次", "走访企业数量"),
    ],
)
def test_a_half_year_that_is_not_more_than_the_year(compared, half, full, name):
    assert compared("PG115", half, full, name) == []


@pytest.mark.parametrize(
    ("half", "full"),
    [("=3次", "=2次"), ("≥1.2万人", "≥8000人"), ("=90%", "=80%"), ("200万元", "150万元")],
)
def test_more_by_mid_year_than_in_the_whole_year(compared, half, full):
    said = f"“走访企业数量”的半年目标是 {half}，大于全年目标 {full}"
    assert compared("PG115", half, full) == [("error", "绩效指标!E2", said)]


def test_a_line_with_more_planned_by_mid_year_than_it_has(found_in):
    row = {"支出项目": "甲", "类别": "项目明细", "半年计划执行数": "12", "全年预算数": "10"}
    (finding,) = found_in("suzhou-targets", {"支出预算": [row]}, "PG115")
    assert str(finding.ref) == "支出预算!C2"
    assert finding.message == "甲的半年计划执行数是 12，大于全年预算数 10"


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("=1次", "=2次"),
        ("有序推进", "有序推进"),
        ("初稿完成", "正式印发"),  # stages, both in words
        ("6月底前", "12月31日前"),
        ("有序推进", "12月31日前"),  # before the day there is nothing else to say
        ("一次", "≥3次"),
        ("约10次", "20-25次"),
        ("全省前五", "前三名"),
        ("保持全省前列", "全省第一"),
        ("完成前期准备", "完成第一批和全市第二批申报"),
    ],
)
def test_targets_of_one_kind(compared, half, full):
    assert compared("PG210", half, full) == []


@pytest.mark.parametrize(
    ("half", "full", "kinds"),
    [
        ("有序推进", "=3次", "文字、数字"),
        ("=1次", "有序推进", "数字、文字"),
        ("有序推进", "全省前二", "文字、名次"),
        ("有序推进", "企业数居全省前列", "文字、名次"),
    ],
)
def test_targets_of_two_kinds(compared, half, full, kinds):
    one, other = kinds.split("、")
    said = f"“走访企业数量”的半年目标是“{half}”（{one}），全年目标是“{full}”（{other}）"
    assert compared("PG210", half, full) == [("info", "绩效指标!E2", said)]
