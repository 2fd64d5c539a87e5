"""What a document carries: what it prints and nothing else, so that it can be built again."""

import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from perfgen.build import Request, load
from perfgen.disclosed.data import PRIVATE, report_data
from perfgen.disclosed.filling import report_of_data
from perfgen.disclosed.reading import read_json
from perfgen.disclosed.writing import tables_csv, to_json
from perfgen.figures import compute
from perfgen.figures.formulas.completing import with_formulas
from perfgen.layouts import templates_folder
from perfgen.render.page.marked import marked_page
from perfgen.render.page.template import render_page
from perfgen.withholding import without_private
from workbooks.make import put

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "inputs").glob("*.xlsx"))
SCHEMA = json.loads((ROOT / "docs/schema/report-1.json").read_text("utf-8"))
OFFICER = "只给自己看的备注"


def loaded(path, **options):
    return load(path, Request(**options))


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def sample(request):
    """A sample, loaded, and its data."""
    one = loaded(request.param)
    return one, report_data(one.report, one.layout, marked_page(one.report, one.layout))


@pytest.fixture
def data_of(saved):
    """The data of a workbook's document."""

    def make(content, annexes=(), **options):
        one = loaded(saved(content), **options)
        return report_data(one.report, one.layout, marked_page(one.report, one.layout, annexes))

    return make


def rows(data, record):
    return next((t["rows"] for t in data["tables"] if t["record"] == record), [])


# --- every sample --------------------------------------------------------------------------------


def test_the_data_is_as_its_schema_says(sample):
    _, data = sample
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())


def test_the_data_comes_back_from_its_json_the_same(sample):
    _, data = sample
    assert read_json(to_json(data)) == data


def test_the_page_of_the_data_is_the_page_of_the_workbook(sample):
    one, data = sample
    again = with_formulas(report_of_data(data, one.layout), one.layout)
    public = without_private(one.report, one.layout)
    kept_back = {name: replace(fact, value="") if name in PRIVATE else fact
                 for name, fact in public.facts.items()}  # fmt: skip
    public = replace(public, facts=kept_back)
    before = render_page(public, compute(public, one.layout.rules), one.layout)
    assert render_page(again, compute(again, one.layout.rules), one.layout) == before


def test_the_data_of_the_data_is_the_data(sample):
    """What is computed stays computed: once more round gives the same file."""
    one, data = sample
    again = report_of_data(data, one.layout)
    known = {(t["record"], n, field): value["origin"] for t in data["tables"]
             for n, row in enumerate(t["rows"]) for field, value in row.items()
             if isinstance(value, dict) and "origin" in value}  # fmt: skip
    figures = compute(again, one.layout.rules)
    for number, line in enumerate(figures.budget):
        origin = known.get(("budget", number, "initial"))
        if origin:
            assert (line.line.initial is not None) == (origin == "given")


# --- what is not printed -------------------------------------------------------------------------


def test_what_the_document_does_not_print_is_not_in_its_data(data_of, book):
    put(book, "基本信息!B6", "张三丰")
    put(book, "基本信息!B7", "0512-66668888")
    put(book, "绩效指标!C2", "反向")
    budget = book["预算信息"]
    budget.cell(1, 9, "内部备注")
    budget.cell(3, 9, OFFICER)
    book["说明事项"].append(("PG101", "基本支出", "这是内部的说明", "预算岗", None))
    text = to_json(data_of(book)).decode()
    for hidden in ("张三丰", "66668888", "反向", "内部备注", OFFICER, "内部的说明", "预算岗",
                   "自评.xlsx", "PG101"):  # fmt: skip
        assert hidden not in text


def test_a_column_of_the_officers_own_is_there_where_the_layout_prints_it(data_of, book, tmp_path):
    folder = tmp_path / "own" / "suzhou-self-evaluation"
    shutil.copytree(templates_folder() / "suzhou-self-evaluation", folder)
    shutil.copytree(templates_folder() / "_shared", tmp_path / "own" / "_shared")
    template = folder / "report.html.j2"
    text = template.read_text("utf-8")
    printed = text.replace(
        "{{ line.name }}", '{{ line.name }}{{ line.line.extra.get("备注", "") }}'
    )
    template.write_text(printed, "utf-8")
    budget = book["预算信息"]
    budget.cell(1, 9, "备注")
    budget.cell(3, 9, "含离休经费")
    data = data_of(book, layouts=(tmp_path / "own",))
    assert [row.get("extra") for row in rows(data, "budget")][:3] == [
        None, {"备注": "含离休经费"}, None,
    ]  # fmt: skip
    assert b"\xe5\xa4\x87\xe6\xb3\xa8" in tables_csv(data)["预算信息"]


def test_a_table_that_is_not_printed_is_not_in_the_data():
    one = loaded(ROOT / "inputs/guangzhou-commerce-2023.xlsx")
    assert one.report.funds
    assert not rows(
        report_data(one.report, one.layout, marked_page(one.report, one.layout)), "fund"
    )


def test_placeholders_are_disclosed_as_they_are_printed(data_of, book):
    put(book, "文字部分!B2", "全年支出【预算：基本支出：实际支出数】万元。")
    text = to_json(data_of(book)).decode()
    assert "全年支出95万元。" in text
    assert "【" not in text


# --- figures -------------------------------------------------------------------------------------


def test_figures_are_exact_strings_and_say_whether_they_were_given(data_of, book):
    total, basic, projects, *_ = rows(data_of(book), "budget")
    assert basic["initial"] == {"value": "100", "origin": "given"}
    assert basic["execution_rate"] == {"value": "0.9500", "text": "95.00%", "origin": "computed"}
    assert total["initial"]["origin"] == projects["initial"]["origin"] == "computed"
    put(book, "预算信息!C2", 999.5)
    assert rows(data_of(book), "budget")[0]["initial"] == {"value": "999.5", "origin": "given"}


def test_an_adjustment_whose_ledger_is_not_printed_is_given(data_of, book):
    put(book, "预算信息!D5", None)
    book["预算调整"].append((date(2023, 6, 30), "苏财预〔2023〕15号", "甲项目", "追加", 5, "内部"))
    data = data_of(book)
    text = to_json(data).decode()
    assert "苏财预" not in text
    lines = {row["name"]: row["adjustment"] for row in rows(data, "budget") if "adjustment" in row}
    assert lines["甲项目"] == {"value": "5", "origin": "given"}
    assert lines["预算总金额"]["origin"] == lines["项目支出"]["origin"] == "computed"


def test_with_the_annex_the_ledger_is_part_of_the_data(data_of, book):
    put(book, "预算信息!D5", None)
    book["预算调整"].append((date(2023, 6, 30), "苏财预〔2023〕15号", "甲项目", "追减", 5, "压减"))
    data = data_of(book, annexes=("adjustments",))
    (row,) = rows(data, "adjustment")
    assert (row["date"], row["document"], row["line"]) == (
        "2023-06-30", "苏财预〔2023〕15号", "甲项目",
    )  # fmt: skip
    assert Decimal(row["amount"]["value"]) == 5  # as it is filled in; it prints -5
    assert row["amount"]["text"] == "-5"
    lines = {row["name"]: row["adjustment"] for row in rows(data, "budget") if "adjustment" in row}
    assert lines["甲项目"]["origin"] == "computed"


def test_a_zero_that_was_typed_is_given(data_of, book):
    put(book, "预算信息!F5", 0)
    line = next(row for row in rows(data_of(book), "budget") if row["name"] == "甲项目")
    assert line["actual"] == {"value": "0", "origin": "given"}


# --- tables --------------------------------------------------------------------------------------


def test_each_table_is_a_csv_that_excel_opens(data_of, book):
    tables = tables_csv(data_of(book))
    content = tables["预算信息"]
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("预算项目,类别,年初预算数,")
    assert lines[2] == "基本支出,基本支出,100,,100,95,95.00%"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "@SUM(A1)", "-2+3"])
def test_no_text_of_a_csv_is_a_formula(data_of, book, text):
    put(book, "预算信息!A5", text)
    book["预算信息"]["A5"].data_type = "s"
    content = tables_csv(data_of(book))["预算信息"].decode("utf-8-sig")
    assert f"\r\n'{text}," in content
