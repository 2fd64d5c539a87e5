"""Labels that count themselves, and references that follow them."""

import pytest

from own_layouts import filled, own_layout, report_of
from perfgen.errors import PageError
from perfgen.figures import compute
from perfgen.render.page.template import render_page


def rendered(tmp_path, page):
    layout = own_layout(tmp_path, page=page)
    report = report_of(
        layout, filled(layout, tmp_path / "自评.xlsx", [{"项目": "甲"}, {"项目": "乙"}])
    )
    text = render_page(report, compute(report, layout.rules), layout)
    return text[text.index("</h1>") + 5 :]


def test_each_kind_counts_for_itself(tmp_path):
    page = (
        '<p>{{ "支出" | caption("表2-") }}</p><p>{{ "任务" | caption("表1-") }}</p>'
        '<p>{{ "调整" | caption("表2-") }}</p><p>{{ "一" | caption("第", "项", words=true) }}</p>'
    )
    text = rendered(tmp_path, page)
    for label in ("表2-1", "表1-1", "表2-2", "第一项"):
        assert f"<p>{label}</p>" in text


def test_a_reference_follows_its_label_wherever_it_stands(tmp_path):
    page = (
        '<p>见{{ "乙" | reference }}。</p>'
        '{% for row in own.expense %}<p>{{ row.values.name | caption("第", "项") }}</p>{% endfor %}'
    )
    text = rendered(tmp_path, page)
    assert "<p>见第2项。</p>" in text and "<p>第1项</p>" in text


def test_a_label_is_text_whatever_it_holds(tmp_path):
    text = rendered(tmp_path, '<p>{{ "x" | reference }}</p><p>{{ "x" | caption("表<b>") }}</p>')
    assert text.count("表&lt;b&gt;1") == 2


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('<p>{{ "没有" | reference }}</p><p>{{ "有" | caption("表") }}</p>', "没有这一处"),
        ('{{ "有" | caption("表") }}{{ "有" | caption("图") }}', "两处编号都叫“有”"),
    ],
)
def test_a_label_that_is_not_there_or_stands_twice_is_told(tmp_path, page, says):
    with pytest.raises(PageError, match=says):
        rendered(tmp_path, page)
