"""Data that claims to be a report's: every value is looked at, and what is wrong is said."""

import json

import pytest

from perfgen.disclosed.reading import DEEPEST, LARGEST, read_json
from perfgen.disclosed.writing import file_name
from perfgen.errors import DocumentError


@pytest.fixture
def data():
    """The smallest sound data with a row."""
    return {
        "schema": "report-1",
        "layout": {"id": "x", "schema": 1, "title": "表", "document": "报告"},
        "unit": "某某局",
        "year": 2023,
        "date": "2024-04-26",
        "amount_unit": "万元",
        "facts": [],
        "tables": [
            {
                "sheet": "预算信息", "record": "budget", "title": "预算信息",
                "columns": [
                    {"field": "name", "header": "预算项目", "kind": "text"},
                    {"field": "initial", "header": "年初预算数", "kind": "amount"},
                ],
                "rows": [{"name": "甲", "initial": {"value": "1.50", "origin": "given"}}],
            }
        ],
    }  # fmt: skip


def refused(content):
    with pytest.raises(DocumentError) as caught:
        read_json(content if isinstance(content, bytes) else json.dumps(content).encode(), "x.pdf")
    return caught.value.message


def test_sound_data_is_read(data):
    assert read_json(json.dumps(data).encode()) == data


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.update(schema="report-2"), "只认识 report-1"),
        (lambda d: d.update(schema="x"), "schema 应当是 report-1"),
        (lambda d: d.pop("unit"), "最外层 缺少 unit"),
        (lambda d: d.update(more=1), "不认识的“more”"),
        (lambda d: d.update(year="2023"), "year 应当是 1900 到 2200 的整数"),
        (lambda d: d.update(year=True), "year 应当是"),
        (lambda d: d.update(date="2024-02-30"), "date 应当是日期"),
        (lambda d: d.update(date="2024-4-26"), "date 应当是日期，如 2024-03-15"),
        (lambda d: d.update(date=20240426), "date 应当是日期"),
        (lambda d: d["tables"][0]["rows"][0].update(extra={str(n): "x" for n in range(201)}),
         "rows[0].extra 太多"),
        (lambda d: d.update(amount_unit="美元"), "amount_unit 只能是 元、万元、亿元"),
        (lambda d: d.update(unit="\u0001"), "不能印的字符"),
        (lambda d: d.update(tables={}), "tables 应当是数组"),
        (lambda d: d.update(tables=d["tables"] * 2), "record 相同"),
        (lambda d: d["tables"][0].update(record="../x"), "不是列的标识"),
        (lambda d: d["tables"][0]["rows"][0].update(other="x"), "没有列出的“other”"),
        (lambda d: d["tables"][0]["rows"][0].update(name=3), "rows[0].name 应当是文字"),
        (lambda d: d["tables"][0]["rows"][0]["initial"].update(value="1e9"), "不是写成文本的数"),
        (lambda d: d["tables"][0]["rows"][0]["initial"].update(value="NaN"), "不是写成文本的数"),
        (lambda d: d["tables"][0]["rows"][0]["initial"].update(origin="x"), "只能是 given"),
        (lambda d: d["tables"][0].update(rows=[{}] * 60_000), "超过 50000 项"),
        (lambda d: d.update(unit="长" * 300_000), "超过 200000 字"),
    ],
)  # fmt: skip
def test_what_is_not_as_the_schema_says_is_refused(data, change, says):
    change(data)
    message = refused(data)
    assert message.startswith("x.pdf 里的数据")
    assert says in message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "不是 JSON"),
        (b"{", "不是 JSON"),
        (b"\xff\xfe", "不是 JSON"),
        (b"[1.5]", "不是 JSON"),
        (b"[NaN]", "不是 JSON"),
        (b"[" + b"9" * 10_000 + b"]", "不是 JSON"),
        (b"[]", "最外层 应当是对象"),
        (b"[" * (DEEPEST + 1), "嵌套太深"),
        (b"[" * 1_000_000, "嵌套太深"),
        (b" " * (LARGEST + 1), "20 MB"),
    ],
    ids=["empty", "cut", "binary", "float", "nan", "long", "list", "deep", "deeper", "large"],
)
def test_what_is_no_such_json_is_refused(content, says):
    assert says in refused(content)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("预算信息", "预算信息"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a:b\\c", "a_b_c"),
        ("..", "_"),
        ("", "_"),
        ("CON", "_CON"),
        ("x" * 200, "x" * 80),
    ],
)
def test_no_name_of_a_table_leads_out_of_the_folder(name, safe):
    assert file_name(name) == safe
