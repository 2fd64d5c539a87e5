"""PG333: the parts of a project's use of money make the project's amount (资金用途)."""

from pathlib import Path

import openpyxl
import pytest

from perfgen.build import Request, load

SAMPLE = Path(__file__).parents[2] / "inputs" / "hitech-zone-2023.xlsx"


@pytest.fixture
def told(tmp_path):
    """What is found where a project of 50万元 says what its money is for."""

    def findings(text):
        book = openpyxl.load_workbook(SAMPLE)
        book["项目"]["F2"].value = text
        book.save(tmp_path / "文本.xlsx")
        found = load(tmp_path / "文本.xlsx", Request()).checked.findings
        return [(str(finding.ref), finding.message) for finding in found if finding.code == "PG333"]

    return findings


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("用于走访企业30万元，参加展会12万元，制作宣传片18万元。", "30 + 12 + 18 = 60"),
        ("其中30万元用于走访企业，21万元用于参加展会，8万元用于宣传。", "= 59"),
        ("1.展位租赁费35万元；2.宣传品制作费12万元；3.差旅费8万元。", "= 55"),
        ("安排55万元，用于走访企业。", "55万元"),
        ("用于走访（30万元，60家每家5000元）、展会12万元和宣传片18万元。", "30 + 12 + 18 = 60"),
        ("用于举办推介会12场，每场5万元。", "合 60"),
    ],
)
def test_parts_that_do_not_make_the_projects_amount(told, text, shown):
    ((ref, message),) = told(text)
    assert ref == "项目!F2"
    assert shown in message
    assert message.endswith("项目的金额在表里是 50")


@pytest.mark.parametrize(
    "text",
    [
        "用于走访企业30万元，参加展会12万元，制作宣传片8万元。",
        "用于走访企业30.25万元，参加展会12.35万元，制作宣传片7.4万元。",
        "安排50万元，用于走访企业。",
        "用于走访30万元（60家，每家5000元）、展会20万元；其他资金8万元由参展单位分担。",
        "用于举办推介会10场，每场5万元。",
        "用于举办推介会4场，每场5万元，接待客商20人。",
        "主要用于展位租赁费12万元、场地租金9万元等。",
        "主要用于展位租赁费32万元，其余用于宣传。",
        "用于补助企业，单价0.5万元，共60家。",
        "上年支出48万元，今年用于走访企业。",
        "宣传片制作费8万元。",
    ],
)
def test_what_adds_up_or_tells_a_part_only_is_right(told, text):
    assert told(text) == []
