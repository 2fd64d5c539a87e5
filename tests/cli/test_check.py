"""`perfgen check`: everything doubtful in a workbook at once; the exit code says how bad it is."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from perfgen.checks import find_rule
from workbooks.make import BROKEN, good_workbook, put

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "inputs").glob("*.xlsx"))


@pytest.fixture
def few_rules(monkeypatch):
    """Five rules, so that a workbook broken in one way has one finding whatever rules there are."""
    rules = tuple(map(find_rule, ("PG101", "PG102", "PG201", "PG202", "PG901")))
    monkeypatch.setattr("perfgen.checks.run.all_rules", lambda: rules)


@pytest.fixture
def overspent(book, few_rules):
    """A workbook with one error: 乙项目 spent twice its budget."""
    return put(book, "预算信息!F6", 80)


def explained(book, rule="PG102", subject="乙项目", expires=None):
    """The workbook with one more row in 说明事项."""
    book["说明事项"].append((rule, subject, "另有结转", "财务处", expires))
    return book


# --- on the screen -------------------------------------------------------------------------------


def test_a_good_workbook(perfgen, saved, book):
    said = perfgen("check", saved(book))
    assert (said.code, said.out, said.err) == (0, "✓ 检查没有发现问题\n", "")


def test_a_finding_shows_its_place_its_row_what_is_wrong_and_what_to_do(perfgen, saved, overspent):
    said = perfgen("check", saved(overspent))
    assert said.code == 1
    assert said.out == (
        "错误 1 处\n"
        "\n"
        "错误[PG102] 自评.xlsx › 预算信息!F6\n"
        "  6 │ 项目明细 │ 乙项目 │ 实际支出数：80\n"
        "  乙项目实际支出 80，超过调整预算 40，执行率 200.00%\n"
        "  建议：核对实际支出数，或补登追加的预算\n"
        "\n"
        "✗ 检查：错误 1\n"
    )


def test_findings_stand_by_severity_then_by_place(perfgen, saved, overspent):
    put(overspent, "绩效指标!H3", None)
    put(overspent, "重点任务!C2", None)
    put(put(overspent, "绩效指标!G4", "80家"), "绩效指标!J4", None)
    lines = perfgen("check", saved(overspent)).out.splitlines()
    assert [line for line in lines if line.endswith(" 处")] == [
        "错误 1 处",
        "提醒 2 处",
        "提示 1 处",
    ]
    assert [line.rpartition("› ")[2] for line in lines if "[PG" in line] == [
        "预算信息!F6",
        "重点任务!C2",
        "绩效指标!H3",
        "绩效指标!J4",
    ]
    assert lines[-1] == "✗ 检查：错误 1，提醒 2，提示 1"


def test_an_empty_cell_shows_as_empty_in_its_row(perfgen, saved, book, few_rules):
    said = perfgen("check", saved(put(book, "绩效指标!H3", None)))
    assert "  3 │ 过程 │ 支付进度率 │ 完成值来源：（空）\n" in said.out


def test_a_finding_about_a_whole_sheet_names_the_workbook_alone(perfgen, saved, book, few_rules):
    book["绩效指标"].delete_rows(2, 3)
    said = perfgen("check", saved(book))
    assert "错误[PG201] 自评.xlsx\n  “绩效指标”一行也没有填\n" in said.out


@pytest.mark.parametrize(
    ("place", "value", "codes"),
    [
        ("预算信息!F6", 80, {"error": 1, "warning": 1, "info": 1}),
        ("绩效指标!H3", None, {"error": 0, "warning": 1, "info": 1}),
        ("绩效指标!J4", None, {"error": 0, "warning": 0, "info": 1}),
        ("预算信息!F6", 39.5, {"error": 0, "warning": 0, "info": 0}),
    ],
)
def test_the_exit_code_follows_the_level_asked_for(
    perfgen, saved, book, few_rules, place, value, codes
):
    if place == "绩效指标!J4":
        put(book, "绩效指标!G4", "80家")
    path = saved(put(book, place, value))
    assert perfgen("check", path).code == codes["error"]
    assert {level: perfgen("check", path, "--fail-on", level).code for level in codes} == codes


def test_explained_findings_are_counted_and_shown_on_demand(perfgen, saved, overspent):
    path = saved(explained(overspent, expires=date(2024, 12, 31)))
    said = perfgen("check", path)
    assert (said.code, said.out) == (0, "✓ 检查没有发现问题，已说明 1\n")
    said = perfgen("check", path, "--show-waived")
    assert said.out.startswith("已说明 1 处\n\n错误[PG102] 自评.xlsx › 预算信息!F6\n")
    assert "  说明：另有结转（财务处，有效期至 2024-12-31）\n" in said.out
    assert said.out.endswith("✓ 检查没有发现问题，已说明 1\n")


@pytest.mark.parametrize(
    ("rule", "subject", "expires", "says"),
    [
        ("PG12", "乙项目", None, "没有代码为 PG12 的规则"),
        ("PG12", "乙项目", None, "“乙项目”有的是 PG102，规则代码是不是它？"),
        ("PG101", "乙项目", None, "“乙项目”有的是 PG102，规则代码是不是它？"),
        ("PG102", "乙项日", None, "对象是不是“乙项目”？"),
        ("PG102", "乙项目", date(2024, 1, 31), "已过有效期（2024-01-31）"),
    ],
)
def test_an_explanation_that_does_not_work_is_told_with_what_was_meant(
    perfgen, saved, overspent, rule, subject, expires, says
):
    said = perfgen("check", saved(explained(overspent, rule, subject, expires)))
    assert said.code == 1
    assert "提醒[PG901] 自评.xlsx › 说明事项!A2" in said.out
    assert says in said.out
    assert "已说明" not in said.out


# --- what to mend first --------------------------------------------------------------------------


@pytest.fixture
def middle(book):
    """A workbook with one slip, 项目支出 120 for 100, that shows in four places and more."""
    for cell, value in {"C2": 200, "C4": 120, "C5": 60}.items():
        put(book, f"预算信息!{cell}", value)
    return book


def test_what_follows_from_a_slip_stands_under_it(perfgen, saved, middle):
    lines = perfgen("check", saved(middle)).out.splitlines()
    assert lines[0].startswith("先改这几处：")
    assert lines[1].startswith("  1. 错误[PG101] 预算信息!C4 项目支出的年初预算数是 120")
    assert lines[1].endswith("处）")
    shown = [line.rpartition("› ")[2] for line in lines if line.startswith(("错误[", "提醒["))]
    assert shown == ["预算信息!C4"]
    assert any(line.startswith("    错误[PG101] 预算信息!C2 ") for line in lines)
    assert any("连带" in line and "多半就没有了" in line for line in lines)


def test_few_findings_stand_alone(perfgen, saved, overspent):
    assert "先改这几处" not in perfgen("check", saved(overspent)).out


def test_json_says_which_finding_follows_from_which(perfgen, saved, middle):
    findings = json.loads(perfgen("check", saved(middle), "--json").out)["findings"]
    assert [one["id"] for one in findings] == list(range(1, len(findings) + 1))
    (cause,) = [one for one in findings if one["cause"] is None]
    assert (cause["cell"], cause["code"]) == ("C4", "PG101")
    assert cause["follows"] == [one["id"] for one in findings if one["cause"] == cause["id"]]
    assert len(cause["follows"]) == len(findings) - 1


# --- for programs --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema():
    """The published description of the JSON output."""
    described = json.loads((ROOT / "docs/schema/check-1.json").read_text("utf-8"))
    Draft202012Validator.check_schema(described)
    return Draft202012Validator(described, format_checker=FormatChecker())


def test_json_holds_the_findings_and_nothing_else_goes_to_stdout(perfgen, saved, overspent):
    said = perfgen("check", saved(overspent), "--json")
    data = json.loads(said.out)
    assert (said.code, data["ok"], data["layout"]) == (1, False, "suzhou-self-evaluation")
    assert data["schema"] == "check-1"
    assert data["counts"] == {"error": 1, "warning": 0, "info": 0, "waived": 0}
    (finding,) = data["findings"]
    assert finding["code"] == "PG102"
    assert (finding["sheet"], finding["cell"], finding["subject"]) == ("预算信息", "F6", "乙项目")
    assert finding["row"] == {"number": 6, "name": "乙项目", "header": "实际支出数", "value": "80"}


def test_json_tells_what_explains_a_finding(perfgen, saved, overspent):
    said = perfgen("check", saved(explained(overspent, expires=date(2024, 12, 31))), "--json")
    (waived,) = json.loads(said.out)["waived"]
    assert waived["code"] == "PG102"
    assert waived["waiver"] == {
        "reason": "另有结转",
        "officer": "财务处",
        "expires": "2024-12-31",
        "sheet": "说明事项",
        "row": 2,
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_the_json_of_every_sample_is_as_described(perfgen, schema, sample):
    schema.validate(json.loads(perfgen("check", sample, "--json").out))


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book,
        explained,
        lambda book: explained(explained(book), expires=date(2024, 12, 31)),
        lambda book: book["绩效指标"].delete_rows(2, 3),
        lambda book: put(book, "预算信息!C5", "约60"),
        lambda book: book.remove(book["重点任务"]),
    ],
    ids=["found", "explained", "expiring", "no-cell", "unreadable", "no-sheet"],
)
def test_json_is_as_described_whatever_is_found(perfgen, saved, schema, overspent, change):
    change(overspent)
    path = saved(overspent)
    schema.validate(json.loads(perfgen("check", path, "--json").out))
    schema.validate(json.loads(perfgen("check", path, "--json", "--annotate", "批注.xlsx").out))


def test_json_of_a_workbook_that_is_not_there_is_as_described(perfgen, schema):
    schema.validate(json.loads(perfgen("check", "没有.xlsx", "--json").out))


# --- speed ---------------------------------------------------------------------------------------


def test_what_only_printers_need_is_not_loaded(saved, book):
    script = (
        "import sys; from perfgen import cli; cli.run(sys.argv[1:]);"
        "print(*(name for name in ('weasyprint', 'docx', 'xlsxwriter', 'jinja2', 'fontTools',"
        " 'perfgen.workbook.annotating') if name in sys.modules), file=sys.stderr)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, "check", saved(book)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert said.stderr.decode().strip() == ""


# --- what cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_with_its_place_and_nothing_is_written(
    perfgen, saved, tmp_path, name
):
    book = good_workbook()
    BROKEN[name].change(book)
    path = saved(book)
    for command in ("check", "build"):
        said = perfgen(command, path)
        assert (said.code, said.out) == (2, "")
        assert BROKEN[name].where in said.err
        for words in BROKEN[name].says:
            assert words in said.err
        assert "✗ 自评.xlsx 有 1 处读不懂，没有生成任何文件" in said.err
        assert "Traceback" not in said.err
    assert [file.name for file in tmp_path.iterdir()] == ["自评.xlsx"]


def test_json_lists_what_cannot_be_read(perfgen, saved, book):
    put(put(book, "预算信息!C5", "约60"), "重点任务!B3", None)
    data = json.loads(perfgen("check", saved(book), "--json").out)
    assert [(problem["sheet"], problem["cell"]) for problem in data["problems"]] == [
        ("预算信息", "C5"),
        ("重点任务", "B3"),
    ]


# --- which layout --------------------------------------------------------------------------------


def test_a_workbook_without_a_mark_is_known_by_its_sheets(perfgen, saved, book):
    book.defined_names.clear()
    assert perfgen("check", saved(book)).code == 0


def test_a_workbook_that_fits_no_layout_is_told_how_to_name_one(perfgen, saved, book):
    book.defined_names.clear()
    for sheet in book.worksheets[2:]:
        book.remove(sheet)
    said = perfgen("check", saved(book))
    assert said.code == 2
    assert "认不出版式" in said.err
    assert "--layout" in said.err


def test_an_unknown_layout_is_told_with_the_nearest(perfgen, saved, book):
    said = perfgen("check", saved(book), "--layout", "suzhou-selfevaluation")
    assert said.code == 2
    assert "没有名为“suzhou-selfevaluation”的版式" in said.err
    assert "是不是 suzhou-self-evaluation？" in said.err


def test_a_workbook_made_for_an_unknown_layout_is_told(perfgen, saved, book):
    book.defined_names["_perfgen_layout"].attr_text = '"../../etc"'
    said = perfgen("check", saved(book))
    assert said.code == 2
    assert "没有名为“../../etc”的版式" in said.err


def test_a_workbook_of_a_newer_perfgen_is_told_to_upgrade(perfgen, saved, book):
    book.defined_names["_perfgen_schema"].attr_text = '"99"'
    said = perfgen("check", saved(book))
    assert said.code == 2
    assert "版式第 99 版，这里只有第 1 版" in said.err
    assert "升级 perfgen" in said.err


def test_personal_data_is_masked_wherever_a_finding_is_shown(perfgen, saved, book, tmp_path):
    put(book, "重点任务!C2", "联系人手机13800138000，已经印发。")
    said = perfgen("check", saved(book), "--annotate", "批注.xlsx")
    assert "PG401" in said.out
    assert "13800138000" not in said.out + said.err
    assert "13800138000" not in perfgen("check", "自评.xlsx", "--json").out
    sheet = openpyxl.load_workbook(tmp_path / "批注.xlsx")["检查结果"]
    shown = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [text for text in shown if "13800138000" in text]
