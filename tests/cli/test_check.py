"""`perfgen check`: everything doubtful in a workbook at once; the exit code says how bad it is."""

import json

import pytest

from workbooks.make import BROKEN, good_workbook, put


def test_a_good_workbook(perfgen, saved, book):
    said = perfgen("check", saved(book))
    assert (said.code, said.out, said.err) == (0, "✓ 检查没有发现问题\n", "")


def test_a_finding_shows_its_place_what_is_wrong_and_what_to_do(perfgen, saved, book):
    said = perfgen("check", saved(put(book, "预算信息!F6", 80)))
    assert said.code == 1
    assert said.out == (
        "错误[PG102] 自评.xlsx › 预算信息!F6\n"
        "  乙项目实际支出 80，超过调整预算 40，执行率 200.00%\n"
        "  建议：核对实际支出数，或补登追加的预算\n"
        "✗ 检查：错误 1\n"
    )


@pytest.mark.parametrize(
    ("place", "value", "codes"),
    [
        ("预算信息!F6", 80, {"error": 1, "warning": 1, "info": 1}),
        ("绩效指标!H3", None, {"error": 0, "warning": 1, "info": 1}),
        ("绩效指标!J4", None, {"error": 0, "warning": 0, "info": 1}),
        ("预算信息!F6", 39.5, {"error": 0, "warning": 0, "info": 0}),
    ],
)
def test_the_exit_code_follows_the_level_asked_for(perfgen, saved, book, place, value, codes):
    if place == "绩效指标!J4":
        put(book, "绩效指标!G4", "80家")
    path = saved(put(book, place, value))
    assert perfgen("check", path).code == codes["error"]
    assert {level: perfgen("check", path, "--fail-on", level).code for level in codes} == codes


def test_json_holds_the_findings_and_nothing_else_goes_to_stdout(perfgen, saved, book):
    said = perfgen("check", saved(put(book, "预算信息!F6", 80)), "--json")
    data = json.loads(said.out)
    assert (said.code, data["ok"], data["layout"]) == (1, False, "suzhou-self-evaluation")
    (finding,) = data["findings"]
    assert finding["code"] == "PG102"
    assert (finding["sheet"], finding["cell"], finding["subject"]) == ("预算信息", "F6", "乙项目")


def test_explained_findings_are_counted_and_shown_on_demand(perfgen, saved, book):
    put(book, "预算信息!F6", 80)
    book["说明事项"].append(("PG102", "乙项目", "另有结转", "财务处", None))
    said = perfgen("check", saved(book))
    assert (said.code, said.out) == (0, "✓ 检查没有发现问题，已说明 1\n")
    assert "错误[PG102]" in perfgen("check", saved(book), "--show-waived").out


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
