"""PG3xx: style and numbering, names and years, as official documents have them."""

from dataclasses import replace

import pytest

from perfgen.checks import find_rule, run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import write_workbook
from workbooks.make import put

LONG = (
    "某某局牵头推进全市某某工作，各项任务按照年度计划有序开展，年底前全部完成，服务对象普遍满意。"
)


def told(checked, book, code):
    """What a rule says of a workbook: its findings."""
    return [finding for finding in checked(book).findings if finding.code == code]


def with_text(book, *paragraphs):
    """The workbook with this text in its first section (文字部分!B2)."""
    return put(book, "文字部分!B2", "\n".join(paragraphs))


@pytest.fixture
def findings_in(tmp_path):
    """The findings of one rule in a workbook of any layout."""

    def check(code, layout_id, content):
        layout = load_layout(find_layout(layout_id))
        path = tmp_path / "工作簿.xlsx"
        write_workbook(layout, path, content=content)
        report = read_report(open_workbook(path), layout)
        figures = compute(report, layout.rules)
        return run_checks(report, figures, layout, [find_rule(code)]).findings

    return check


# --- PG303 ---------------------------------------------------------------------------------------


def test_a_paragraph_copied_into_another_section(checked, book):
    put(with_text(book, LONG), "文字部分!B3", f"某某局成立于2009年。\n{LONG}")
    (finding,) = checked(book).findings
    assert (finding.code, finding.severity) == ("PG303", "warning")
    assert str(finding.ref) == "文字部分!B3"
    assert "文字部分!B2" in finding.message


def test_a_paragraph_copied_within_one_cell(found, book):
    assert found(with_text(book, LONG, "中间一段。", LONG)) == ["PG303 warning 文字部分!B2"]


def test_two_short_sentences_copied_together(found, book):
    copied = "图书馆全年接待读者42万人次；流动书车进乡进村68次，赠书1200册。"
    book["文字部分"]["B3"] = f"某某局成立于2009年。{copied}活动有序。"
    assert found(with_text(book, f"开局良好。{copied}")) == ["PG303 warning 文字部分!B3"]
    single = "图书馆全年接待读者42万人次。"
    book["文字部分"]["B3"] = f"某某局成立于2009年。{single}活动有序。"
    assert found(with_text(book, f"开局良好。{single}流动书车进乡68次。")) == []


def test_short_or_different_paragraphs_are_no_copies(found, book):
    put(
        with_text(book, LONG, "各项任务都已完成。"),
        "文字部分!B3",
        f"今年{LONG}\n各项任务都已完成。",
    )
    assert [line for line in found(book) if line.startswith("PG303")] == []


# --- PG304 ---------------------------------------------------------------------------------------


def targets(*duties, indicators=()):
    """A target table with these duties, and indicators under these labels."""
    return {
        "单位信息": [{"单位名称": "某某局", "年度": "2024"}],
        "主要职能": [{"职能": duty} for duty in duties],
        "绩效指标": [
            {
                "一级指标": "履职",
                "二级指标": label,
                "三级指标": f"指标{place}",
                "全年指标值": "≥2次",
            }
            for place, label in enumerate(indicators, 1)
        ],
    }


@pytest.mark.parametrize(
    ("duties", "place"),
    [
        (("（一）拟订规划", "（三）服务企业", "（二）组织评估"), "主要职能!A5"),
        (("一、拟订规划", "三、服务企业", "二、组织评估"), "主要职能!A5"),
        (("（一）拟订规划", "（二）服务企业", "（三）组织评估"), None),
        (("拟订规划", "服务企业"), None),
    ],
)
def test_duties_in_the_order_of_their_numbers(findings_in, duties, place):
    findings = findings_in("PG304", "suzhou-targets", targets(*duties))
    assert len(findings) == (1 if place else 0)
    if place:
        assert findings[0].ref.column == 1
        assert "组织评估" in findings[0].message and "服务企业" in findings[0].message


def test_duties_sorted_as_texts(findings_in):
    labels = ("职能10：甲", "职能11：乙", "职能1：丙", "职能1：丙", "职能2：丁")
    content = targets("拟订规划", indicators=labels)
    (finding,) = findings_in("PG304", "suzhou-targets", content)
    assert (finding.severity, finding.subject) == ("warning", "职能1：丙")
    assert "“职能11：乙”" in finding.message


def test_a_layout_that_sorts_duties_itself_says_nothing(found, book):
    put(book, "重点任务!A2", "职能10：拟订规划")
    assert found(book) == []


def test_a_layout_that_prints_them_as_typed_wants_them_in_order(checked, book, suzhou):
    typed = replace(suzhou, rules=replace(suzhou.rules, duty_order="typed"))
    findings = checked(put(book, "重点任务!A2", "职能10：拟订规划"), typed).findings
    assert [(f.code, str(f.ref)) for f in findings] == [("PG304", "重点任务!A4")]


def test_a_duty_that_stands_twice(findings_in):
    twice = targets("1.拟订城市更新规划并组织实施", "2.拟订城市更新规划并组织实施")
    (finding,) = findings_in("PG303", "suzhou-targets", twice)
    assert str(finding.ref) == "主要职能!A3"
    apart = targets("1.拟订城市更新规划并组织实施", "2.组织城市更新评估")
    assert not findings_in("PG303", "suzhou-targets", apart)


# --- PG305 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("苏府办【2023】121 号", "苏府办〔2023〕121号"),
        ("苏便民圈办(2023) 2 号", "苏便民圈办〔2023〕2号"),
        ("苏商流通函[2020]791号", "苏商流通函〔2020〕791号"),
        ("苏府办（2023）15号", "苏府办〔2023〕15号"),
        ("苏府办〔2023］15号", "苏府办〔2023〕15号"),
        ("苏府办〔2023〕第15号", "苏府办〔2023〕15号"),
        ("苏府办〔2023〕015号", "苏府办〔2023〕15号"),
        ("榆教发(23)15号", "榆教发〔2023〕15号"),
    ],
)
def test_a_document_number_in_wrong_brackets(checked, book, typed, right):
    (finding,) = told(checked, put(book, "绩效指标!H4", f"见{typed}文"), "PG305")
    assert (finding.severity, str(finding.ref)) == ("warning", "绩效指标!H4")
    assert f"“{typed}”应当写作 {right}" in finding.message


@pytest.mark.parametrize(
    "typed",
    [
        "（榆水发〔2023〕15）",
        "榆教字〔2023〕号",
        "榆财绩〔2023 15号",
        "榆财绩2023〕15号",
        "榆财绩〔2O23〕15号",
        "榆财绩2023年15号文",
        "榆卫[2023]8。",
    ],
)
def test_a_document_number_that_lost_a_part(checked, book, typed):
    (finding,) = told(checked, put(book, "绩效指标!H4", f"依据{typed}"), "PG305")
    assert "不完整" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "榆财绩〔2023〕15、16号",
        "榆财绩〔2022〕8号和〔2023〕15 号",
        "榆财绩〔2023〕15—17号",
        "苏府办〔2023〕201号",
        "某某局2023年第3号公告",
        "活动（2023）吸引3号线沿线商户",
        "《工作方案》（2023年）第2号附件",
    ],
)
def test_right_document_numbers_and_other_brackets(found, book, text):
    assert found(put(book, "绩效指标!H4", text)) == []


# --- PG306 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("在全省位次领先,份额基本不变。", "领先,份额"),
        ("召开会议;印发文件。", "会议;印发"),
        ("统计口径:全市。", "口径:全市"),
        ("中国(江苏)老字号博览会。", "(江苏)"),
        ("对外承包工程、对外劳务合作等等。", "合作等等"),
        ("优化产业布局 and 结构等工作。", "布局 and 结构"),
        ("工作的的成效明显。", "的的"),
        ("任务已经完成。。", "。。"),
        ("按规定进行进行检查。", "进行进行"),
        ("安全生产生产较为平稳。", "生产生产"),
        ("绩效目标目标已全部实现。", "目标目标"),
        ("财政财政资金保障有力。", "财政财政"),
        ("结余主要是为为图书馆迁建预留的尾款。", "为为"),
        ("特种设备万台死亡率率为零。", "率率"),
    ],
)
def test_slips_of_the_pen(checked, book, text, shown):
    (finding,) = checked(with_text(book, text)).findings
    assert (finding.code, finding.severity) == ("PG306", "info")
    assert shown in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "比例为3:1，时间为10:30，编号A-1(2)。",
        "按目的的不同分类，完成了了解情况的任务。",
        "总和和平均数均有提高。",
        "服务效率率先提升，作为为民办实事项目，指标完成率为98%。",
        "设备IHS Markit（CPPI）排名全球第9。",
        "金额1,234.56万元，网址http://example.com/a,b。",
        "对外劳务合作等。",
        "会同组织部，组织组织部门干部下乡；培训培训机构教师。",
        "提升公共服务服务半径，项目管理管理费据实列支。",
    ],
)
def test_what_only_looks_like_a_slip(found, book, text):
    assert found(with_text(book, text)) == []


def test_many_slips_are_counted_after_the_fifth(checked, book):
    for place in range(5, 25):
        book["重点任务"].append(("职能3：其他", f"任务{place}", "领先,份额不变"))
    findings = told(checked, book, "PG306")
    assert len(findings) == 6
    assert findings[-1].message.startswith("另有 15 处同样的问题")


# --- PG307 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("一、总体情况", "二、主要做法", "四、问题"), "“二、”后面接着是“四、”"),
        (("（一）预算", "正文。", "（一）绩效", "正文。"), "“（一）”出现了两次"),
        (("1.甲项工作完成。", "3.乙项工作完成。"), "“1.”后面接着是“3.”"),
        (("（二）预算", "（三）绩效"), "第一个编号是“（二）”"),
        (("（一）预算", "1.甲", "2.乙", "（二）绩效", "3.丙"), "第一个编号是“3.”"),
        (("一是编制规划；二是组织评估；四是走访企业。",), "“二是”后面是“四是”"),
        (("1）编制规划。", "3）走访企业。"), "“1）”后面接着是“3）”"),
        (("十、甲", "十二、乙"), "“十、”后面接着是“十二、”"),
    ],
)
def test_numbers_that_do_not_follow(checked, book, paragraphs, words):
    findings = told(checked, with_text(book, *paragraphs), "PG307")
    assert any(words in finding.message for finding in findings)
    assert {str(finding.ref) for finding in findings} == {"文字部分!B2"}


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("一、甲", "（一）乙", "1.丙", "（1）丁", "（2）戊", "2.己", "（二）庚", "1.辛", "二、壬"),
        ("存在问题", "（一）甲", "（二）乙", "改进措施", "（一）丙", "（二）丁"),
        ("（一）甲", "表1　某某表", "（二）乙"),
        ("一是甲。", "二是乙：一是丙；二是丁。", "三是戊。"),
        ("1.甲一是乙；二是丙。", "2.丁一是戊；二是己。"),
        ("全年投入1.5亿元，增长2.3%；3、4号泊位开放；2.4万人受益。",),
        ("2023年全年完成。", "5月召开会议。"),
    ],
)
def test_numbers_that_follow(checked, book, paragraphs):
    assert told(checked, with_text(book, *paragraphs), "PG307") == []


def test_rows_of_one_section_are_one_text(checked, book):
    book["文字部分"].insert_rows(3)
    put(with_text(book, "（一）预算执行情况"), "文字部分!B3", "（二）绩效情况")
    assert told(checked, book, "PG307") == []


# --- PG308 ---------------------------------------------------------------------------------------


def spending(*amounts):
    """A workbook of Guangzhou's report with these amounts of spending."""
    return {
        "基本信息": [{"单位名称": "某某局", "年度": "2023"}],
        "项目支出": [
            {"重点任务": "甲任务", "主要支出项目": f"项目{place}", "年度预算金额": "90000",
             "支出金额": amount}
            for place, amount in enumerate(amounts)
        ],
    }  # fmt: skip


def test_amounts_with_different_decimals_where_they_print_as_typed(findings_in):
    content = spending("1320.70", "4499.53", "77.945600", "300")
    (finding,) = findings_in("PG308", "guangzhou-self-evaluation", content)
    assert finding.severity == "warning"
    assert finding.message == "项目支出的“支出金额”小数位数不一：2 位的 2 行、6 位的 1 行"


def test_a_third_decimal_is_told_in_a_long_table_alone(findings_in):
    short, long = ("12.5", "8.257", "30.1"), ("12.5", "8.257", "30.1", "4.75", "6.2", "9.15")
    for amounts, told in ((short, 0), (long, 1)):
        found = findings_in("PG308", "guangzhou-self-evaluation", spending(*amounts))
        assert len(found) == told


@pytest.mark.parametrize(
    "amounts",
    [
        ("12.5", "8.25", "30.1", "4.75", "6.2", "9.15", "7.4"),
        ("12.503218", "8.25417", "30.118206", "4.752611", "6.200348", "9.154402", "7.403319"),
    ],
)
def test_a_zero_that_a_cell_did_not_keep_is_no_other_way_of_writing(findings_in, amounts):
    assert findings_in("PG308", "guangzhou-self-evaluation", spending(*amounts)) == ()


def test_whole_amounts_are_no_other_decimals(findings_in):
    content = spending("1320.70", "300", "77.95")
    assert findings_in("PG308", "guangzhou-self-evaluation", content) == ()


def test_a_layout_that_drops_trailing_zeros_says_nothing(found, book):
    assert found(put(put(book, "预算信息!C5", "60.000"), "预算信息!C6", "40.0")) == []


# --- PG309 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (("表1 预算情况表", "表1 绩效情况表"), "都编为表1"),
        (("表 1-1 预算情况表", "表1-2 绩效情况表", "详见表 1-3。"), "说见表1-3，报告里没有表1-3"),
        (("表1 预算情况表", "表2 绩效情况表", "详见表1、如表2所示。"), None),
        (("详见表2-1。",), "说见表2-1，报告里没有表2-1"),
        (("表1 预算情况表", "表2023年完成情况如下"), None),
    ],
)
def test_numbers_of_tables_in_the_text(checked, book, paragraphs, words):
    findings = told(checked, with_text(book, *paragraphs), "PG309")
    assert len(findings) == (1 if words else 0)
    assert all(words in finding.message for finding in findings)


# --- PG310 ---------------------------------------------------------------------------------------


def tasks_and_groups(task, group):
    """A workbook of Guangzhou's report with one task and the spending for one."""
    return {
        "基本信息": [{"单位名称": "某某局", "年度": "2023"}],
        "重点任务": [{"重点工作任务名称": task}],
        "项目支出": [
            {"重点任务": group, "主要支出项目": "甲项目", "年度预算金额": "1", "支出金额": "1"}
        ],
    }


@pytest.mark.parametrize(
    ("task", "group", "same"),
    [
        ("促进会展之都扩容提质", "促进会展业扩容提质", False),
        ("创新推动贸易高质量发展", "创新推动贸易高质量发展。", False),
        ("推进消费（汽车）升级", "推进消费汽车升级", False),
        ("促进会展业扩容提质", "促进会展业扩容提质", True),
        ("创新推动贸易高质量发展", "保障口岸通关建设", True),
        ("推进第一批改造项目", "推进第二批改造项目", True),
        ("建设市级商业示范中心", "建设省级商业示范中心", True),
    ],
)
def test_one_task_under_two_names(findings_in, task, group, same):
    findings = findings_in("PG310", "guangzhou-self-evaluation", tasks_and_groups(task, group))
    assert len(findings) == (0 if same else 1)
    if not same:
        assert findings[0].severity == "warning"
        assert task in findings[0].message and group in findings[0].message


@pytest.mark.parametrize(("group", "same"), [("水文测报", False), ("村村通路", True)])
def test_the_only_name_that_two_tables_do_not_share(findings_in, group, same):
    names = ["航道维护疏浚", "船闸大修", "港口岸电建设", "水情测报"]
    content = tasks_and_groups(names[0], names[0])
    task, row = content["重点任务"][0], content["项目支出"][0]
    content["重点任务"] = [{**task, "重点工作任务名称": name} for name in names]
    content["项目支出"] = [
        {**row, "重点任务": name, "主要支出项目": f"{name}项目"} for name in (*names[:3], group)
    ]
    findings = findings_in("PG310", "guangzhou-self-evaluation", content)
    assert len(findings) == (0 if same else 1)


def test_one_sign_wrong_in_one_of_a_tasks_rows(findings_in):
    content = tasks_and_groups("航道维护疏浚", "航道维护疏浚")
    content["项目支出"].append(
        {**content["项目支出"][0], "重点任务": "航道维护疏俊", "主要支出项目": "乙项目"}
    )
    (finding,) = findings_in("PG310", "guangzhou-self-evaluation", content)
    assert finding.ref.address == "A3"


@pytest.mark.parametrize(("slip", "told"), [("船闸大休项", True), ("船闸小休", False)])
def test_one_sign_wrong_in_a_short_name(findings_in, slip, told):
    content = tasks_and_groups("船闸大修项", "船闸大修项")
    content["项目支出"].append({**content["项目支出"][0], "重点任务": slip, "主要支出项目": "乙"})
    assert bool(findings_in("PG310", "guangzhou-self-evaluation", content)) is told


def test_names_that_differ_by_marks_across_tables(checked, book):
    put(put(book, "重点任务!B2", "走访企业，数量"), "绩效指标!B4", "走访企业数量")
    (finding,) = told(checked, book, "PG310")
    assert str(finding.ref) == "绩效指标!B4"
    assert "重点任务!B2" in finding.message


# --- PG311 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "wrong"),
    [
        ("（一）2022年度预算执行情况", True),
        ("一、2022年整体支出绩效", True),
        ("现将我局2022年部门整体支出绩效自评情况报告如下：", True),
        ("（一）2023年度预算执行情况", False),
        ("（一）2024年工作计划", False),
        ("（一）2021—2023年规划实施情况", False),
        ("2022年度自贸区联动创新区评价工作已经完成，走访了全部园区。", False),
        (
            "根据《关于印发2024年绩效评价工作方案的通知》，现将我局2023年绩效自评情况报告如下：",
            False,
        ),
    ],
)
def test_another_year_in_a_heading_or_in_the_opening(found, book, paragraph, wrong):
    expected = ["PG311 error 文字部分!B2"] if wrong else []
    assert [line for line in found(with_text(book, paragraph)) if "PG311" in line] == expected


@pytest.mark.parametrize(
    ("evidence", "wrong"),
    [
        ("2022年度决算报告", True),
        ("《2022年苏州自贸联动创新发展区建设情况》", False),  # named as that year's
        ("2023年度决算报告，比2022年增加", False),
        ("2024年1月统计年报", False),
        ("苏商流通函〔2020〕791号", False),
        ("走访记录", False),
    ],
)
def test_evidence_of_another_year(checked, book, evidence, wrong):
    findings = told(checked, put(book, "绩效指标!H4", evidence), "PG311")
    assert len(findings) == wrong
    for finding in findings:
        assert (finding.severity, str(finding.ref)) == ("warning", "绩效指标!H4")
        assert "2023" in finding.message and "2022" in finding.message
