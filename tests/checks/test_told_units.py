"""PG353: the number of an indicator stands in the texts with another unit, or other zeros."""


def told_of(found_in, *rows):
    """The indicators told of: each row has a text, and an indicator's name, target and result.

    Each row is a project of its own, all of them in one workbook.
    """
    projects, table = [], []
    for place, (text, name, target, result) in enumerate(rows):
        project = f"第{place}个项目"
        projects.append({"项目名称": project, "实际完成情况": text})
        table.append(
            {"项目名称": project, "一级指标": "产出指标", "二级指标": "数量指标",
             "三级指标": name, "年度指标值": target, "实际完成值": result, "分值": "10"}
        )  # fmt: skip
    found = found_in("project-self-evaluation", {"项目": projects, "项目指标": table}, "PG353")
    return {one.subject for one in found}


WRONG = [
    ("改造供热管网1820米。", "改造供热管网长度", "≥1800米", "1820公里"),
    ("检测牛羊血清3120份。", "血清检测数量", "≥3000份", "3120头"),
    ("巡查工地1890次。", "工地巡查次数", "≥1800次", "1890户"),
    ("抽检化妆品2160批次。", "化妆品抽检批次", "≥2100批次", "2160人"),
    ("购置听诊器42台。", "购置听诊器数量", "≥420台", "430台"),
    ("栽植红树林12.6公顷。", "栽植红树林面积", "≥12公顷", "126公顷"),
]
RIGHT = [
    ("改造供热管网1820米。", "改造供热管网长度", "≥1.8公里", "1.82公里"),
    ("检测牛羊血清3120份。", "血清检测数量", "≥3000份", "3120份"),
    ("服务老人2.1万人次。", "服务老人人次", "≥20000人次", "21000人次"),
    ("巡查工地1890项次，发现隐患1890处。", "工地巡查项次", "≥1800项次", "1890项次"),
    ("平均每所学校投入42万元。", "改造学校数量", "≥42所", "42所"),
    ("购置听诊器42台，诊床420张。", "购置诊床数量", "≥420张", "420张"),
    ("上年抽检化妆品216批次。", "化妆品抽检批次", "≥2100批次", "2160批次"),
    ("培训网格员126人，每人120元。", "培训网格员人次", "≥120人次", "126人次"),
    ("发放宣传册3万册。", "讲座听众人数", "≥3000人", "3000人"),
]


def test_numbers_with_another_unit_or_other_zeros(found_in):
    assert told_of(found_in, *WRONG) == {name for _, name, _, _ in WRONG}


def test_numbers_that_are_the_same_or_of_something_else(found_in):
    assert told_of(found_in, *RIGHT) == set()
