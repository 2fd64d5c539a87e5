"""PG312, PG325: units, points and rows of tables are as many as sentences say."""

import pytest

from workbooks.make import put

PLACE = "文字部分!B2"


@pytest.fixture
def told(checked, book):
    """What a rule says of a text in the first section."""

    def tell(code, text):
        put(book, PLACE, text)
        return [one.message for one in checked(book).findings if one.code == code]

    return tell


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("馆内设采编部室、借阅科、地方文献科、建设与安全科5个科室。", 4),
        ("局机关设有办公室、法规与行政审批科、财务与审计科和河湖管理科6个科室。", 4),
        ("内设综合科、流通业发展科、对外贸易和口岸科共4个科室。", 3),
        ("所属单位包括区图书馆、区文化馆、区美术馆，共4家。", 3),
        ("供水总站、灌区服务中心、水文站三家单位和河道管理所、水库管理所3家单位均已公开。", 2),
    ],
)
def test_units_before_their_count(told, text, listed):
    said = told("PG312", text)
    assert len(said) == 1
    assert f"列出来的是 {listed} 个" in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "局机关设有办公室、法规与行政审批科、财务与审计科和河湖管理科4个科室。",
        "内设办公室、人事科、财务科等8个科室。",
        "抽调工程科、财务科、监督科6名骨干。",
        "由办公室、财务科、业务科组成3个检查组。",
        "由办公室、财务科牵头，组织12个科室填报。",
        "对东河、西河、南河3条河流的12个断面开展监测。",
        "分局、水厂、泵站、闸站4类站点128处。",
    ],
)
def test_other_counts_beside_units(told, text):
    assert told("PG312", text) == []


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("重点做了三方面工作。一是完善制度。二是压实责任。三是强化监督。四是加强培训。", 4),
        ("采取了四项措施：一是完善制度；二是压实责任；三是强化监督。", 3),
        ("查找出五个问题。一是进度慢。二是资金少，三是人手缺，四是底数不清。", 4),
    ],
)
def test_points_are_counted_off(told, text, listed):
    said = told("PG312", text)
    assert len(said) == 1
    assert f"列出来的是 {listed} 个" in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "采取了三项措施：一是完善制度，列出两项清单；二是压实责任；三是强化监督。",
        "存在两个问题。一是进度慢。二是资金少。改进措施：一是提前谋划；二是细化指标；三是多跑。",
        "完成了三项工作。下一步，一是加强宣传；二是加强培训。",
        "共举办12项活动。",
    ],
)
def test_points_of_another_matter(told, text):
    assert told("PG312", text) == []


def test_all_projects_are_as_many_as_the_table_has(told):
    assert told("PG325", "对全部19个项目开展监控。") == []  # so far off: other projects
    assert told("PG325", "对3个项目逐一开展事前评估。")
    assert told("PG325", "对3个项目开展抽查。") == []
