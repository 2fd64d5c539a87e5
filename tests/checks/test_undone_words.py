"""What sentences say was not done, in passive and noun forms, and what they do not."""

import pytest

from perfgen.checks.told.undone_words import said_not_done
from workbooks.make import put


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("立案调查交通违法案件46起，尚有3起未结案。", "尚有3起未结案"),
        ("受理劳动仲裁120件，其中5件尚未审结。", "其中5件尚未审结"),
        ("处置险情38处，其中2处未能在规定时限内抢通。", "其中2处未能在规定时限内抢通"),
        ("校园广播系统尚未终验。", "尚未终验"),
        ("新购防护服尚有60套未配发。", "尚有60套未配发"),
        ("县级实训基地均未挂牌。", "均未挂牌"),
        ("开展财政重点评价，反馈意见4条，其中2条尚未整改。", "其中2条尚未整改"),
        ("古籍目录尚未录入。", "尚未录入"),
        ("两座公厕未按期更新。", "未按期更新"),
        ("6座水质自动站中有1座因浮台受损停止运行。", "1座因浮台受损停止运行"),
        ("修缮文保建筑9栋，仍有1栋未封顶。", "仍有1栋未封顶"),
        ("另2条支路因管线迁改停工。", "另2条支路因管线迁改停工"),
        ("招聘讲解员4名，至今无人报名。", "至今无人报名"),
        ("42名学徒中有6名尚未签订协议。", "42名学徒中有6名尚未签订"),
        ("引进专家12名，建成工作站4家，尚有1家未挂牌。", "尚有1家未挂牌"),
        ("渡口班船停航后仍未恢复。", "仍未恢复"),
    ],
)
def test_not_done(text, said):
    ((found, _),) = said_not_done(text)
    assert found.endswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "检查企业186家，发现隐患72处，其中3处尚未整改，已责令停产。",
        "清理长期未结案的积案26件。",
        "对未挂牌的基层站点统一挂牌。",
        "3起未结案的纠纷移交法院。",
        "排查未更新的消防设施140处并全部更换。",
        "未发现问题。",
        "防止险情未能及时处置。",
        "尚有2个标段未到付款期。",
        "还有5个村未脱贫的情况已列入台账。",
        "检查网吧40家，其中2家因整改停业。",
        "仍有3条意见未采纳，已作说明。",
    ],
)
def test_what_others_did_not_do_or_only_describes(text):
    assert list(said_not_done(text)) == []


SECTION = "六、绩效自评结果拟应用和公开情况"


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("因网站改版，自评报告暂缓公开。", True),
        ("自评结果推迟向社会公开。", True),
        ("自评报告随部门决算在门户网站公开。", False),
        ("涉密内容按规定暂不公开，其余内容随决算公开。", False),
    ],
)
def test_a_report_that_is_not_published(checked, book, text, blamed):

    put(book, "文字部分!A2", SECTION)
    put(book, "文字部分!B2", text)
    found = [one for one in checked(book).findings if one.code == "PG302"]
    assert bool(found) == blamed
