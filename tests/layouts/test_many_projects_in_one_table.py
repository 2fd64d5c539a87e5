"""One table of many projects with subtotals by office; goals of the whole term beside the year's;
half and full year side by side: a layout's template alone does it.
"""

import shutil

import pytest
from docx.oxml.ns import qn

from perfgen.cli import run
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.writing import write_workbook
from render.printers.word.docx_reading import Document

TABLE = """<!DOCTYPE html>
<html lang="zh-CN"><head><title>{{ layout.title }}</title></head><body>
<h1>{{ layout.title }}</h1>
<table><thead><tr><th>实施单位</th><th>项目</th><th>预算</th><th>执行</th><th>执行率</th><th>得分</th></tr></thead>
<tbody>
{% for group in projects | grouped("project.implementer") %}
{% for project in group.rows %}
<tr>{% if loop.first %}<th rowspan="{{ group.rows | length + 1 }}">{{ group.name }}</th>{% endif %}
<td>{{ project.name }}</td><td>{{ project.whole.adjusted | amount }}</td>
<td>{{ project.whole.actual | amount }}</td><td>{{ project.whole.execution_rate | rate }}</td>
<td>{{ project.total | marks }}</td></tr>
{% endfor %}
<tr><td>小计</td><td>{{ group.rows | total("whole.adjusted") | amount }}</td>
<td>{{ group.rows | total("whole.actual") | amount }}</td>
<td>{{ group.rows | total("whole.actual") | rate_of(group.rows | total("whole.adjusted")) | rate }}</td>
<td>{{ group.rows | total("total") | marks }}</td></tr>
{% endfor %}
<tr><th>合计</th><td></td><td>{{ projects | total("money.fiscal.adjusted", "money.carried.adjusted", "money.other.adjusted") | amount }}</td>
<td>{{ projects | total("whole.actual") | amount }}</td>
<td>{{ projects | total("whole.actual") | rate_of(projects | total("whole.adjusted")) | rate }}</td><td></td></tr>
</tbody></table>
<table><tbody>
{% for row in indicators %}
<tr><td>{{ row.indicator.name }}</td><td>{{ row.indicator.targets.get("term") | shown }}</td>
<td>{{ row.indicator.targets.get("half") | shown }}</td><td>{{ row.indicator.target | shown }}</td></tr>
{% endfor %}
</tbody></table>
</body></html>
"""  # noqa: E501

TARGETS = """
[[sheets.columns]]
header = "{header}"
role = "indicator.target.{period}"
kind = "target"

"""


@pytest.fixture
def layout(tmp_path):
    """The nationwide form, changed as an office would: one table, targets of three periods."""
    folder = tmp_path / "layouts" / "one-table"
    shutil.copytree(find_layout("project-self-evaluation"), folder)
    (folder / "report.html.j2").write_text(TABLE, encoding="utf-8")
    text = (folder / "layout.toml").read_text("utf-8")
    text = text.replace('id = "project-self-evaluation"', 'id = "one-table"')
    before = '[[sheets.columns]]\nheader = "计量单位"'
    more = "".join(
        TARGETS.format(header=header, period=period)
        for header, period in (("实施期指标值", "term"), ("半年指标值", "half"))
    )
    text = text.replace(before, more + before)
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    return load_layout(folder)


def project(name, office, budget, spent, **more):
    return {
        "项目名称": name, "主管部门": "某局", "实施单位": office,
        "预期目标": "略", "实际完成情况": "略",
        "年初预算数：当年财政拨款": budget, "全年执行数：当年财政拨款": spent, **more,
    }  # fmt: skip


def indicator(name, **more):
    return {
        "项目名称": name, "一级指标": "产出指标", "二级指标": "数量指标", "三级指标": f"{name}数量",
        "年度指标值": "≥10家", "实际完成值": "10家", "分值": "90", **more,
    }  # fmt: skip


@pytest.fixture
def tables(layout, tmp_path):
    content = {
        "单位信息": [{"单位名称": "某局", "年度": "2023"}],
        "项目": [
            project("甲", "一处", "100", "80"),
            project("乙", "二处", "50", ""),
            project("丙", "一处", "60.5", "60.5", **{"年初预算数：其他资金": "1.5"}),
        ],
        "项目指标": [
            indicator("甲", 实施期指标值="≥30家", 半年指标值="≥4家"),
            indicator("乙"),
            indicator("丙", 实施期指标值="≥40家"),
        ],
    }
    write_workbook(layout, tmp_path / "自评.xlsx", content=content)
    folder = str(layout.folder.parent)
    assert run(["build", str(tmp_path / "自评.xlsx"), "--layouts", folder,
                "-o", str(tmp_path)]) == 0  # fmt: skip
    word = Document((tmp_path / "自评.docx").read_bytes())
    return [
        [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]
        for table in word.tables()
    ]


def test_projects_stand_under_their_office_with_subtotals_and_their_rate(tables):
    assert tables[0][1:] == [
        ["一处", "甲", "100", "80", "80.00%", "98"],
        ["", "丙", "62", "60.5", "97.58%", "99.76"],
        ["", "小计", "162", "140.5", "86.73%", "197.76"],
        ["二处", "乙", "50", "", "", ""],
        ["", "小计", "50", "", "", ""],
        ["合计", "", "212", "140.5", "66.27%", ""],
    ]


def test_targets_of_the_term_the_half_year_and_the_year_stand_side_by_side(tables):
    assert tables[1] == [
        ["甲数量", "≥30家", "≥4家", "≥10家"],
        ["乙数量", "", "", "≥10家"],
        ["丙数量", "≥40家", "", "≥10家"],
    ]
