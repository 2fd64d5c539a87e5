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


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("内设综合部、展陈部、社教部、保卫部5个部室。", 4),
        ("馆内设办公室、采编部、读者服务部4个部室；在编31人。", 3),
        ("下辖东湾水库、石门水库3个管理所。", 2),
        ("由工程、养护、信息、财务3个科室分别填报。", 4),
        ("设智能制造、现代农艺、护理六个二级学院。", 3),
        ("下属市文物保护中心2个事业单位。", 1),
        ("机关内设6个科室，下属县水文监测站3家事业单位。", 1),
        ("下属市少年宫、市青少年活动中心3个事业单位。", 2),
        ("内设人事科、宣教科、监测科、法规科，计5个科室。", 4),
        ("内设人事科、宣教科、监测科、法规科1个科室。", 4),
        ("承办皮划艇公开赛、越野挑战赛、桥牌邀请赛4项高水平赛事。", 3),
        ("宣讲进农村、进军营、进校园、进网络，覆盖农民、官兵、学生、网民五类人群。", 4),
        ("抽检范围为粮油、蔬菜、肉类三类，检测点覆盖商场、超市、农贸市场、批发市场三类场所。", 4),
    ],
)
def test_lists_of_units_and_of_kinds(told, text, listed):
    (said,) = told("PG312", text)
    assert f"列出来的是 {listed} 个" in said


@pytest.mark.parametrize(
    "text",
    [
        "内设综合部、展陈部、社教部、保卫部4个部室。",
        "下辖东湾水库、石门水库2个管理所，另托管3个管理所。",
        "由工程、养护、信息、财务4个科室分别填报。",
        "抽查档案、账册涉及3个科室。",
        "下属市文物保护中心1个事业单位。",
        "下属派出所8个，所属区社区卫生服务中心12家。",
        "所属县乡镇卫生院15家，下属县人民医院和县中医院2家事业单位。",
        "覆盖农民、官兵、学生、网民四类人群。",
        "覆盖危化品、消防等重点领域和学校、医院、养老院三类场所。",
        "向党员、干部、群众发放手册3种。",
        "购置粮油、蔬菜、肉类等3类食材。",
        "对企业、个体户两类市场主体开展检查。",
        "内设人事科、宣教科、监测科、法规科，计4个科室。",
        "由宣教科、法规科1个科室牵头会同办理。",
        "承办皮划艇公开赛、越野挑战赛、桥牌邀请赛3项高水平赛事。",
        "承办皮划艇公开赛、越野挑战赛、桥牌邀请赛，参赛4项以上的运动员32人。",
        "共安排编制计5个小项。",
    ],
)
def test_lists_that_are_as_long_as_they_say(told, text):
    assert told("PG312", text) == []


@pytest.fixture
def tabled(found_in):
    """What a rule says of a text beside these tasks and projects."""

    def tell(code, text, tasks=(), projects=()):
        content = {
            "文字部分": [{"章节": "（四）主要工作成效", "正文": text}],
            "重点任务": [{"重点工作任务名称": name} for name in tasks],
            "项目支出": [{"重点任务": tasks[0], "主要支出项目": name} for name in projects],
        }
        return [one.message for one in found_in("guangzhou-self-evaluation", content, code)]

    return tell


TASKS = ("古籍保护和数字化", "馆藏征集", "展览与社会教育")


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("年度任务为古籍保护和数字化、馆藏征集、展览与社会教育三项。", False),
        ("年度任务为古籍保护和数字化、馆藏征集、展览与社会教育四项。", True),
        ("推进古籍保护和数字化、馆藏征集、展览与社会教育、人才引进四项工作。", False),
        ("推进古籍修复、馆藏征集、展览与社会教育四项。", False),  # not a row's name
    ],
)
def test_rows_whose_names_hold_and(tabled, text, blamed):
    assert bool(tabled("PG312", text, TASKS)) == blamed


PROJECTS = ("古籍修复", "文物征集", "基本陈列", "研学活动")


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("三项任务共涉及5个支出项目。", True),
        ("三项任务涉及4个支出项目。", False),
        ("三项任务对应5个主要支出项目，预算合计620万元。", True),
        ("全馆3个项目全部编报绩效目标，一个科室具体负责。", True),
        ("全馆4个项目全部编报绩效目标。", False),
        ("五个项目均明确牵头科室和进度要求。", True),
        ("四个项目均明确牵头科室和进度要求。", False),
        ("对3个项目开展绩效自评，覆盖率100%。", True),
        ("对3个项目开展绩效运行监控。", False),  # some of them may be watched
        ("其中3个项目全部在上半年完工。", False),
        ("涉及民生的2个项目均已完工。", False),
        ("向上争取5个项目。", False),
    ],
)
def test_all_projects_of_the_table(tabled, text, blamed):
    assert bool(tabled("PG325", text, TASKS, PROJECTS)) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("征集任务设指标4个，修复任务设指标3个，展览任务设指标5个，合计13个。", True),
        ("征集任务设指标4个，修复任务设指标3个，展览任务设指标5个，合计12个。", False),
        ("全年接待68.4万人，其中线上41.2万人、线下17.2万人。", True),
        ("全年接待68.4万人，其中线上41.2万人、线下27.2万人。", False),
        ("全年接待68.4万人，其中线上41.2万人、学生17.2万人。", False),
    ],
)
def test_parts_that_make_the_whole(tabled, text, blamed):
    assert bool(tabled("PG314", text, TASKS)) == blamed
