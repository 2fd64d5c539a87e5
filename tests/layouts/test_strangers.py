"""Layouts come from strangers: one reads nothing outside its folder, and is stopped in time."""

import os
import shutil

import pytest

from perfgen.errors import LayoutError
from perfgen.layouts import find_layout, load_layout
from perfgen.layouts.find import templates_folder
from perfgen.render.page.annexes import available_annexes

SECRET = "别处的内容"


@pytest.fixture
def layout(tmp_path):
    """A layout of a stranger's: the project form under another name, in a folder of its own."""
    folder = tmp_path / "layouts" / "stranger"
    shutil.copytree(find_layout("project-self-evaluation"), folder)
    declaration = folder / "layout.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(
        text.replace('id = "project-self-evaluation"', 'id = "stranger"'), encoding="utf-8"
    )
    (tmp_path / "secret.css").write_text(f"/* {SECRET} */", encoding="utf-8")
    (tmp_path / "secret.j2").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.fixture
def build(perfgen, layout):
    """Build the sample of the project form with the stranger's layout."""
    sample = templates_folder().parent / "inputs" / "project-self-evaluation-2023.xlsx"

    def run(*options):
        return perfgen(
            "build", sample, "--layout", "stranger", "--layouts", layout.parent, *options
        )

    return run


def _template(layout, body):
    (layout / "report.html.j2").write_text(
        f"<html><head><title>甲</title></head><body>{body}</body></html>", encoding="utf-8"
    )


def test_a_sound_layout_builds(build, layout):
    assert build("--format", "html").code == 0


# --- what it may read ----------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["../../secret.j2", "/etc/hostname"])
def test_a_link_out_of_the_folder_is_not_included(build, layout, target, tmp_path):
    (layout / "inside.j2").symlink_to(target)
    _template(layout, '<p>{% include "inside.j2" %}</p>')

    said = build("--format", "html")

    assert said.code == 2
    assert "stranger 里的 inside.j2 指到了版式文件夹外面" in said.err
    assert not list((tmp_path / "outputs").glob("*.html"))


def test_a_linked_folder_is_no_way_out(build, layout, tmp_path):
    (layout / "parts").symlink_to(tmp_path)
    _template(layout, '<p>{% include "parts/secret.j2" %}</p>')

    assert "指到了版式文件夹外面" in build("--format", "html").err


@pytest.mark.parametrize(
    "style", ["../../secret.css", "../secret.css", "/etc/passwd", "../_shared/../../secret.css"]
)
def test_a_style_sheet_from_elsewhere_is_refused(build, layout, style):
    declaration = layout / "layout.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(text.replace('"report.css"', f'"{style}"'), encoding="utf-8")

    said = build("--format", "html")

    assert said.code == 2
    assert style in said.err
    assert SECRET not in said.out + said.err


@pytest.mark.parametrize("name", ["layout.toml", "report.css", "report.html.j2", "ready/2023.toml"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_no_file_of_a_layout_may_be_a_link_out_or_a_pipe(layout, name, kind, tmp_path):
    file = layout / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    if kind == "link":
        file.symlink_to(tmp_path / "secret.css")
    elif kind == "pipe":
        os.mkfifo(file)  # reading it would wait for ever
    else:
        file.mkdir()

    with pytest.raises(LayoutError, match=r"指到了版式文件夹外面|不是普通文件"):
        load_layout(layout)


def test_a_shared_folder_that_lies_elsewhere_does_not_count(build, layout, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.j2").write_text(SECRET, encoding="utf-8")
    (layout.parent / "_shared").symlink_to(tmp_path / "elsewhere")
    _template(layout, '<p>{% include "secret.j2" %}</p>')

    said = build("--format", "html")

    assert (said.code, "没有模板 secret.j2" in said.err) == (2, True)


def test_annexes_and_pictures_are_held_to_the_folder_too(build, layout, tmp_path):
    (layout / "annexes").mkdir()
    (layout / "annexes" / "more.html.j2").symlink_to(tmp_path / "secret.j2")
    with pytest.raises(LayoutError, match="指到了版式文件夹外面"):
        available_annexes(load_layout(layout))
    shutil.rmtree(layout / "annexes")
    (layout / "seal.png").symlink_to(tmp_path / "secret.css")
    _template(layout, '<p><img src="seal.png" alt="章"/></p>')
    assert "指到了版式文件夹外面" in build("--format", "docx").err


@pytest.mark.parametrize("name", ["report.css", "report.html.j2"])
def test_another_encoding_is_named_with_file_and_line(build, layout, name):
    (layout / name).write_bytes("/* 甲 */\n/* 乙 */".encode() + "丙".encode("gbk"))

    assert f"stranger/{name} 第 2 行不是 UTF-8 编码" in build("--format", "docx").err


# --- how long, and how much ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}"
         "{% set c = a * b %}{% endfor %}{% endfor %}", "运行超过 10 秒"),
        ("{{ 'x' * 2000000000 }}", "内存"),
        ("{{ '{:>1000000000}'.format(1) }}", "内存|个字符"),
        ("{{ ('x' * 9999999) | replace('x', 'y' * 9999) }}", "内存"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "嵌套太深"),
        ('{% include "report.html.j2" %}', "嵌套太深"),
        ("{{ ('甲' * 3000000) | wordwrap(1) }}" * 20, "运行超过 10 秒|个字符|内存"),
        ("{{ " + "(" * 3000 + ")" * 3000 + " }}", "嵌套太深|语法错误|内存"),
        ("{% for a in range(90000) %}<p>" + "甲" * 400 + "</p>{% endfor %}", "万个字符"),
    ],
    ids=["loops", "long", "format", "replace", "macro", "include", "wordwrap", "brackets", "page"],
)  # fmt: skip
def test_a_template_without_end_is_stopped_and_named(build, layout, body, why, tmp_path):
    _template(layout, body)

    said = build("--format", "html")

    assert said.code == 2
    assert "report.html.j2" in said.err
    assert any(reason in said.err for reason in why.split("|")), said.err
    assert not list((tmp_path / "outputs").glob("*.html"))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<table><tbody><tr>" + "{% for a in range(90000) %}<td/><td/><td/>{% endfor %}"
         "</tr></tbody></table>", "万个单元格"),
        ('<table><tbody><tr><td colspan="99999"/></tr></tbody></table>', "列的上限"),
        ("{% for a in range(99) %}<section>{% endfor %}{% for a in range(99) %}</section>"
         "{% endfor %}", "嵌套超过"),
    ],
)  # fmt: skip
def test_a_page_that_no_printer_would_end_is_refused(build, layout, body, why):
    _template(layout, body)

    assert why in build("--format", "docx").err


def test_a_template_of_a_strangers_gives_the_same_page(perfgen, build, layout, tmp_path):
    sample = templates_folder().parent / "inputs" / "project-self-evaluation-2023.xlsx"
    assert perfgen("build", sample, "-o", tmp_path / "own.html").code == 0
    assert build("-o", tmp_path / "strange.html").code == 0

    assert (tmp_path / "own.html").read_bytes() == (tmp_path / "strange.html").read_bytes()


@pytest.mark.parametrize(
    "body",
    ["{{ cycler() }}", "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
     "{% set x = 1e999 %}{{ x }}", "{{ (10**5000)|string|length }}", "{{ 1/0 }}"],
)  # fmt: skip
def test_whatever_a_template_raises_is_the_templates_fault(build, layout, body):
    _template(layout, body)

    said = build("--format", "html")

    assert (said.code, "自身出了错" in said.err) == (2, False)
    assert "report.html.j2" in said.err


@pytest.mark.parametrize(
    "css",
    ["td{font-size:0}", "td{width:1e30pt}", "*:not(" * 3000, "@media print{" * 3000,
     f"p{{margin-left:{'9' * 6000}pt}}"],
    ids=["zero", "huge", "brackets", "nesting", "digits"],
)  # fmt: skip
def test_whatever_a_style_sheet_says_is_its_own_fault(build, layout, css):
    (layout / "report.css").write_text(css, encoding="utf-8")

    said = build("--format", "docx")

    assert (said.code, "自身出了错" in said.err) == (2, False), said.err


@pytest.mark.parametrize("number", ["1e999999999", "nan", "inf", "9" * 30])
def test_a_number_that_no_form_can_mean_is_refused(layout, number):
    declaration = layout / "layout.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(f"{text}\n[checks.PG101]\ntolerance = {number}\n", encoding="utf-8")

    with pytest.raises(LayoutError, match=r"太大|不是|读不"):
        load_layout(layout)


def test_errors_in_a_strangers_template_are_told_with_their_line(build, layout):
    _template(layout, "\n\n<p>{{ report.unitt }}</p>")

    said = build("--format", "html").err

    assert "report.html.j2 第 3 行" in said
    assert "unitt" in said
