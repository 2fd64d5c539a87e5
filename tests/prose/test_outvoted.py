"""A table's figure that several texts tell otherwise."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perfgen.prose.expected import Purpose
from perfgen.prose.meanings import bare_words, standard
from perfgen.prose.mentions import Mention, mentions
from perfgen.prose.outvoted import outvoted
from perfgen.prose.quantities import quantities


def figure(name, value):
    lead = bare_words(standard(name), ())
    return Mention(quantities(value)[0], lead, "", name, name + value, weight=9, place=(-1, 0))


def found(name, value, *texts, other=(), purpose=Purpose.REACHED):
    told = [
        replace(one, place=(number, *one.place))
        for number, text in enumerate(texts)
        for one in mentions(text, 2024, (), purpose)
    ]
    own = [frozenset(map(Decimal, other))]
    return [one.told[0].quantity.typed for one in outvoted([figure(name, value)], told, own)]


@pytest.mark.parametrize(
    ("name", "value", "texts"),
    [
        ("更新病床数量", "35张", ("病房改造中更新病床36张。", "更新病床36张、床头柜36个。")),
        ("巡河里程", "1820公里", ("巡河里程1280公里。", "河长巡河里程达1280公里。")),
        ("展品完好率", "89.6%", ("展品完好率98.6%。", "各展厅展品完好率为98.6%。")),
    ],
)
def test_two_texts_that_agree_outvote_the_table(name, value, texts):
    assert found(name, value, *texts) == [texts[0][texts[0].index(v) :][: len(v)]
                                          for v in ("36张", "1280公里", "98.6%")
                                          if v in texts[0]]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "texts"),
    [
        # one of the texts has the table's number
        ("更新病床数量", "35张", ("更新病床36张。", "更新病床36张。", "更新病床35张。")),
        # one text only
        ("更新病床数量", "35张", ("更新病床36张，病床36张全部到位。",)),
        # two texts that do not agree
        ("更新病床数量", "35张", ("更新病床36张。", "更新病床38张。")),
        # a part, another year, a plan
        ("更新病床数量", "35张", ("其中更新病床16张。", "其中更新病床16张。")),
        ("更新病床数量", "35张", ("2023年更新病床36张。", "上年更新病床36张。")),
        ("更新病床数量", "35张", ("计划更新病床36张。", "年初计划更新病床36张。")),
        # far off: something else of the same name
        ("更新病床数量", "35张", ("更新病床360张。", "更新病床360张。")),
        # another thing
        ("更新病床数量", "35张", ("购置轮椅36张。", "添置轮椅36张。")),
    ],
)
def test_texts_that_do_not_outvote_it(name, value, texts):
    assert found(name, value, *texts) == []


def test_what_the_row_has_for_another_period_is_no_other_number():
    texts = ("上报更新病床36张。", "更新病床36张。")
    assert found("更新病床数量", "35张", *texts, other=("36",)) == []
