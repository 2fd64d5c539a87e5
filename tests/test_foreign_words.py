"""What Jinja, TOML, XML and CSS say of a mistake is told in Chinese, whatever the mistake."""

import re
import tomllib

import jinja2
import pytest
import tinycss2
from lxml import etree

from perfgen.foreign_words import (
    _STYLES,
    _TEMPLATES,
    _TOML,
    _TYPST,
    _XML,
    style_words,
    template_words,
    toml_words,
    typst_words,
    xml_words,
)

ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


def chinese(words):
    """It says something, and no English sentence."""
    return bool(re.search("[一-龥]", words)) and not ENGLISH.search(words)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% if %}", "这里应当有一个式子"),
        ("{% for a in b %}", "“for”没有结束"),
        ("{{ a ", "模板没有写完"),
        ("{{ a b }}", "这里应当是“}}”，写的是“b”"),
        ("{% do 1 %}", "不认识的标签“do”"),
        ("{{ 1 | nofilter }}", "没有名为“nofilter”的过滤器"),
        ("{{ 1 is notest }}", "没有名为“notest”的判断"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "块“a”写了两次"),
        ("{{ ? }}", "不该出现的字符“?”"),
        ("{# a", "注释 {# 没有结束"),
        ("{{ 1 / 0 }}", "除数是 0，或者不能这样算"),
        ("{{ 'a' + 1 }}", "不同种类的值不能放在一起算"),
        ("{{ 'a' < 1 }}", "不同种类的值不能比较"),
        ("{{ 'a'() }}", "值不是宏，也不是函数，后面不能写括号（str）"),
        ("{% for a in 5 %}{% endfor %}", "值不是列表，不能一个一个取（int）"),
        ("{% set a, b = [1] %}", "值的个数与名称的个数不一样"),
        ("{{ 'a' | round }}", None),
        ("{{ [1, 'a'] | sort }}", "不同种类的值不能比较"),
        ("{{ 1 | replace }}", "参数的个数或名称不对"),
    ],
)
def test_what_is_wrong_in_a_template(template, said):
    try:
        told = jinja2.Environment().from_string(template).render()
    except Exception as error:
        told = template_words(error)
    assert told == "" or chinese(told)
    assert said is None or told == said


class Odd(Exception):
    """An error that nobody foresaw."""


def test_an_error_that_nobody_foresaw_is_told_by_its_kind():
    assert template_words(KeyError("some long words")) == "没有这一项（KeyError）"
    assert template_words(Odd("some long words")) == "运行不下去（Odd）"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a", "文件最后，缺少 ]"),
        ("a = 1\na = 2", "同一个键写了两次"),
        ("[a]\n[a]", "第 2 行第 3 列，表 'a' 写了两次"),
        ("a = 甲", "第 1 行第 5 列，写法不对（文字要放在引号里）"),
        ('a = "', "引号没有结束"),
        ("a = [1", "[ 没有结束"),
        ("a = {b = 1", "{ 没有结束"),
        ('a = "D:\\报送"', "双引号里的 \\ 写法不对，换成单引号"),
        ("a", "键后面缺少 ="),
        ("a = 1 b = 2", "一行里写了不止一项"),
        ("a = 2023-02-30", "日期不对"),
        ("= 1", "写法不对"),
        ("a = {b=1, b=2}", "键 b 写了两次"),
    ],
)
def test_what_is_wrong_in_toml(text, said):
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    told = toml_words(str(raised.value))
    assert said.replace("'", "") in told.replace("'", "")
    assert chinese(told)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>\n<b></p>", "第 2 行的 <b> 没有结束，这里却是 </p>"),
        ("<p>&nbsp;</p>", "不认识的 &nbsp;"),
        ("<p>a < b</p>", "< 后面不是元素的名称（要印小于号，写 &lt;）"),
        ("<p>a & b</p>", "& 后面的写法不对（要印 &，写 &amp;）"),
        ("<p a>b</p>", "属性 a 没有值"),
        ("<p a=1>b</p>", "属性的值要放在引号里"),
        ('<p a="1" a="2"/>', "属性 a 写了两次"),
        ("<p>", "第 1 行的 <p> 没有结束"),
        ("<p/><p/>", "最后一个元素后面还有内容"),
        ("", "没有内容"),
        ("<p>&#1;</p>", "有文档里不能出现的字符"),
    ],
)
def test_what_is_wrong_in_a_page(page, said):
    with pytest.raises(etree.XMLSyntaxError) as raised:
        etree.fromstring(page)
    assert xml_words(raised.value.msg) == said


@pytest.mark.parametrize("sheet", ["p { a b }", "p { : 1 }", "p", "p { a: ] }", "}", "p{a:b}}"])
def test_what_is_wrong_in_a_style_sheet(sheet):
    items = tinycss2.parse_stylesheet(sheet)
    inner = [one for item in items if item.type == "qualified-rule"
             for one in tinycss2.parse_blocks_contents(item.content)]  # fmt: skip
    for item in (*items, *inner):
        if item.type == "error":
            assert chinese(style_words(item.message))


@pytest.mark.parametrize("table", [_TEMPLATES, _TOML, _TYPST, _XML, _STYLES])
def test_every_sentence_can_be_said(table):
    """The braces in a sentence are for what the message names, or are written twice."""
    for pattern, said in table:
        assert chinese(said.format(*(["x"] * pattern.groups)))


@pytest.mark.parametrize("words", [template_words, xml_words, toml_words, typst_words, style_words])
@pytest.mark.parametrize("piece", ["(", "unexpected '", "Cannot declare ", "'a' object "])
def test_endless_messages_are_told_at_once(words, piece):
    message = piece * 100_000
    assert chinese(words(Odd(message) if words is template_words else message))
