"""Numbers in sentences: how much, in what unit, how exactly meant."""

from decimal import Decimal

import pytest

from perfgen.prose.quantities import quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.text import folded, sentences


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("支出１，２３４．５万元", "12345000", "元"),
        ("投入0.5亿元", "50000000", "元"),
        ("新建2.1万亩", "21000", "亩"),
        ("培训二十八场", "28", "场"),
        ("提高2个百分点", "2", "个百分点"),
        ("下乡指导-12次", "-12", "次"),
        ("执行率98.00%", "98", "%"),
    ],
)
def test_a_number_and_its_unit(text, value, unit):
    (quantity,) = quantities(folded(text))
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    ["2023年", "第一批", "统一部署", "12月31日", "3号楼", "一级", "之一", "〔2023〕12号", "A4纸"],
)
def test_what_is_no_quantity(text):
    assert quantities(folded(text)) == ()


@pytest.mark.parametrize(
    "text", ["100余家", "近100家", "超过100家", "100家以上", "不少于100家", "第3名"]
)
def test_a_bound_is_not_meant_exactly(text):
    assert all(quantity.bound for quantity in quantities(folded(text)))


def test_about_is_compared_by_the_places_that_are_written():
    (quantity,) = quantities(folded("约2800万元"))
    assert quantity.is_(Decimal(27_865_000))
    assert not quantity.is_(Decimal(27_400_000))


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("1236", "1263", True),
        ("19.6", "196", True),
        ("200.5", "205.0", True),
        ("845", "854", True),
        ("1620", "162", True),
        ("93.6", "83.6", True),
        ("91.2", "88.7", False),
        ("52", "52", False),
        ("120", "352", False),
    ],
)
def test_slips_of_the_hand(one, other, slip):
    assert is_slip(Decimal(one), Decimal(other)) is slip


def test_a_text_is_cut_into_sentences_and_clauses():
    first, second = sentences("全年支出 1,200 万元，其中甲500万元、乙700万元。完成（含结转）。")
    assert [clause.text for clause in first.clauses] == [
        "全年支出1200万元", "其中甲500万元", "乙700万元",
    ]  # fmt: skip
    assert [(clause.text, clause.depth) for clause in second.clauses] == [
        ("完成", 0),
        ("含结转", 1),
    ]


@pytest.mark.parametrize(
    ("clause", "units"),
    [
        ("抽检6.8批次/千人", ["批次/千人"]),
        ("补贴标准6000元/户", ["元/户"]),
        ("合格5个/不合格3个", ["个", "个"]),
        ("一件事一次办18项", ["项"]),
        ("新建一座泵站", ["座"]),
    ],
)
def test_what_a_unit_is_divided_by_belongs_to_it_and_set_phrases_count_nothing(clause, units):
    assert [one.unit for one in quantities(clause)] == units
