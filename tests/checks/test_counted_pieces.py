"""PG324, PG312: counts and the pieces that follow them, with amounts, in brackets, line by line."""

import pytest

from workbooks.make import put


@pytest.fixture
def told(checked, book):
    def tell(text):
        put(book, "文字部分!B2", text)
        return [
            (one.code, one.message)
            for one in checked(book).findings
            if one.code in ("PG312", "PG324")
        ]

    return tell


WRONG = """单位内设8个科室：办公室、文物科、展陈科、考古科、法规科、财务科、人事科；下设单位2家。
全年追加3笔：人员经费追加45万元，设备购置追加32万元，展览经费追加18万元，调研经费追加6万元。
远程诊室全部接通影像、心电、检验四个系统。
年内改造3栋（东楼、西楼），面积共4200平方米。
中标单位3家，分别承担东片11个乡镇、西片8个乡镇的改造。
设备款由四项组成：运维36.8万元、更新68万元、保障17.6万元、宣传29.5万元、查处40.1万元。
主要做法有四条：
1.健全制度。
2.加强培训。
3.严格考核。"""


def test_a_count_that_its_pieces_do_not_bear_out(told):
    found = [message for _, message in told(WRONG)]
    counts = ("8个科室", "3笔", "四个系统", "3栋", "3家", "四项组成", "四条")
    assert [one for one in counts if not any(one in message for message in found)] == []
    assert len(found) == len(counts)


RIGHT = """单位内设7个科室：办公室、文物科、展陈科、考古科、法规科、财务科、人事科；下设单位2家。
三项工作：制度、规范建设；培训、宣传；检查考核。
全年追加4笔：人员经费追加45万元，设备购置追加32万元，展览经费追加18万元，调研经费追加6万元。
追加资金较大的有2笔：人员经费45万元、设备购置32万元，合计77万元。
远程诊室全部接通影像、心电、检验三个系统。
购置彩超、监护仪、除颤仪等5类设备，在东区、西区等6个片区使用。
年内改造2栋（东楼、西楼），抽查3个乡镇（红旗镇、南山乡等）。
参训4家单位，分别派出业务骨干11人、驾驶员8人和调度员3人。
设备款由四项组成：运维、更新36.8万元，保障17.6万元，宣传29.5万元，查处40.1万元。
主要做法有三条：
1.健全制度。
2.加强培训。
3.严格考核。
下一步抓好两个方面：
一是补齐短板。
二是建好队伍。"""


def test_right_counts_and_open_lists_are_left_alone(told):
    assert told(RIGHT) == []
