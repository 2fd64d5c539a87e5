"""`perfgen layouts` lists what is there; `perfgen layouts new` makes one more, to change."""

import json

import pytest

SUZHOU = "suzhou-self-evaluation"


@pytest.fixture
def new(perfgen):
    """Run `perfgen layouts new` in an empty folder."""
    return lambda *arguments: perfgen("layouts", "new", *arguments)


def test_each_layout_is_listed_with_its_document(perfgen):
    said = perfgen("layouts")
    assert said.code == 0
    assert f"{SUZHOU}  苏州市市级预算部门（单位）整体支出预算绩效自评报告" in said.out
    listed = {
        layout["id"]: layout for layout in json.loads(perfgen("layouts", "--json").out)["layouts"]
    }
    assert listed[SUZHOU]["document"] == "部门整体支出预算绩效自评报告"


def test_a_new_layout_is_a_whole_copy_under_its_own_id(new, perfgen, tmp_path):
    said = new("my-city", "--from", SUZHOU)
    assert said.code == 0
    folder = tmp_path / "layouts" / "my-city"
    files = {file.name for file in folder.rglob("*") if file.is_file()}
    assert {"layout.toml", "report.html.j2", "report.css", "2023.toml", "2024.toml"} <= files
    assert 'id = "my-city"' in (folder / "layout.toml").read_text("utf-8")
    assert "perfgen init my-city" in said.out
    assert "gongwen.css" in said.out


def test_a_new_layout_is_found_at_once_and_prints(new, perfgen, book, saved, tmp_path):
    new("my-city", "--from", SUZHOU)
    assert "my-city" in perfgen("layouts").out
    assert perfgen("init", "my-city", "-o", "填报.xlsx").code == 0
    saved(book)
    said = perfgen("build", "自评.xlsx", "--layout", "my-city", "--format", "html,docx")
    assert said.code == 0, said.err


def test_a_folder_of_ones_own_may_hold_it(new, perfgen, tmp_path):
    assert new("my-city", "--from", SUZHOU, "--layouts", "版式").code == 0
    assert (tmp_path / "版式" / "my-city" / "layout.toml").is_file()
    assert "my-city" not in perfgen("layouts").out
    assert "my-city" in perfgen("layouts", "--layouts", "版式").out
    (tmp_path / "perfgen.toml").write_text('layouts = ["版式"]\n', encoding="utf-8")
    assert "my-city" in perfgen("layouts").out


def test_a_copy_of_a_copy(new):
    assert new("one", "--from", SUZHOU).code == 0
    second = new("two", "--from", "one")
    assert second.code == 0
    assert "  layouts/two/layout.toml  工作表" in second.out.replace("\\", "/")


def test_nothing_is_overwritten(new, tmp_path):
    new("my-city", "--from", SUZHOU)
    (tmp_path / "layouts/my-city/report.css").write_text("/* mine */", encoding="utf-8")
    said = new("my-city", "--from", SUZHOU)
    assert said.code == 2
    assert "已经存在，没有覆盖" in said.err
    assert (tmp_path / "layouts/my-city/report.css").read_text("utf-8") == "/* mine */"


@pytest.mark.parametrize("name", ["../外面", "有 空格", "a/b", "", "."])
def test_an_id_must_be_a_folders_name(new, tmp_path, name):
    said = new(name, "--from", SUZHOU)
    assert said.code == 2
    assert "不能作版式标识" in said.err
    assert not any(tmp_path.iterdir())


def test_a_place_that_is_a_file_is_told(new, tmp_path):
    (tmp_path / "layouts").write_text("一个文件", encoding="utf-8")
    said = new("my-city", "--from", SUZHOU)
    assert said.code == 2
    assert "layouts" in said.err and "Traceback" not in said.err
    assert (tmp_path / "layouts").read_text("utf-8") == "一个文件"


def test_without_a_source_the_layouts_are_named(new):
    said = new("my-city")
    assert said.code == 2
    assert "--from 和 --blank 要写一个" in said.err
    assert SUZHOU in said.err


def test_a_misspelt_source_gets_the_nearest_name(new):
    said = new("my-city", "--from", "suzhou-self-evalution")
    assert said.code == 2
    assert f"是不是 {SUZHOU}？" in said.err


def test_the_result_for_programs(new):
    data = json.loads(new("my-city", "--from", SUZHOU, "--json").out)
    assert data["ok"] is True
    assert data["layout"] == "my-city"
    assert "layout.toml" in data["files"]


def test_a_misspelt_subcommand_gets_the_nearest_name(perfgen):
    said = perfgen("layouts", "nwe")
    assert said.code == 2
    assert "是不是 new？" in said.err


def test_a_layout_that_got_broken_is_named_by_file_and_key(new, perfgen, tmp_path):
    new("my-city", "--from", SUZHOU)
    declaration = tmp_path / "layouts/my-city/layout.toml"
    text = declaration.read_text("utf-8")
    declaration.write_text(text.replace("rate_decimals", "rate_decimal"), encoding="utf-8")
    said = perfgen("init", "my-city")
    assert said.code == 2
    assert (
        "my-city/layout.toml：rules.rate_decimal 不认识这一项，是不是 rate_decimals？" in said.err
    )


def test_a_broken_layout_is_listed_as_such_beside_the_others(new, perfgen, tmp_path):
    new("my-city", "--from", SUZHOU)
    (tmp_path / "layouts/my-city/layout.toml").write_text("[layout", encoding="utf-8")
    said = perfgen("layouts")
    assert said.code == 0
    assert "my-city  用不了" in said.out
    assert SUZHOU in said.out
    assert json.loads(perfgen("layouts", "--json").out)["broken"][0]["id"] == "my-city"


def test_the_id_of_a_layout_that_perfgen_brings_is_taken(new):
    said = new(SUZHOU, "--from", SUZHOU)
    assert said.code == 2
    assert "是 perfgen 自带的版式" in said.err


def test_a_renamed_column_must_be_renamed_in_the_ready_rows_too(new, perfgen, tmp_path):
    new("my-city", "--from", SUZHOU)
    declaration = tmp_path / "layouts/my-city/layout.toml"
    text = declaration.read_text("utf-8")
    changed = text.replace('header = "指标名称"', 'header = "绩效指标名称"')
    declaration.write_text(changed, encoding="utf-8")
    said = perfgen("init", "my-city")
    assert said.code == 2
    assert "版式 my-city 的 ready/2023.toml：“绩效指标”没有“指标名称”这一列" in said.err
    assert "是不是“绩效指标名称”？" in said.err


@pytest.mark.parametrize(
    ("piece", "other", "says"),
    [
        ("line.actual | amount", "line.actual | amount(2)", "report.html.j2 第"),
        ("line.actual | amount", "line.actuel | amount", "没有“actuel”，是不是“actual”？"),
    ],
)
def test_a_mistake_in_a_template_names_its_line(
    new, perfgen, book, saved, tmp_path, piece, other, says
):
    new("my-city", "--from", SUZHOU)
    template = tmp_path / "layouts/my-city/report.html.j2"
    template.write_text(template.read_text("utf-8").replace(piece, other), encoding="utf-8")
    said = perfgen("build", saved(book), "--layout", "my-city", "--format", "html")
    assert said.code == 2
    assert says in said.err
    assert "自身出了错" not in said.err
