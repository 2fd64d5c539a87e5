"""PG340: posts and people told in parts, as vacancies or above the posts."""

import pytest

from perfgen.checks.common.posts import staffed
from perfgen.checks.told.staff_lists import odd_lists, odd_vacancies
from workbooks.make import put


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("核定行政编制21名、事业编制34名，共57名。", "55"),
        ("全馆核定编制64名，其中参公编制20名、事业编制46名。", "66"),
        ("人员编制112名（行政30名、执法专项58名、工勤6名），在编109名。", "94"),
        ("年末实有81人（行政24人、事业75人）。", "99"),
        ("在编58人，其中高级职称17人、中级职称26人、初级及以下51人。", "94"),
        ("实有在编人员45人，其中男23人、女32人。", "55"),
        ("年末在职干警88人，其中检察官32人、检察官助理25人、书记员41人。", "98"),
    ],
)
def test_parts_that_do_not_add_up(text, added):
    ((_, why),) = odd_lists(text)
    assert added in why


def test_a_part_that_is_more_than_all():
    ((typed, why),) = odd_lists("站内现有职工63人，其中野外观测人员72人。")
    assert typed.endswith("72人")
    assert "比全部还多" in why


@pytest.mark.parametrize(
    "text",
    [
        "核定行政编制21名、事业编制34名，共55名。",
        "全馆核定编制66名，其中参公编制20名、事业编制46名。",
        "人员编制94名（行政30名、执法专项58名、工勤6名），在编90名。",
        "在编94人，其中专任教师80人，“双师型”教师51人。",
        "在职64人，其中党员40人、研究生学历32人。",
        "在编72人，其中高级职称17人、中级职称26人。",
        "年末实有81人，其中行政24人；另聘讲解员20人。",
        "行政编制20名，在编18人；事业编制34名，在编33人。",
        "编制45名，其中领导职数8名。",
        "现有职工63人，其中编外21人，离退休人员70人。",
    ],
)
def test_parts_that_add_up_overlap_or_are_not_all(text):
    assert list(odd_lists(text)) == []


OFFICE = staffed("行政编制20名，在编19人；事业编制30名，在编23人。")


@pytest.mark.parametrize(
    "text",
    [
        "年末空编6名。",
        "4个岗位空编，业务力量不足。",
        "事业编制空缺9名。",
        "追加中含2名超编人员的工资。",
    ],
)
def test_vacancies_that_the_posts_and_people_do_not_leave(text):
    assert list(odd_vacancies(text, OFFICE))


@pytest.mark.parametrize(
    ("office", "right"),
    [
        (OFFICE, "按写的编制和在编人数，空编 1、7、8 名"),
        (staffed("行政编制20名，在编20人。"), "按写的编制和在编人数没有空编"),
    ],
)
def test_the_vacancies_that_are_left_are_told(office, right):
    ((_, said),) = odd_vacancies("年末空编6名。", office)
    assert said == right


@pytest.mark.parametrize(
    "text",
    [
        "年末空编8名。",
        "1个岗位空编。",
        "事业编制空缺7名、行政编制空缺1名。",
        "上年末空编5名，年内招录2人。",
        "下属医院空编12名。",
        "技术岗位空缺3人。",
    ],
)
def test_vacancies_that_are_left_or_of_others(text):
    assert list(odd_vacancies(text, OFFICE)) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [("行政空编7名，事业空编6名。", True), ("行政空编7名，事业空编9名。", False)],
)
def test_vacancies_of_each_kind_are_together_what_is_left(text, right):
    together = staffed("行政编制50名、事业编制30名，在编67人。")
    assert (not list(odd_vacancies(text, together))) is right


def test_such_a_list_is_told_where_it_stands(checked, book):
    put(book, "文字部分!B3", "全馆核定编制64名，其中行政编制20名、事业编制46名。")
    told = [one for one in checked(book).findings if one.code == "PG340"]
    assert [(one.severity, str(one.ref)) for one in told] == [("warning", "文字部分!B3")]
