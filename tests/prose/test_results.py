"""What sentences say of indicators: results, targets, and what follows from the two."""

import pytest

from perfgen.model.measure import Measure
from perfgen.prose.expected import Known, Purpose
from perfgen.prose.results import ResultReader

YEAR = 2024


def known(name, result=None, **targets):
    """An indicator; `full` and `half` are its targets."""
    measures = {period: Measure.parse(text) for period, text in targets.items()}
    value = Measure.parse(result) if result else None
    return Known(name, (value or measures["full"]).base_unit, value, measures)


REACHED = ResultReader(
    [
        known("清淤河道长度", "18.6公里", full="18公里"),
        known("用户满意度", "90.4%", full="88%"),
        known("人均培训成本", "3150元", full="3200元"),
        known("公厕提标改造数量", "41座", full="40座"),
    ],
    YEAR,
)
PLANNED = ResultReader(
    [known("新建管网长度", full="36公里", half="15公里"), known("抽查次数", full="130次")], YEAR
)


def wrong(reader, text, purpose=Purpose.EITHER):
    return [told.quantity.typed for told in reader.read(text, purpose)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("全年清淤河道16.8公里。", ["16.8公里"]),
        ("用户满意率94.0%。", ["94.0%"]),
        ("用户满意度90.4%，比目标高3.4个百分点。", ["3.4个百分点"]),
        ("用户满意度比目标高出3.4个百分点。", ["3.4个百分点"]),
        ("2023年清淤河道16公里，今年增加3.6公里。", ["3.6公里"]),
        ("人均培训成本3510元。", ["3510元"]),
        ("清淤河道超过20公里。", ["20公里"]),
        ("公厕改造31座。", ["31座"]),
        ("清淤河道18.6公里，完成年度目标的113.3%。", ["113.3%"]),
        ("截至2024年12月31日，用户满意度94.0%。", ["94.0%"]),
        ("用户满意度由2023年的84%提高到94.0%。", ["94.0%"]),
        ("2023年，清淤河道16公里；2024年，清淤河道16.8公里。", ["16.8公里"]),
        ("排水能力由2023年的3万吨提高到4万吨；清淤河道16.8公里。", ["16.8公里"]),
        ("用户对我局服务的满意度为85.2%。", ["85.2%"]),
        ("用户对停车服务的满意度为94.0%。", ["94.0%"]),
    ],
)
def test_a_wrong_number_of_a_report(text, numbers):
    assert wrong(REACHED, text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "全年清淤河道18.6公里。",
        "清淤河道超过18公里。",
        "用户满意度90.4%，比目标高2.4个百分点。",
        "2023年清淤河道16公里，今年增加2.6公里。",
        "上半年清淤河道9公里。",
        "截至三季度末清淤河道12公里。",
        "2023年清淤河道16公里。",
        "2025年计划清淤河道25公里。",
        "年初目标为清淤河道18公里。",
        "人均培训成本3150元。",
        "清淤河道18.6公里，完成年度目标的103.3%。",
        "截至2024年12月31日，用户满意度90.4%，较上年提高1.6个百分点。",
        "截至9月底用户满意度86%，较上年提高1.6个百分点。",
        "2023年，清淤河道16公里；用户满意度84%。",
        "用户满意度由2023年的84%提高到90.4%，提高6.4个百分点。",
        "用户对停车服务的满意度为85.2%，对绿化的满意度为92.7%。",
        "用户对我局服务的满意度为90.4%。",
    ],
)
def test_a_right_number_of_a_report(text):
    assert wrong(REACHED, text) == []


def test_a_result_column_tells_results_and_a_goal_column_targets():
    assert wrong(REACHED, "清淤河道18公里。", Purpose.REACHED) == ["18公里"]
    assert wrong(REACHED, "清淤河道18公里。", Purpose.WANTED) == []
    assert wrong(REACHED, "清淤河道18.6公里。", Purpose.WANTED) == ["18.6公里"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("新建管网63公里。", ["63公里"]),
        ("新建管网不少于30公里。", ["30公里"]),
        ("2024年新建管网36公里，抽查130次以上。", []),
        ("上半年新建管网不少于15公里。", []),
        ("上半年新建管网25公里。", ["25公里"]),
        ("抽查310次以上。", ["310次"]),
    ],
)
def test_a_plan_is_held_against_the_targets_of_its_period(text, numbers):
    assert wrong(PLANNED, text, Purpose.WANTED) == numbers
