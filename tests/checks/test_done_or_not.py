"""PG354: what happened, began or was accepted is told the same way throughout."""


def told_of(found_in, texts, rows=(), spent=None):
    """The projects whose 实际完成情况 PG354 tells of; all stand in one workbook."""
    projects = [
        {"项目名称": name, "实际完成情况": text, "全年预算数：当年财政拨款": "100",
         "全年执行数：当年财政拨款": (spent or {}).get(name, "98")}
        for name, text in texts.items()
    ]  # fmt: skip
    table = [
        {"项目名称": project, "一级指标": "效益指标", "二级指标": "社会效益指标", "三级指标": name,
         "年度指标值": target, "实际完成值": result, "分值": "10"}
        for project, name, target, result in rows
    ]  # fmt: skip
    content = {"项目": projects, "项目指标": table}
    return {one.subject for one in found_in("project-self-evaluation", content, "PG354")}


EVENTS = [
    ("动物防疫", "重大动物疫情起数", "=0起", "0起"),
    ("航道养护", "水上交通事故起数", "≤3起", "2起"),
]


def test_what_happened_against_the_indicator(found_in):
    wrong = {
        "动物防疫": "免疫应免尽免，全年发生1起重大动物疫情，已扑灭。",
        "航道养护": "巡航240次，全年未发生水上交通事故。",
    }
    assert told_of(found_in, wrong, EVENTS) == set(wrong)


def test_what_happened_as_the_indicator_has_it(found_in):
    right = {
        "动物防疫": "全年未发生重大动物疫情；邻县发生1起重大动物疫情，及时设卡。",
        "航道养护": "全年发生2起水上交通事故，未发生较大水上交通事故。",
    }
    assert told_of(found_in, right, EVENTS) == set()


def test_not_begun_while_the_money_is_spent(found_in):
    wrong = {
        "渡口改造工程": "渡口改造工程因岸线审批，至今尚未开工。",
        "馆藏数字化": "馆藏数字化受场地影响，没有实施。",
    }
    assert told_of(found_in, wrong) == set(wrong)
    assert told_of(found_in, wrong, spent=dict.fromkeys(wrong, "8")) == set()


def test_a_project_is_named_by_the_half_of_its_name(found_in):
    """Of six characters four will do; of eleven it takes five."""
    said = {
        "馆藏民国文献数字化扫描": "馆藏民国瓷器的修复受场地影响，没有实施。",
        "河道清淤工程": "河道清淤至今尚未开工。",
        "渡口改造": "渡口至今尚未开工。",
    }
    money = {
        f"全年{kind}：当年财政拨款": amount
        for kind, amount in (("预算数", "100"), ("执行数", "98"))
    }
    rows = [{"项目名称": name, **money} for name in said]
    found = found_in(
        "project-self-evaluation",
        {"项目": [{**rows[0], "实际完成情况": "".join(said.values())}, *rows[1:]]},
        "PG354",
    )
    assert [one.message.partition("表里“")[2].partition("”")[0] for one in found] == [
        "河道清淤工程"
    ]


def test_a_part_that_has_not_begun(found_in):
    right = {
        "渡口改造工程": "渡口改造工程3处，其中1处尚未开工。",
        "馆藏数字化": "馆藏数字化二期未启动，一期完成86万页。",
    }
    assert told_of(found_in, right) == set()


def test_one_text_says_both(found_in):
    wrong = {
        "泵站改造": "主体9月完工，11月20日通过验收。受降雨影响，工程至年末仍未组织验收。",
        "名师工作室": "4个工作室全部通过中期考核。其中1个工作室因人员变动未通过中期考核。",
        "标准厂房": "厂房12月已竣工。受土地手续影响，至年底仍未竣工。",
    }
    assert told_of(found_in, wrong) == set(wrong)


def test_stages_parts_and_plans_do_not_deny_each_other(found_in):
    right = {
        "泵站改造": "主体工程已通过验收，2处附属工程尚未验收。",
        "名师工作室": "4个工作室全部通过中期考核，1名学员未通过结业考核。",
        "标准厂房": "一期已竣工；二期未竣工，计划次年交付。",
        "智慧公交": "7月底前完成招标，10月上线；年初尚未招标时先行编制方案。",
        "水质监测": "断面抽检全部合格；送检企业样品3份不合格，已移交。",
    }
    assert told_of(found_in, right) == set()
