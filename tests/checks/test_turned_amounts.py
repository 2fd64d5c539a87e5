"""PG519: an adjusted budget that is the initial one with two digits exchanged."""

import pytest

PROJECT = {
    "项目名称": "湿地公园步道维修",
    "年初预算数：当年财政拨款": "320.5",
    "全年预算数：当年财政拨款": "320.5",
    "全年执行数：当年财政拨款": "198.6",
}


@pytest.fixture
def found(found_in):
    """The cells that PG519 names in a project with other cells."""

    def find(**cells):
        content = {"项目": [{**PROJECT, **cells}]}
        return [one.ref.address for one in found_in("project-self-evaluation", content, "PG519")]

    return find


@pytest.mark.parametrize("adjusted", ["230.5", "302.5", "325"])
def test_two_digits_exchanged(found, adjusted):
    assert found(**{"全年预算数：当年财政拨款": adjusted}) == (["I2"] if adjusted != "325" else [])


@pytest.mark.parametrize("adjusted", ["320.5", "350.5", "205.3", "280"])
def test_another_budget_is_an_adjustment(found, adjusted):
    assert found(**{"全年预算数：当年财政拨款": adjusted}) == []


def test_a_text_that_tells_of_the_new_budget(found):
    told = {"实际完成情况": "年中核减后全年预算230.5万元。"}
    assert found(**{"全年预算数：当年财政拨款": "230.5"}, **told) == []


def test_two_digits_alone_say_nothing(found):
    cells = {"年初预算数：当年财政拨款": "12", "全年预算数：当年财政拨款": "21"}
    assert found(**cells, **{"全年执行数：当年财政拨款": "9"}) == []
