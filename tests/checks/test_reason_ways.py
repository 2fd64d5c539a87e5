"""PG317: reasons that explain the opposite of what they stand behind."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(text):
        put(book, "文字部分!B2", text)
        return [one.message for one in checked(book).findings if one.code == "PG317"]

    return tell


WRONG = """苗木款结余12万元，原因是绿化用苗价格上涨。
会议费超支3.2万元，主要是严控出差和压减会议。
设备款支出进度为各科室最低，少支出8万元，原因是多购置电脑20台。
巡演少开展6场，主要原因是超额安排惠民演出。
水电费超出2.4万元，原因是取消夜间照明。"""


def test_a_reason_that_explains_the_opposite(told):
    found = told(WRONG)
    assert len(found) == len(WRONG.splitlines())
    assert "“结余”，原因写的却是“价格上涨”" in found[0]


RIGHT = """苗木款结余12万元，原因是招标降价。
会议费超支3.2万元，主要是年底增加人代会联络活动。
结余24万元，主要原因是年底追加资金到位晚。
超额完成18场，原因是乡镇要求增加场次。
少支出8万元，原因是减少出差批次。
设备款少支出30万元，原因是设备涨价后重新招标，合同签订推迟。
水电费超出2.4万元，原因是抢修供暖管道。
巡演少开展6场，原因是提前进入汛期，室外演出取消。
培训费结余3万元，主要是多办了线上培训，场租减少。"""


def test_reasons_that_explain_what_they_stand_behind_are_left_alone(told):
    assert told(RIGHT) == []
