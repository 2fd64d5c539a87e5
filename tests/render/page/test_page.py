"""A template gives the page. It comes from strangers: it may print the report and nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from perfgen.errors import LayoutError, PageError
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.model.records import Report
from perfgen.render.page.template import render_page

REPORT = Report(
    workbook="自评.xlsx", layout="x", unit="某某局<b>", year=2023, amount_unit="万元",
    day=date(2024, 4, 26),
)  # fmt: skip


def _page(folder: Path, template: str) -> str:
    (folder / "t.html.j2").write_text(template, encoding="utf-8")
    layout = replace(
        load_layout(find_layout("suzhou-self-evaluation")), folder=folder, template="t.html.j2"
    )
    return render_page(REPORT, compute(REPORT, layout.rules), layout)


def test_what_the_officer_typed_is_text_and_never_markup(tmp_path):
    assert _page(tmp_path, "<p>{{ report.unit }}</p>") == "<p>某某局&lt;b&gt;</p>"


def test_an_unknown_name_is_an_error_with_its_line(tmp_path):
    with pytest.raises(PageError) as error:
        _page(tmp_path, "<p>\n{{ report.unitt }}</p>")
    assert "unitt" in error.value.message
    assert "t.html.j2 第 2 行" in error.value.message


def test_a_syntax_error_is_an_error_with_its_line(tmp_path):
    with pytest.raises(PageError, match=r"t\.html\.j2 第 2 行有语法错误"):
        _page(tmp_path, "<p>\n{% if %}</p>")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ report.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ layout.folder.joinpath('t.html.j2').read_text() }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../pyproject.toml' %}",
    ],
)
def test_a_template_cannot_reach_beyond_the_report(tmp_path, attack):
    with pytest.raises(PageError):
        _page(tmp_path, attack)


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "嵌套太深，或者宏、include 绕成了圈"),
        ("<p>\n{{ report.year | amount(1, 2, 3) }}</p>", "模板 t.html.j2 出错："),
        ("{{ '很' * 12100000 }}", "印出了 1210 万个字符，超过 1200 万的上限"),
        ("{{ 3 | cell('列') }}", "前面要写一行，例如 line | cell(…)，或写 report"),
    ],
)
def test_what_a_template_does_wrong_is_told(tmp_path, template, says):
    with pytest.raises(PageError) as error:
        _page(tmp_path, template)
    assert says in error.value.message


def test_a_name_that_no_file_can_have_is_told(tmp_path):
    with pytest.raises(LayoutError, match="打不开（名字里有文件名不能有的字符）"):
        _page(tmp_path, "{% include 'a\\x00.j2' %}")
