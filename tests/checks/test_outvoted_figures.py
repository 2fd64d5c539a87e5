"""PG351: the indicator's cell is named where several texts agree on another number."""

import pytest

from workbooks.make import put


@pytest.mark.parametrize(("result", "cells"), [("57枚", []), ("52枚", ["绩效指标!G4"])])
def test_the_cell_of_the_table_is_named(checked, book, result, cells):
    for column, value in zip(
        "BEGHJ", ("省级以上比赛奖牌数", "≥50枚", result, "赛事公报", "发挥稳定。"), strict=True
    ):
        put(book, f"绩效指标!{column}4", value)
    put(book, "重点任务!C4", "省级以上比赛获奖牌57枚。")
    put(book, "文字部分!B2", "组队参加省级比赛，夺得奖牌57枚。")
    found = [str(one.ref) for one in checked(book).findings if one.code == "PG351"]
    assert found == cells
