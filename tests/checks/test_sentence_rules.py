"""Rules over sentences, PG302 to PG321: what is found, and what is left alone."""

import pytest

from perfgen.checks.told.undone_words import said_not_done
from workbooks.make import put

PLACE = "文字部分!B2"


@pytest.fixture
def told(checked, book):
    """What a rule says of a text in the first section."""

    def tell(code, *paragraphs, unit=None):
        if unit:
            put(book, "基本信息!B2", unit)
        put(book, PLACE, "\n".join(paragraphs))
        return [one.message for one in checked(book).findings if one.code == code]

    return tell


def test_two_numbers_of_one_thing_are_named_with_the_other_place(told):
    said = told(
        "PG320", "举办惠民演出412场。", "全年412场惠民演出覆盖城乡。", "共举办惠民演出421场。"
    )
    assert len(said) == 1
    assert "421场" in said[0] and "412场" in said[0]


@pytest.mark.parametrize(
    "other",
    [
        "2022年举办惠民演出421场。",
        "计划举办惠民演出421场。",
        "累计举办惠民演出4210场。",
        "举办惠民演出约410场。",
        "举办惠民展览421场。",
    ],
)
def test_numbers_of_other_times_and_things_are_no_second_number(told, other):
    assert told("PG320", "举办惠民演出412场。", other) == []


def test_a_day_that_no_calendar_has(told):
    assert "没有这一天" in told("PG321", "2023年2月30日召开部署会。")[0]
    assert told("PG321", "2023年2月28日召开部署会。", "2月29日前后。") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("余下工程2024年14月完工。", True),
        ("13月底前完成清算。", True),
        ("余下工程2024年4月完工。", False),
        ("为18月龄以上儿童补种疫苗，2023年12个月均按时拨付。", False),
    ],
)
def test_a_month_that_no_year_has(told, text, wrong):
    assert any("没有这个月" in one for one in told("PG321", text)) is wrong


@pytest.mark.parametrize(
    ("text", "unit", "name"),
    [
        ("我委成立工作小组。", "临江县教育局", "我委"),
        ("修订《韶水市教育局专项资金管理办法》。", "岭安市教育局", "韶水市教育局"),
        ("清源市教育局是市政府工作部门。", "云泽市教育局", "清源市教育局"),
        ("星海区商务局主管商贸工作。", "星海区教育局", "星海区商务局"),
        ("2023年，临江县农业农村局紧扣供水主线。", "临江县水务局", "临江县农业农村局"),
        ("青石市民政局（以下简称市局）内设科室9个。", "青石市体育局", "青石市民政局"),
        ("报告拟在市应急管理局门户网站公开。", "青石市体育局", "市应急管理局"),
        ("评价结果通过县卫健委官网公示。", "临江县水务局", "县卫健委"),
        ("白浪市文化和旅游局为市政府组成部门。", "白浪市文化和体育局", "白浪市文化和旅游局"),
        ("宣城市水务局是市政府工作部门。", "宣阳市水务局", "宣城市水务局"),
        ("石庄市气象局提供数据。", "石家庄市水务局", "石庄市气象局"),
    ],
)
def test_another_offices_name(told, text, unit, name):
    said = told("PG319", text, unit=unit)
    assert len(said) == 1
    assert name in said[0] and unit in said[0]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("我局成立工作小组，本局主管教育工作。", "临江县教育局"),
        ("会同星海区商务局开展检查。", "星海区教育局"),
        ("根据岭安市教育局要求，县教育局组织实施。", "临江县教育局"),
        ("赴韶水市教育局学习考察。", "岭安市教育局"),
        ("岭安市教育局是市政府工作部门。", "岭安市教育局"),
        ("报告在市财政局网站和市政府门户网站公开。", "岭安市教育局"),
        ("通过区文旅局公众号发布，随决算在局门户网站公开。", "星海区文化和旅游局"),
        ("岭安市教育考试局为局属事业单位，核定编制20名。", "岭安市教育局"),
        ("临江县财政局2023年下达资金60万元。", "临江县水务局"),
        ("省教育厅在岭安市召开现场会。", "岭安市教育局"),
        ("江北省水利厅2023年度安排补助资金300万元。", "临江县水务局"),
        ("石家庄市气象局提供数据。", "石家庄市水务局"),
        ("落实市场监管总局要求，抽检食品300批次。", "青石市市场监督管理局"),
        ("推进城市管理局部整治，清理占道。", "青石市城市管理局"),
    ],
)
def test_names_that_an_office_may_write(told, text, unit):
    assert told("PG319", text, unit=unit) == []


@pytest.mark.parametrize(
    "text",
    [
        "2032年将继续加大投入。",
        "力争2015年新增3个。",
        "2022年走访企业数量52家，项目支出105.5万元。",
    ],
)
def test_a_year_that_its_sentence_does_not_allow(told, text):
    assert len(told("PG311", "工作有序。" + text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "到2035年基本实现现代化。",
        "由2015年的3个增加到2023年的8个。",
        "截至2017年底累计建成12个。",
        "2022年走访企业数量48家。",
        "2022年走访企业数量52家，今年与上年持平。",
    ],
)
def test_a_year_that_is_another_on_purpose(told, text):
    assert told("PG311", "工作有序。" + text) == []


@pytest.mark.parametrize(
    "text", ["用【】年时间。", "（填写数据来源）", "（二）同上。", "20XX年完成。", "金额待定。"]
)
def test_left_overs_of_forms(told, text):
    assert len(told("PG316", text)) == 1


@pytest.mark.parametrize(
    "text", ["《办法》（试行）已印发。", "（说明见附件1）", "数据未确认的不予公布。"]
)
def test_what_is_no_left_over(told, text):
    assert told("PG316", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "原定的戏剧周取消。",
        "2所园舍改造尚未完工。",
        "排污口整治工作推迟到下年实施。",
        "泵站未通过验收。",
        "个别项目难以按期竣工。",
    ],
)
def test_words_for_what_was_not_done(text):
    assert list(said_not_done(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "对3家未落实实名登记的旅馆依法作出处罚。",
        "检查中发现12家企业未建立台账。",
        "取消收费12项。",
        "清理未完成备案的项目。",
    ],
)
def test_words_for_what_others_did_not_do(text):
    assert list(said_not_done(text)) == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("PG311", "客流量恢复至2019年的95%。"),
        ("PG311", "单位能耗回落到2018年水平。"),
        ("PG314", "举办讲座62场，其中馆内40场、校园22场，另有线上直播8场。"),
        ("PG314", "检查企业90家，其中市区50家、郊区40家，超过年初确定的80家。"),
        ("PG314", "覆盖率由70%提高到75%，入住率由40%提高到52%，提高12个百分点。"),
        ("PG314", "通过率80%，其中首次通过率60%、复审通过率95%。"),
        ("PG302", "尾款12万元尚未支付，原因是合同约定质保期满付清。"),
        ("PG302", "未执行部分35万元，主要为设备采购节约资金和监理尾款。"),
        ("PG302", "剩余18.5万元结转2024年继续用于奖补。"),
        ("PG302", "年末尾款尚未支付。主要原因是合同约定质保期满付清。"),
        ("PG307", "1.3月印发方案；2.5月组织培训。"),
        ("PG320", "总体合格率98.9%，其中蔬菜合格率98.2%、水果合格率99.8%。"),
    ],
)
def test_another_base_or_another_group_is_left_alone(told, code, sentence):
    assert told(code, sentence) == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("PG311", "力争到2015年建成。"),
        ("PG314", "举办讲座62场，其中馆内40场、校园32场，另有线上直播8场。"),
        ("PG314", "覆盖率由70%提高到75%，入住率由40%提高到52%，提高21个百分点。"),
        ("PG302", "研讨会尚未召开。"),
        ("PG307", "1.3月印发方案；3.5月组织培训。"),
    ],
)
def test_the_same_words_with_a_fault_are_still_found(told, code, sentence):
    assert told(code, sentence)


def test_a_count_says_how_many_are_listed(told):
    said = told("PG324", "下属单位4家（河道管理所、水库管理所、供水总站）。")
    assert len(said) == 1
    assert "4家" in said[0] and "3 个" in said[0]
    assert told("PG324", "下属单位3家（河道管理所、水库管理所、供水总站）。") == []
    assert told("PG324", "下属单位6家（河道管理所、水库管理所、供水总站等）。") == []


def test_an_amount_and_its_other_wording(told):
    assert "0.65" in told("PG323", "到位资金6500万元（折合0.56亿元）。")[0]
    assert told("PG323", "到位资金6500万元（折合0.65亿元）。") == []
    assert told("PG323", "到位资金6500万元，另有捐赠0.56亿元。") == []


@pytest.mark.parametrize(
    ("notice", "blamed"),
    [
        ("《关于开展2022年度部门整体支出绩效自评工作的通知》（某财绩〔2023〕2号）", True),
        ("《关于开展2023年度部门整体支出绩效自评工作的通知》（某财绩〔2024〕2号）", False),
        ("《关于做好2024年市级部门整体支出绩效自评工作的通知》（某财绩〔2024〕2号）", False),
        ("《市级预算绩效管理办法》（某财绩〔2019〕2号）", False),
    ],
)
def test_the_notice_that_a_self_evaluation_rests_on_is_of_its_own_year(found_in, notice, blamed):
    content = {"基本信息": [{"依据文件": notice}]}
    assert bool(found_in("guangzhou-self-evaluation", content, "PG326")) == blamed


@pytest.mark.parametrize(
    "sentence",
    [
        "实施道路改造等项目74个，其中12个尚未开工。",
        "38个村的供水改造中有6个村正在招标。",
        "养老驿站补贴尚有3个镇未兑付。",
        "12个监测点中，9个已建成，3个正在调试。",
        "5所学校的食堂改造还在施工。",
        "数据平台二期尚在前期阶段。",
        "两期培训因场地紧张未办。",
    ],
)
def test_a_part_that_is_not_done(sentence):
    assert list(said_not_done(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "检查企业120家，其中12家未按期开展自查。",
        "督促3个未开工项目加快进度。",
        "全部项目完工，无未完成项目。",
        "上年未完工的3个项目今年全部竣工。",
        "正在施工的5个工地全部纳入监管。",
        "走访未参保人员1200人。",
    ],
)
def test_others_work_that_is_not_done(sentence):
    assert list(said_not_done(sentence)) == []
