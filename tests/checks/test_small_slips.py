"""Small things that copying leaves: doubled clauses, form words, attachments, document numbers."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(code, *texts):
        for place, text in zip(("文字部分!B2", "文字部分!B3"), texts, strict=False):
            put(book, place, text)
        return [one.message for one in checked(book).findings if one.code == code]

    return tell


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("馆内藏品丰富，承担全市文物征集任务，承担全市文物征集任务，免费开放。", True),
        ("市档案馆为市委直属事业单位，为市委直属事业单位，内设科室5个。", True),
        ("承担文物征集任务48件，承担文物征集任务48件，修复32件。", True),
        ("整理征集任务6项；整理征集任务6项；编目1200件。", True),
        ("征集任务48件，其中征集任务48件已完成。", False),
        ("一季度征集任务100%，二季度征集任务100%。", False),
        ("承担全市文物征集任务，承担全市文物修复任务。", False),
        ("完成征集任务86件，完成征集任务86件；修复42件。", True),
        ("上半年完成征集任务40件，下半年完成征集任务46件。", False),
        ("宣传再宣传，落实再落实。", False),
    ],
)
def test_a_clause_stands_twice(told, text, blamed):
    assert any("征集任务" in one or "直属事业" in one for one in told("PG306", text)) == blamed


def test_a_word_stands_twice_within_a_sentence(told):
    """One text for all: a compound may begin with the word that the one before it ends with."""
    wrong = "馆内接受社会社会监督。2023年为数字档案建设建设攻坚之年，系系统集成项目。"
    (message,) = told("PG306", wrong)
    assert "社会社会" in message and "建设建设" in message
    assert told("PG306", "提升公共服务服务半径，项目管理管理费列支，培训培训机构教师。") == []


def test_a_unit_stands_twice_behind_its_number(told):
    """A word of its own may begin with the unit before it: 3家家庭农场."""
    (message,) = told("PG306", "放映公益电影86场场，新增书屋4个个；投入12万元元。")
    assert all(one in message for one in ("场场", "个个", "元元"))
    right = "扶持3家家庭农场，管理12个个人账户，40人人均受益2次，投入12万元，元旦前完成。"
    assert told("PG306", right) == []


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("填写存在问题", True),
        ("……", True),
        ("全市建成区绿化覆盖率达到42%（此处可续写）。", True),
        ("指导群众填写申请表2600份。", False),
        ("血库储备量同比增长4.2%（公式待改）。", True),
        ("修复明清家具36件（数字要核一下）。", True),
        ("阅览座位全部开放【以下照搬去年】。", True),
        ("新增气象观测站【数量】个。", True),
        ("该片区由【单位名称】负责养护。", True),
        ("全区尚有老旧管网12公里（待改造），已列入计划。", False),
        ("补助标准不变（沿用2022年标准），按月发放。", False),
        ("【项目名称】村级文化站修缮。", False),
        ("路面破损3处（需修补），均已处理。", False),
        ("开设书画、声乐、舞蹈……等课程24门。", False),
        ("材料可续期使用（可自行下载）。", False),
    ],
)
def test_words_of_the_form_are_left(told, text, blamed):
    assert bool(told("PG316", text)) == blamed


@pytest.mark.parametrize(
    ("texts", "blamed"),
    [
        (("自评得分92.6分（见附件5）。",), True),
        (("自评得分92.6分（见附件1），指标详见附件2。",), False),
        (("自评得分92.6分（见附件1）。",), False),
        (("随文报送附件3份。",), False),
    ],
)
def test_an_attachment_without_those_before_it(told, texts, blamed):
    assert bool(told("PG309", *texts)) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("执行《补助资金管理办法》（平财教发2022 14号）。", True),
        ("执行《补助资金管理办法》（平财教发〔2022〕14号）。", False),
        ("门牌为健康路2022 14号楼。", False),
        ("执行《补助资金管理办法》（平财教〔14〕2022号）。", True),
        ("执行《补助资金管理办法》（平财教﹝2022第14号）。", True),
        ("执行《补助资金管理办法》（平财教〔2022〕〔14〕号）。", True),
        ("执行《补助资金管理办法》（平财教2022〔14〕号）。", True),
        ("刊登于2022年第14号公报，见第（3）号附表。", False),
        ("会议纪要〔2022〕14号、15号。", False),
    ],
)
def test_a_document_number_without_brackets(told, text, blamed):
    assert bool(told("PG305", text)) == blamed


def test_a_sentence_copied_under_another_number_stands_twice(told):
    said = "全年调解矛盾纠纷1260件，开展普法宣讲86场，法律援助办案时限由30天压缩到18天，缩短40%。"
    assert told("PG303", f"三是服务更加高效。{said}", f"（二）{said}")
    assert told("PG303", f"三是服务更加高效。{said}", "（二）全年办理公证2100件。") == []
