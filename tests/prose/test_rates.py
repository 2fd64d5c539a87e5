"""Rates that the amounts of their own sentence do not give, and changes that do not add up."""

import pytest

from perfgen.prose.change_sums import unbalanced, unfit_bracket
from perfgen.prose.money import MoneyReader
from perfgen.prose.rates import unfit_rates

READER = MoneyReader([], [], 2024, ())


def figures(text):
    return list(READER.figures([text], of=None))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("采购预算80万元，实际采购76万元，执行率95%。", False),
        ("采购预算80万元，实际采购76万元，执行率59%。", True),
        ("预算520万元，实际支付494万元，支付率95%。", False),
        ("预算520万元，实际支付449万元，支付率95%。", True),
        ("三项合计412万元，占项目预算430万元的95.81%。", False),
        ("三项合计412万元，占项目预算430万元的91.85%。", True),
        ("民生类案件126件，占全部案件180件的70%。", False),
        ("民生类案件126件，占全部案件180件的60%。", True),
        ("上年支出126万元，占全部支出180万元的60%。", False),
        ("预算520万元，其中第一批已支付180万元，支付率95%。", False),
        ("检查车间126个，占应查范围的60%。", False),
    ],
)
def test_a_rate_is_that_of_its_amounts(text, wrong):
    assert any(list(unfit_rates(one)) for one in figures(text)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("年初预算96万元，追加12万元，合计108万元。", False),
        ("年初预算96万元，追加12万元，合计118万元。", True),
        ("年初预算96万元，追加12万元、6万元，合计18万元。", False),
        ("年初安排260万元，省级年中下达40万元，连同上年结转12万元，可用资金312万元。", False),
        ("年初安排260万元，省级年中下达40万元，连同上年结转12万元，可用资金321万元。", True),
        ("年初部门预算860万元，年中上级下达120万元、净追加32万元，年度预算数1012万元。", False),
        ("年初部门预算860万元，年中上级下达210万元、净追加32万元，年度预算数1012万元。", True),
        ("全年预算496万元（年初460万元，调整净增36万元）。", False),
        ("全年预算496万元（年初460万元，调整净增63万元）。", True),
        ("全年预算496万元（年初460万元，比上年增加20万元）。", False),
    ],
)
def test_changes_add_up(text, wrong):
    off = [[*unbalanced(one), *unfit_bracket(one)] for one in figures(text)]
    assert any(off) == wrong
