"""`perfgen layouts check` and `preview`: a technician sees all that is wrong, and how it looks."""

import json
from threading import Event, Thread

import pytest

from cli.test_watch import Watch
from own_layouts import column, computed, own_folder
from perfgen.layouts import available_layouts, load_layout
from perfgen.trial.lines import line_of
from perfgen.trial.made_up import made_up_content
from perfgen.watching import saves_in
from render.printers.word.docx_reading import Document

PAGE = '{% for row in own.expense %}<p class="row">{{ row | cell("项目") }}</p>{% endfor %}'


@pytest.fixture
def home(tmp_path):
    return tmp_path / "layouts"


def points(perfgen, code):
    said = perfgen("layouts", "check", "own", "--json")
    assert said.code == code, said.out + said.err
    return json.loads(said.out)["points"]


def test_all_faults_come_with_file_line_and_key(home, perfgen):
    wrong = (
        computed("率", "percent", "[执行数] / [预算数]", role="expense.rate")
        + column("日", "dat", role="expense.day")
        + column("比", "percent", "print = { decimals = 9 }", role="expense.part")
    )
    folder = own_folder(home, columns=wrong, page=PAGE)
    text = (folder / "layout.toml").read_text("utf-8")
    text = text.replace("rate_decimals = 2", "rate_decimal = 2")
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    found = points(perfgen, 1)
    lines = text.splitlines()
    assert [(lines[one["line"] - 1], one["wrong"]) for one in found] == [
        ("rate_decimal = 2", True), ('kind = "dat"', True), ("print = { decimals = 9 }", True),
    ]  # fmt: skip
    for one, words in zip(found, ("是不是 rate_decimals", "只能是", "0 到 6"), strict=True):
        assert one["file"] == "layout.toml" and words in one["message"]


def test_all_rules_and_files_that_do_not_fit_are_told_at_once(home, perfgen):
    folder = own_folder(home, page=PAGE)
    text = (folder / "layout.toml").read_text("utf-8")
    text = text.replace('"report.html.j2"', '"none.j2"').replace('id = "own"', 'id = "other"')
    text = text.replace("rate_decimals = 2", 'rate_decimals = 9\namount_unit = "两"')
    text += '\n[carry]\nkeeps_ready = ["nothing", "nobody"]\n'
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    assert [one["key"] for one in points(perfgen, 1)] == [
        "layout.id", "layout.template", "rules.amount_unit", "rules.rate_decimals",
        "carry.keeps_ready", "carry.keeps_ready",
    ]  # fmt: skip


def test_typed_marks_of_the_rate_count_as_printed_where_the_rate_score_is(home, perfgen):
    page = (
        PAGE
        + "{% for one in projects %}<p>{{ one.name }}{{ one.rate_score | marks }}</p>{% endfor %}"
    )
    scored = (
        """
[[sheets]]
name = "项目"
kind = "table"
record = "project"
"""
        + column("项目名称", "text", "required = true", role="project.name")
        + column("预算数", "amount", role="project.adjusted")
        + column("实际数", "amount", role="project.actual")
        + column("执行率得分", "number", role="project.mark")
        + "\n[scoring]\ntotal = 100\nrate_full = 10\n"
    )
    own_folder(home, sheets=scored, page=page)
    messages = [one["message"] for one in points(perfgen, 0)]
    assert any("“项目”的“预算数”填了也没有印" in words for words in messages)
    assert not any("执行率得分" in words for words in messages)


def test_faults_of_formulas_come_when_all_columns_can_be_read(home, perfgen):
    own_folder(home, columns=computed("率", "percent", "[执行数]", role="expense.rate"), page=PAGE)
    (found,) = points(perfgen, 1)
    assert found["key"] == "sheets“经费”“率”.formula"
    assert "是不是 [1-7月执行数]" in found["message"]


def test_a_template_that_fails_is_told(home, perfgen):
    own_folder(home, page='{{ own.expense[0] | cell("没有") }}')
    (found,) = points(perfgen, 1)
    assert found["file"] == "report.html.j2" and "没有这一列" in found["message"]


def test_columns_that_no_template_prints_and_styles_without_elements_are_told(home, perfgen):
    used = computed("率", "percent", "[1-7月执行数] / [年初预算数]", role="expense.rate")
    page = PAGE.replace("</p>", ' {{ row | cell("率") }}{{ row | cell("类别") }}</p>')
    folder = own_folder(home, columns=used, page=page)
    text = (folder / "layout.toml").read_text("utf-8")
    text = text.replace('gongwen.css"]', 'gongwen.css", "report.css"]')
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    (folder / "report.css").write_text("p.row { color: red; }\np.rows { color: red; }\n")
    found = points(perfgen, 0)
    messages = [one["message"] for one in found]
    for header in ("人数", "起", "止"):
        assert any(f"“经费”的“{header}”填了也没有印" in words for words in messages), header
    for header in ("项目", "类别", "率", "1-7月执行数", "年初预算数（万元）"):
        assert not any(f"“{header}”" in words for words in messages), header
    (style,) = [one for one in found if one["file"] == "report.css"]
    assert style["line"] == 2 and "p.rows" in style["message"]
    assert not any(one["wrong"] for one in found)


@pytest.mark.parametrize("name", available_layouts())
def test_no_layout_that_perfgen_brings_has_anything_wrong(perfgen, name):
    said = perfgen("layouts", "check", name)
    assert said.code == 0, said.out
    assert "不对的 0 处" in said.err + said.out or "没有问题" in said.err + said.out


def test_a_preview_fills_every_column_with_made_up_values(home, perfgen, tmp_path):
    page = PAGE + '<p>{{ report | cell("说明") }}</p>'
    items = column("说明", "long", role="report.own.note", record="report")
    own_folder(home, items=items, page=page)
    said = perfgen("layouts", "preview", "own", "--once", "-o", tmp_path / "试印")
    assert said.code == 0, said.err
    assert (tmp_path / "试印/own.pdf").read_bytes().startswith(b"%PDF")
    texts = list(Document((tmp_path / "试印/own.docx").read_bytes()).texts())
    assert "合计" in texts and any("这里是“说明”的内容" in text for text in texts)


def test_a_preview_is_printed_at_each_save_and_a_fault_is_told_meanwhile(home, tmp_path):
    folder = own_folder(home, page=PAGE)
    watch = Watch(tmp_path, "layouts", "preview", "own")
    try:
        watch.line_with("✓ 已试印")
        printed = (tmp_path / "试印/own.docx").read_bytes()
        page = folder / "report.html.j2"
        page.write_text(
            page.read_text("utf-8").replace('cell("项目")', 'cell("项 目 名")'), "utf-8"
        )
        assert "项 目 名" in watch.line_with("✗", after=1)
    finally:
        code, said = watch.stop()
    assert code == 0 and said.endswith("已结束\n") and "Traceback" not in said
    assert (tmp_path / "试印/own.docx").read_bytes() == printed


def test_previews_are_lines_of_json_for_programs(home, perfgen, tmp_path):
    folder = own_folder(home, page=PAGE)
    said = perfgen("layouts", "preview", "own", "--once", "--json")
    files = ["试印/own.docx", "试印/own.pdf"]
    told = json.loads(said.out)
    assert told["ok"] and set(files) < set(told["files"])
    (folder / "layout.toml").write_text("id = ", "utf-8")
    watch = Watch(tmp_path, "layouts", "preview", "own", "--json")
    try:
        told = json.loads(watch.line_with('"ok"'))
    finally:
        watch.stop()
    assert not told["ok"] and "layout.toml" in told["error"]


def test_what_word_cannot_print_is_a_point_of_the_check(home, perfgen):
    cells = "<td>{{ own.expense[0] | cell('项目') }}</td>" * 64
    own_folder(home, page=f"<table><tbody><tr>{cells}</tr></tbody></table>")
    assert any("63" in point["message"] for point in points(perfgen, 1))


def test_sections_and_named_rows_are_made_up_from_their_lists(home):
    sheets = """
[[sheets]]
name = "文字部分"
kind = "table"
record = "section"
[[sheets.columns]]
header = "章节"
role = "section.name"
kind = "choice"
choices = ["一、概况", "二、成效"]
required = true
[[sheets.columns]]
header = "正文"
role = "section.text"
kind = "long"
[[sheets]]
name = "资产"
kind = "table"
record = "asset"
[[sheets.columns]]
header = "种类"
role = "asset.name"
kind = "choice"
choices = ["房屋", "车辆"]
required = true
"""
    content = made_up_content(load_layout(own_folder(home, sheets=sheets)))
    assert [row["章节"] for row in content["文字部分"]] == ["一、概况", "二、成效"]
    assert {row["种类"] for row in content["资产"]} == {"房屋", "车辆"}


def test_made_up_values_fit_each_other(home):
    layout = load_layout(own_folder(home))
    rows = made_up_content(layout)["经费"]
    names = {row["项目"] for row in rows}
    assert all(row.get("上级") in (None, *names) for row in rows)
    assert "年初预算数（万元）" not in rows[0]  # a total, summed


def test_a_watch_hears_of_every_file_of_a_layout(tmp_path):
    stop, heard = Event(), []
    started = Event()

    def listen():
        saves = saves_in(tmp_path, stop)
        started.set()
        for _ in saves:
            heard.append(True)
            stop.set()

    thread = Thread(target=listen, daemon=True)
    thread.start()
    started.wait(60)
    for number in range(600):
        (tmp_path / "report.css").write_text(f"/* {number} */")
        if stop.wait(0.1):
            break
    thread.join(60)
    assert heard


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("layout.id", 2), ("rules.parents.甲", 6), ("sheets“表”", 8), ("sheets“表”“列”.kind", 13),
        ("sheets“表”“列”.print", 11), ("layout.none", 1), ("scoring.total", None),
    ],
)  # fmt: skip
def test_the_line_of_a_key(key, line):
    text = (
        '[layout]\nid = "x"\n\n[rules]\n[rules.parents]\n"甲" = "乙"\n\n'
        '[[sheets]]\nname = "表"\n\n[[sheets.columns]]\nheader = "列"\nkind = "text"\n'
    )
    assert line_of(text, key) == line
