"""PG132: yuan and ten thousands of yuan that were mixed up."""

import pytest

LAYOUT = "project-self-evaluation"


@pytest.fixture
def found(found_in):
    """What PG132 says of one project: the cells."""

    def find(unit, planned, spent, text):
        project = {
            "项目名称": "公益电影放映", "主管部门": "某局", "实施单位": "某局",
            "年初预算数：当年财政拨款": planned, "全年执行数：当年财政拨款": spent,
            "实际完成情况": text,
        }  # fmt: skip
        content = {"单位信息": [{"金额单位": unit}], "项目": [project]}
        return [str(one.ref) for one in found_in(LAYOUT, content, "PG132")]

    return find


TEXT = "全年预算200万元，支出192.56万元。"


@pytest.mark.parametrize(
    ("unit", "planned", "spent", "text", "cells"),
    [
        ("元", "2000000", "1925600", TEXT, []),
        ("万元", "200", "192.56", TEXT, []),
        ("万元", "2000000", "1925600", TEXT, ["单位信息!B4"]),
        ("元", "200", "192.56", TEXT, ["单位信息!B4"]),
        ("元", "200", "192.56", "全年放映36场。", []),
        ("元", "2000000", "192.56", "全年放映36场。", ["项目!M2"]),
        ("元", "200", "1925600", "全年放映36场。", ["项目!E2"]),
        ("万元", "200", "1.92", "全年放映36场。", []),
        ("万元", "200", "192.56", "全年预算2000000元，支出1925600元。", []),
    ],
)
def test_a_unit_that_is_ten_thousand_times_off(found, unit, planned, spent, text, cells):
    assert found(unit, planned, spent, text) == cells
