"""Declarations and pages that no officer would write: said with their place, never waited for."""

import pytest

from perfgen.errors import LayoutError, PageError, PerfgenError
from perfgen.layouts import find_layout, load_layout
from perfgen.render.looks import Stylesheet, read_looks
from perfgen.render.page.elements import parse_page
from perfgen.settings import find_settings

GOOD = find_layout("suzhou-self-evaluation")


@pytest.fixture
def declared(tmp_path):
    """Load a layout whose declaration is this, and say what is wrong with it."""

    def refusal(text):
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        file = folder / "layout.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(LayoutError) as refused:
            load_layout(folder)
        assert "layout.toml" in refused.value.message or "mine" in refused.value.message
        return refused.value.message

    return refusal


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = " + "[" * 5000, "嵌套太深"),
        ("x = " + "[" * 5000 + "]" * 5000, "嵌套太深"),
        ("x = " + "{a=" * 3000, "不是合格的 TOML"),
        ("x = " + "9" * 6000, "读不了的数"),
        ("x = 1e" + "9" * 6000, "读不了的数"),
        ("x = 0x" + "f" * 6000, "layout 没有写"),
        ("[[t]]\n" * 300_000, "超过 1 MB"),
        ("[" + ".".join("a" * 3000) + "]\n", "layout 没有写"),
        ('[layout]\nid = "mi\\u0000ne"', "控制字符 U+0000"),
        ('[layout]\nid = "mine"\ntitle = "\\u001b[31m"', "控制字符 U+001B"),
        ('[layout]\nid = "mine"\ntitle = "甲"\ndocument = "\\uD800"', "不是合格的 TOML"),
        ("# 中文".encode("gbk"), "不是 UTF-8"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        (b"\0" * 100, "不是合格的 TOML"),
        ("", "layout 没有写"),
    ],
)
def test_a_declaration_that_cannot_be_read_is_named(declared, text, says):
    assert says in declared(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('output = "a\\u0000b"', "控制字符"),
        ("x = " + "[" * 5000, "嵌套太深"),
        ("x = " + "9" * 6000, "读不了的数"),
        ("x = 1e" + "9" * 60, "读不了的数"),
        ("[checks]\nPG101 = {x = 1e999}", "太大"),
    ],
)
def test_settings_that_cannot_be_read_are_named(tmp_path, text, says):
    (tmp_path / "perfgen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PerfgenError) as refused:
        find_settings(tmp_path)
    assert says in refused.value.message
    assert "perfgen.toml" in refused.value.message


def page(body):
    return f"<html><head><title>甲</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<section>" * 240 + "<p>x</p>" + "</section>" * 240, "嵌套超过"),
        ("<section>" * 5000 + "<p>x</p>" + "</section>" * 5000, "嵌套太深"),
        ("<p>" + "<strong>" * 240 + "x" + "</strong>" * 240 + "</p>", "嵌套超过"),
        ('<p><img src="x.png" alt="x" width="0"/></p>', "不认识的属性 width"),
        (f'<table><tbody><tr><td colspan="{"9" * 6000}">x</td></tr></tbody></table>', "正整数"),
        ('<table><tbody><tr><td colspan="٣">x</td></tr></tbody></table>', "正整数"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "应当以 http"),
        ("<p>&#0;</p>", "不是格式良好"),
        ("<p>&nbsp;</p>", "不是格式良好"),
    ],
)
def test_a_page_that_no_printer_could_print_is_refused_in_few_words(body, says):
    with pytest.raises(PageError) as refused:
        parse_page(page(body))
    assert says in refused.value.message
    assert len(refused.value.message) < 600


@pytest.mark.parametrize(
    ("style", "says"),
    [
        ("p>" * 20_000 + "p { color: #000; }", "嵌套太深"),
        ("p { width: " + "(" * 20_000 + ")" * 20_000 + " }", "嵌套太深"),
        ("{" * 10_000, "没有写选择器"),
        ("p >> p { color: #000; }", "选择器 p >> p 写得不对"),
        ("p { margin: " + "1pt " * 10_000 + "}", "应当是一到四个值"),
        ("p { font-size: " + "9" * 100_000 + "pt }", "读不了的数"),
        ("@import url(x.css);" * 10_000, "不支持 @import"),
    ],
)
def test_a_style_sheet_that_no_printer_could_follow_is_refused_in_few_words(style, says):
    with pytest.raises(LayoutError) as refused:
        read_looks(parse_page(page("<p>甲</p>")), [Stylesheet("某市/report.css", style)])
    assert "report.css" in refused.value.message
    assert says in refused.value.message
    assert len(refused.value.message) < 600


@pytest.mark.parametrize("rule", ["size: 0 0", "size: A4; margin: 20cm", "size: 9999pt 9999pt"])
def test_paper_without_room_is_refused(perfgen, tmp_path, rule):
    import shutil  # noqa: PLC0415

    from workbooks.make import good_workbook  # noqa: PLC0415

    folder = tmp_path / "layouts" / "mine"
    shutil.copytree(GOOD, folder)
    file = folder / "layout.toml"
    file.write_text(
        file.read_text("utf-8").replace('id = "suzhou-self-evaluation"', 'id = "mine"'), "utf-8"
    )
    style = folder / "report.css"
    style.write_text(style.read_text("utf-8") + "@page{" + rule + "}", "utf-8")
    good_workbook().save(tmp_path / "自评.xlsx")
    said = perfgen("build", "自评.xlsx", "--layout", "mine", "--format", "docx")
    assert said.code == 2
    assert "1 厘米" in said.err
