"""Numbers that are slips of others: the digits say much, the words may be few."""

from dataclasses import replace

import pytest

from perfgen.prose.expected import Purpose
from perfgen.prose.mentions import mentions
from perfgen.prose.twins import twins

YEAR = 2024
REST = (
    "全年受理群众来电来信1874件，接待来访316批次。",
    "培训基层站所负责人94名，开展应急演练7场，发放手册2.6万册。",
    "维护监测井58眼，采集水样1320个，出具检测报告417份。",
    "建成智慧泵站3座，更换水表8650只，漏损率降至9.7%。",
    "完成投资3560万元，其中设备购置1280万元。",
)
"""What a report tells besides: only in it words are rare or common."""


def odd(*texts, purpose=Purpose.EITHER):
    """The numbers that are likely slips, each with the number that is meant."""
    told = [
        replace(one, place=(number, *one.place))
        for number, text in enumerate((*texts, *REST))
        for one in mentions(text, YEAR, (), purpose)
    ]
    return [f"{echo.wrong.quantity.typed}/{echo.right.quantity.typed}" for echo in twins(told)]


@pytest.mark.parametrize(
    ("texts", "slips"),
    [
        # the same thing in other words, two digits turned about
        (("学员考取叉车操作证4120本。", "叉车操作获证4210本。"), ["4210本/4120本"]),
        (("拆除违章棚舍1.7万平方米。", "违章棚舍7.1万平方米已拆。"), ["7.1万平方米/1.7万平方米"]),
        # the number stands behind its noun here, before it there
        (
            ("河道巡护员863人参与巡河。", "368名巡护员坚持巡河。", "全市共有863名河道巡护员。"),
            ["368名/863人"],
        ),
        # the noun is that of the clause before
        (
            ("举办马拉松等赛事24项，参赛选手3.86万人。", "赛事24项，吸引选手8.36万人。"),
            ["8.36万人/3.86万人"],
        ),
        # one digit of three and more
        (
            (
                "馆藏档案数字化扫描64.8万页。",
                "档案数字化扫描加工64.3万页。",
                "数字化扫描64.8万页。",
            ),
            ["64.3万页/64.8万页"],
        ),
        # a digit left out
        (
            ("粮库轮换稻谷12600吨。", "全年轮换稻谷1260吨。", "稻谷轮换12600吨。"),
            ["1260吨/12600吨"],
        ),
        # behind brackets the sentence is of this year again
        (
            (
                "庭审直播率96.1%（上年为93.4%），特邀调解员275人参与调解。",
                "特邀调解员257人参与调解案件。",
                "特邀调解员257人。",
            ),
            ["275人/257人"],
        ),
        # told often, and once otherwise
        (
            (
                "新建乡村书屋6家。",
                "新建的6家乡村书屋全部开放。",
                "建成乡村书屋6家。",
                "新建乡村书屋9家。",
            ),
            ["9家/6家"],
        ),
        # 台(套) is one unit
        (
            ("购置酶标仪等检验仪器36台（套）。", "采购检验仪器63台（套）。", "检验仪器36台到位。"),
            ["63台/36台"],
        ),
    ],
)
def test_a_slip_is_told_with_what_is_meant(texts, slips):
    assert odd(*texts) == slips


@pytest.mark.parametrize(
    "texts",
    [
        # both are told elsewhere
        ("受理案件4230件。", "审结案件4203件。", "受理4230件、审结4203件。"),
        # stages of one work
        ("全年受理投诉2318件。", "办结投诉2381件。"),
        # two things beside each other
        ("获得金牌18枚、银牌17枚。", "运动员夺得金牌18枚。"),
        ("抽检蔬菜412批次。", "抽检水果421批次。"),
        ("培训村医236人。", "培训乡村教师263人。"),
        # a rate of something else
        ("生猪免疫密度98.9%。", "家禽抗体合格率99.8%。"),
        # rounded
        ("网上可办率98.9%。", "网上可办率达到98%。", "网上可办率98.94%。"),
        # a plan, and what became of it
        ("计划抽查企业1500家。", "全年实际抽查企业1560家。"),
        # parts of a whole, and the whole
        ("城区改造管网12公里、乡镇改造管网21公里，共改造33公里。", "城区改造管网12公里。"),
        # amounts that are worked out
        ("两项合计结余2.15万元。", "流动图书车结余1.25万元。"),
        # another year
        ("2022年、2023年分别投入620万元和510万元。", "2024年投入150万元。"),
        # about so many
        ("惠及群众约3.2万人次。", "惠及群众2.3万人次以上。"),
        # of another year; a plan in running text
        ("2022年放映公益电影1247场。", "放映公益电影1274场。"),
        ("计划放映公益电影1247场。", "放映公益电影1274场。"),
        # the parts of a whole
        (
            "终端320套中，学校210套、医院48套、避难场所62套。",
            "终端建设一期200套、二期120套，共320套。",
        ),
        # one of several, and what has a word more
        ("最大的一所改造面积1860平方米。", "四所敬老院改造面积5860平方米。"),
        ("自助图书馆借还14.6万册次。", "通借通还图书18.6万册次。", "通借通还18.6万册次。"),
        ("合同总价138万元，分三年支付。", "检务平台支出138.6万元。"),
        # nothing in common
        ("发放种子1350公斤。", "收缴废旧农膜1530公斤。"),
    ],
)
def test_what_differs_by_right_is_no_slip(texts):
    assert odd(*texts) == []


def test_a_price_is_held_against_prices():
    texts = ("供养标准每人每月1850元。", "孤儿供养标准1580元/月。", "供养标准为1580元/月。")
    assert odd(*texts) == ["1850元/1580元/月"]
