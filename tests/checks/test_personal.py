"""PG4xx: personal data is found in every cell, and never shown in full.

All numbers are made for these tests, from bases that belong to no one.
"""

import pytest

from perfgen.checks.persons.personal import masked_text, private_data
from workbooks.make import put

BASE = "99000019000101000"
"""No region has the code 990000."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(base=BASE):
    """The base and its check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(base, WEIGHTS, strict=True))
    return base + "10X98765432"[total % 11]


def ending_in_x():
    """An identity number whose check digit is X."""
    numbers = (identity_number(f"{BASE[:-3]}{place:03}") for place in range(100))
    return next(number for number in numbers if number.endswith("X"))


def card_number(base):
    """The base and its check digit (Luhn)."""
    for digit in "0123456789":
        number = base + digit
        odd = sum(int(one) for one in number[-1::-2])
        even = sum(sum(divmod(2 * int(one), 10)) for one in number[-2::-2])
        if (odd + even) % 10 == 0:
            return number
    raise AssertionError


PERSON = identity_number()
WRONG = PERSON[:-1] + ("1" if PERSON[-1] != "1" else "2")
MOBILE = "13800000000"
CARD = card_number("621234567890123456")


@pytest.mark.parametrize(
    ("text", "what", "masked"),
    [
        (PERSON, "身份证号", f"9900**********{PERSON[-4:]}"),
        (ending_in_x(), "身份证号", f"9900**********{ending_in_x()[-4:]}"),
        (ending_in_x().lower(), "身份证号", f"9900**********{ending_in_x()[-4:]}"),
        (f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}", "身份证号", "9900"),
        (f"2023 {PERSON}", "身份证号", "9900"),
        (PERSON.translate({48 + d: 0xFF10 + d for d in range(10)}), "身份证号", "9900"),
        (MOBILE, "手机号", "138****0000"),
        ("138-0000-0000", "手机号", "138****0000"),
        ("138 0000 0000", "手机号", "138****0000"),
        ("+8613800000000", "手机号", "138****0000"),
        ("１３８００００００００", "手机号", "138****0000"),
        (CARD, "银行卡号", f"6212***********{CARD[-4:]}"),
        (" ".join(CARD[place : place + 4] for place in range(0, 19, 4)), "银行卡号", "6212"),
        (card_number("411111111111111"), "银行卡号", "4111"),
        ("someone@example.com", "电子邮箱", "som***@example.com"),
        ("某某区人民路18号3栋2单元501室", "住址", "某某区****室"),
        ("阳光花园3幢501室", "住址", "阳光花****室"),
        ("某某镇柳树村3组18号", "住址", "某某镇****号"),
        ("东港A·8K321", "车牌号", "东港****1"),
        ("苏E8K321", "车牌号", "苏E****1"),
        ("0512-68000000", "固定电话", "0512-6800****"),
        ("残疾证号12345678901234567890", "证件号码", "1234"),
    ],
)
def test_personal_data_is_found_and_masked(text, what, masked):
    (piece,) = private_data(f"联系：{text}。")
    assert piece.what == what
    assert piece.masked.startswith(masked)
    assert text not in masked_text(f"联系：{text}。")


@pytest.mark.parametrize(
    "text",
    [
        WRONG,
        PERSON[:-1],
        PERSON + "1",
        "990000900101000",  # 15 digits
        identity_number("99000019001301000"),  # no thirteenth month
        f"1{MOBILE}",
        f"{MOBILE}1",
        f"{MOBILE}元",
        f"0.{MOBILE}",
        f"XM{MOBILE}",
        "12800000000",
        CARD[:-1] + str((int(CARD[-1]) + 1) % 10),
        "监督电话0512-68000000",
        "单位公开邮箱office@example.org",
        "office@someplace.gov.cn",
        "办公地址：某某区人民路18号3号楼501室",
        "合同编号20230001000200030004",
        "苏A级景区3家，A股上市2家",
        "苏州市人民路1号",
        "改造阳光小区3栋住宅，惠及某某村20户居民",
        "穗财绩〔2024〕5号",
        "全年支出13812345678元，惠及13900000000人次",
    ],
)
def test_what_is_no_personal_data(text):
    assert private_data(f"说明：{text}。") == ()


def test_the_finding_names_the_cell_and_never_shows_the_number(checked, book):
    (finding,) = checked(put(book, "重点任务!C4", f"回访李某，身份证{PERSON}。")).findings
    assert (finding.code, finding.severity) == ("PG401", "error")
    assert str(finding.ref) == "重点任务!C4"
    assert finding.subject == f"9900**********{PERSON[-4:]}"
    assert PERSON not in f"{finding.message}{finding.hint}{finding.subject}"
    assert f"身份证号 9900**********{PERSON[-4:]}" in finding.message


def test_a_waiver_is_for_one_piece_and_never_for_a_whole_cell(checked, book):
    put(book, "重点任务!C4", "联系邮箱office@example.org。")
    (finding,) = checked(book).findings
    assert f"对象写 {finding.subject}" in finding.hint
    book["说明事项"].append(("PG401", finding.subject, "单位公开邮箱", "办公室", None))
    assert checked(book).findings == ()
    put(book, "重点任务!C4", f"联系邮箱office@example.org，手机{MOBILE}。")
    (finding,) = checked(book).findings
    assert (finding.code, finding.severity) == ("PG401", "error")


def test_a_name_that_holds_a_number_is_masked_too(checked, book):
    put(book, "重点任务!B4", f"走访企业{MOBILE}")
    findings = [f for f in checked(book).findings if f.code == "PG401"]
    assert len(findings) == 1
    assert MOBILE not in f"{findings[0].message}{findings[0].subject}"


def with_own_column(book, value):
    return put(put(book, "绩效指标!K1", "联系方式"), "绩效指标!K4", value)


def with_waiver(book, value):
    book["说明事项"].append(("PG101", "项目支出", f"已电话核实，{value}", "财务处", None))
    return book


def with_own_item(book, value):
    return put(put(book, "基本信息!A8", "备注"), "基本信息!B8", value)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda book: put(book, "文字部分!B2", f"第一段。\n电话{MOBILE}。"), "文字部分!B2"),
        (lambda book: put(book, "预算信息!A5", f"甲项目{MOBILE}"), "预算信息!A5"),
        (lambda book: put(book, "绩效指标!H4", f"走访记录{MOBILE}"), "绩效指标!H4"),
        (lambda book: with_own_column(book, MOBILE), "绩效指标!K4"),
        (lambda book: with_own_column(book, 13800000000), "绩效指标!K4"),
        (lambda book: with_waiver(book, MOBILE), "说明事项!C2"),
        (lambda book: with_own_item(book, MOBILE), "基本信息!B8"),
    ],
)
def test_every_cell_is_looked_at(found, book, change, place):
    assert f"PG401 error {place}" in found(change(book))


def test_the_officers_own_name_and_telephone_stay_in_the_workbook(found, book):
    put(put(book, "基本信息!B6", "张某"), "基本信息!B7", MOBILE)
    assert found(book) == []


def test_a_shared_label_is_told_once(found, book):
    put(book, "重点任务!A2", f"职能1：拟订规划{MOBILE}")
    assert [line for line in found(book) if "PG401" in line] == ["PG401 error 重点任务!A2"]


@pytest.mark.parametrize("text", ["someone@example.com", "某某区人民路18号3栋2单元501室"])
def test_what_may_be_the_offices_own_is_a_warning(found, book, text):
    assert found(put(book, "绩效指标!H4", text)) == ["PG401 warning 绩效指标!H4"]


# --- PG402 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联系人：张某", "张某"),
        ("经办人李四，已归档", "李某"),
        ("项目负责人：王五五。", "王某"),
        ("由赵六同志牵头。", "赵某"),
        ("受益人：欧阳某某（低保户）", "欧阳某"),
        ("咨询电话0517-8380 1122转杨大勇。", "杨某"),
        ("服务热线（0517）83801122，周小芳", "周某"),
    ],
)
def test_a_named_person(checked, book, text, name):
    (finding,) = checked(put(book, "绩效指标!H4", text)).findings
    assert (finding.code, finding.severity) == ("PG402", "info")
    assert str(finding.ref) == "绩效指标!H4"
    assert finding.message.endswith(f"里写了姓名：{name}")


@pytest.mark.parametrize(
    "text",
    [
        "负责人：办公室主任",
        "以习近平同志为核心的党中央",
        "向困难同志送温暖，全体同志参加",
        "主要负责人和分管负责人签字",
        "经办人、复核人双签",
        "联系人方式见附件",
        "姓名、单位均已隐去",
        "走访青山村二组28户",
        "咨询电话0517-83801122转办公室",
        "咨询电话0517-83801122，金额和数量以合同为准",
    ],
)
def test_posts_and_leaders_are_no_finding(found, book, text):
    assert found(put(book, "绩效指标!H4", text)) == []
