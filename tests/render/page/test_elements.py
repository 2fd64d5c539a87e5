"""The page is checked before any printer sees it: what the printers do not know is refused."""

from datetime import date

import pytest

from perfgen.errors import PageError
from perfgen.render.page.elements import parse_page, to_html

HEAD = "<head><title>某局\n 自评报告</title></head>"


def page(body, head=HEAD):
    return parse_page(f'<!DOCTYPE html>\n<html lang="zh-CN">\n{head}\n<body>{body}</body></html>')


def refused(body, head=HEAD):
    with pytest.raises(PageError) as error:
        page(body, head)
    return error.value.message


def test_a_page_says_what_it_is():
    parsed = page(
        "<p>正文</p>",
        "<head><title>某局\n 自评报告</title><meta name='author' content='某局'/>"
        "<meta name='subject' content='绩效'/><meta name='date' content='2024-04-26'/></head>",
    )
    assert (parsed.title, parsed.author, parsed.subject) == ("某局 自评报告", "某局", "绩效")
    assert parsed.date == date(2024, 4, 26)
    assert parsed.language == "zh-CN"


def test_a_page_without_a_date_has_none():
    assert page("<p>正文</p>").date is None


def test_html_has_doctype_encoding_and_the_words():
    html = to_html(page("<p>甲<br/>乙 &lt;丙&gt;</p><!-- 注释 -->"))
    assert html.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in html
    assert "<p>甲<br>乙 &lt;丙&gt;</p></body>" in html


def test_printing_html_leaves_the_page_as_it_was():
    parsed = page("<p>甲</p>")
    assert to_html(parsed) == to_html(parsed)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<div/>", "页面第 5 行 <div>：不认识的元素"),
        ("<script>x</script>", "<script>：不认识的元素"),
        ('<p onclick="x">甲</p>', "<p>：不认识的属性 onclick"),
        ('<p style="color:red">甲</p>', "<p>：不认识的属性 style"),
        ("散落的文字", "<body>：这里不能直接写文字：“散落的文字”"),
        ("<td>甲</td>", "<td>：不能放在 <body> 里"),
        ("<p><p>甲</p></p>", "<p>：不能放在 <p> 里"),
        ('<p><a href="#x"><a href="#x">甲</a></a></p>', "<a>：不能放在 <a> 里"),
        ('<p><img src="a.png"/></p>', "<img>：缺少属性 alt"),
        ('<p><a href="javascript:alert(1)">甲</a></p>', "“javascript:alert(1)”不能用"),
        ('<p><a href="file:///etc/passwd">甲</a></p>', "应当以 http://"),
        ('<p><a href="#没有">甲</a></p>', "链接指向的 #没有 在页面里没有"),
        ('<p id="a"/><p id="a"/>', "属性 id 的值“a”为空或重复"),
        ("<table><tbody><tr><td colspan='0'/></tr></tbody></table>", "应当是正整数"),
        ("<table><tbody><tr><td scope='x'/></tr></tbody></table>", "scope 的值“x”不能用"),
        ("<table><colgroup><col style='color:red'/></colgroup></table>", "只能是 width"),
        ("<table><tbody/><thead/></table>", "应当依次是 caption、colgroup、thead、tbody"),
        ("<figure><figcaption>图</figcaption></figure>", "应当有且只有一个 <img>"),
        ("<?php x?>", "处理指令或实体"),
        ("<p>&nbsp;</p>", "页面不是格式良好的 XML：第 5 行"),
        ("<p>没有关上", "页面不是格式良好的 XML"),
        ("<p>甲\x0b乙</p>", "页面第 5 行有文档里不能出现的控制字符 U+000B"),
        ("<p>\ud800</p>", "U+D800"),
        ("<p>&#1;</p>", "页面不是格式良好的 XML"),
    ],
)
def test_what_the_printers_do_not_know_is_refused_by_element_and_line(body, message):
    assert message in refused(body)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (
            "<head><title>甲</title><meta name='date' content='四月'/></head>",
            "2024-04-26 这样的日期",
        ),
        ("<head><meta name='viewport' content='x'/></head>", "属性 name 的值“viewport”不能用"),
        ("", "应当依次是 <head> 和 <body>"),
    ],
)
def test_the_head_is_checked_too(head, message):
    assert message in refused("<p>甲</p>", head)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE html SYSTEM "http://example.com/x.dtd">',
        "<!doctype svg>",
    ],
)
def test_no_entities_and_nothing_from_outside(doctype):
    with pytest.raises(PageError, match="DOCTYPE"):
        parse_page(f"{doctype}<html>{HEAD}<body/></html>")


def test_another_root_is_refused():
    with pytest.raises(PageError, match="最外层应当是 <html>"):
        parse_page("<body/>")


def test_more_paragraphs_than_any_report_has_are_refused():
    assert "页面有 20001 个段落和表格，超过 20000 个的上限" in refused("<p/>" * 20_001)
