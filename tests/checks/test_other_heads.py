"""PG319: the office that a text introduces is the one that reports."""

import pytest


@pytest.fixture
def told(found_in):
    """What is said of a text about the office, in the report of `unit`."""

    def tell(unit, text):
        content = {"单位信息": [{"单位名称": unit, "机构设置": text}]}
        return [one.message for one in found_in("suzhou-targets", content, "PG319")]

    return tell


@pytest.mark.parametrize(
    ("unit", "text", "wrong"),
    [
        ("平江市文物保护中心", "平江市非遗保护中心为市文旅局所属事业单位。", "平江市非遗保护中心"),
        ("平江市外事办公室", "平江市侨务办公室是市政府工作部门，内设4个处。", "平江市侨务办公室"),
        ("姚南区残疾人联合会", "2023年，区妇联聚焦助残服务，安排项目5个。", "区妇联"),
        ("平江市森林消防支队", "平江市森林公安支队内设2个科室。", "平江市森林公安支队"),
        ("平江市第二人民医院", "平江市第三人民医院是市政府举办的医院。", "平江市第三人民医院"),
        ("姚南区总工会", "区科学技术协会内设办公室、科普部2个部室。", "区科学技术协会"),
    ],
)  # fmt: skip
def test_another_office_is_introduced(told, unit, text, wrong):
    (message,) = told(unit, text)
    assert wrong in message


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("平江市文物保护中心", "平江市文物保护中心为市文旅局所属公益一类事业单位。"),
        ("平江市文物保护中心", "市文物保护中心内设3个部。"),
        ("姚南区残疾人联合会", "2023年，区残联聚焦助残服务，安排项目5个。"),
        ("平江市行政学院", "中共平江市委党校（平江市行政学院）为市委直属事业单位。"),
        ("平江市外事办公室", "市委、市政府高度重视，市外事办公室内设4个处。"),
        ("平江市外事办公室", "平江市人民政府外事办公室是市政府工作部门。"),
        ("平江市卫生健康委员会", "市疾控中心负责全市免疫规划，市第一医院承担救治任务。"),
        ("平江市审计局", "市审计局围绕中心工作，内设机构5个。"),
        ("平江市供销合作社联合社", "市供销社聚焦为农服务。"),
    ],
)
def test_the_own_office_is_introduced(told, unit, text):
    assert told(unit, text) == []
