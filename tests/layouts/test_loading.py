"""layout.toml: a good declaration is loaded; each kind of mistake names its file, key and cure."""

import shutil
from decimal import Decimal

import pytest

from perfgen.errors import LayoutError
from perfgen.layouts import available_layouts, load_layout, templates_folder

GOOD = """
[layout]
id = "small"
title = "小报告"
document = "小报告"
schema = 1
template = "report.html.j2"
styles = ["report.css"]

[rules]
rate_decimals = 2
category_order = ["决策", "过程"]
[rules.parents]
"项目明细" = "项目支出"
[rules.adjustment_signs]
"追加" = 1
"追减" = -1
[rules.directions]
"预算执行率" = "正向"

[[sheets]]
name = "填报说明"
kind = "guide"

[[sheets]]
name = "基本信息"
kind = "form"
record = "report"
[[sheets.columns]]
header = "单位"
role = "report.unit"
required = true
[[sheets.columns]]
header = "年度"
role = "report.year"
kind = "year"
required = true
[[sheets.columns]]
header = "金额单位"
role = "report.amount_unit"
kind = "choice"
choices = ["万元", "元"]
default = "万元"

[[sheets]]
name = "预算信息"
kind = "table"
record = "budget"
[[sheets.columns]]
header = "预算项目"
role = "budget.name"
required = true
[[sheets.columns]]
header = "类别"
role = "budget.kind"
kind = "choice"
choices = ["项目支出", "项目明细"]
[[sheets.columns]]
header = "年初预算数"
role = "budget.initial"
kind = "amount"

[[sheets]]
name = "预算调整"
kind = "table"
record = "adjustment"
required = false
[[sheets.columns]]
header = "项目"
role = "adjustment.line"
required = true
[[sheets.columns]]
header = "类型"
role = "adjustment.type"
kind = "choice"
required = true
choices = ["追加", "追减"]
[[sheets.columns]]
header = "金额"
role = "adjustment.amount"
kind = "amount"
required = true

[[sheets]]
name = "评分"
kind = "table"
record = "mark"
[[sheets.columns]]
header = "评分项"
role = "mark.name"
"""


@pytest.fixture
def folder(tmp_path):
    """A layout folder of one's own, with everything right in it."""
    home = tmp_path / "small"
    home.mkdir()
    (home / "layout.toml").write_text(GOOD, encoding="utf-8")
    (home / "report.html.j2").write_text("<html/>", encoding="utf-8")
    (home / "report.css").write_text("", encoding="utf-8")
    return home


@pytest.fixture
def mistake(folder):
    """What perfgen says when a piece of the declaration is replaced by another."""

    def make(piece, other):
        assert GOOD.count(piece), piece
        changed = GOOD.replace(piece, other, 1)
        (folder / "layout.toml").write_text(changed, encoding="utf-8")
        with pytest.raises(LayoutError) as refused:
            load_layout(folder)
        return f"{refused.value.message} {refused.value.hint or ''}"

    return make


def test_a_small_declaration_is_loaded(folder):
    layout = load_layout(folder)
    assert [sheet.name for sheet in layout.sheets][:3] == ["填报说明", "基本信息", "预算信息"]
    assert layout.sheet_of("budget").column("initial").kind == "amount"
    assert layout.rules.adjustment_signs == {"追加": 1, "追减": -1}
    assert layout.ready_rows(2023) == {}


def test_the_mark_that_notepad_puts_in_front_of_a_file_is_no_fault(folder):
    (folder / "layout.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load_layout(folder).id == "small"


def test_a_layout_without_a_sheet_to_fill_is_none(folder):
    (folder / "layout.toml").write_text(GOOD[: GOOD.index("[[sheets]]")], encoding="utf-8")
    with pytest.raises(LayoutError, match="没有要填的工作表：至少要有一张"):
        load_layout(folder)


@pytest.mark.parametrize("name", available_layouts())
def test_every_layout_that_perfgen_brings_is_sound(name):
    layout = load_layout(templates_folder() / name)
    assert layout.id == name
    assert layout.title


@pytest.mark.parametrize(
    ("piece", "other", "says"),
    [
        # keys
        ('title = "小报告"\n', "", ["layout.title 没有写"]),
        ("schema = 1", 'schema = "1"', ["layout.schema 应当是整数", "现在是 “1”"]),
        ("schema = 1", "schema = true", ["layout.schema 应当是整数"]),
        ("schema = 1", "schema = 1\ntitel = 'x'", ["layout.titel 不认识这一项", "是不是 title？"]),
        ("rate_decimals = 2", "rate_digits = 2", ["rules.rate_digits 不认识", "rate_decimals"]),
        ("rate_decimals = 2", "rate_decimals = 9", ["rules.rate_decimals 只能是 0 到 6"]),
        ("rate_decimals = 2", "deviation_decimals = -1", ["rules.deviation_decimals 只能是"]),
        ("rate_decimals = 2", 'amount_unit = "千元"', ["rules.amount_unit 只能是 万元、元、亿元"]),
        ("rate_decimals = 2", 'deviation = "own"', ["rules.deviation 只能是 relative、difference"]),
        ("rate_decimals = 2", 'blank_actual = "0"', ["rules.blank_actual 只能是 blank、zero"]),
        ('["决策", "过程"]', '["决策", 2]', ["rules.category_order 应当是文字的列表", "2"]),
        ('["决策", "过程"]', '"决策"', ["rules.category_order 应当是列表"]),
        ('"追减" = -1', '"追减" = 2', ["rules.adjustment_signs.追减 只能是 1 或 -1"]),
        ('"追减" = -1\n', "", ["rules.adjustment_signs", "没有写“追减”"]),
        ("rate_decimals = 2", 'balanced_types = ["调剂"]',
         ["rules.balanced_types “调剂”不在调整类型的清单里：追加、追减"]),
        ("rate_decimals = 2", 'balanced_types = ["追减"]',
         ["rules.adjustment_signs.追减 应当写 1", "金额自己带正负号"]),
        ("rate_decimals = 2", 'balanced_types = ["追加"]',
         ["rules.balanced_types 按文号核对", "“预算调整”应当有 role 为 adjustment.document 的列"]),
        ('= "正向"', '= "向上"', ["rules.directions.预算执行率 只能是 正向、反向、适中"]),
        ('"项目明细" = "项目支出"', '"项目明细" = "项目"', ["rules.parents.项目 不在类别的清单里"]),
        ('"项目明细" = "项目支出"', '"甲" = "乙"\n"乙" = "甲"', ["rules.parents", "绕成了圈"]),
        ('"项目明细" = "项目支出"', '"项目明细" = 1', ["rules.parents.项目明细 应当是文字"]),
        # sheets and columns
        ('kind = "form"', 'kind = "from"', ["sheets“基本信息”.kind 只能是", "form", "from"]),
        ('kind = "form"', 'kind = "table"', ["sheets“基本信息”", "record 应当是 report"]),
        ('record = "budget"\n', "", ["sheets“预算信息”.record 没有写", "例如 budget"]),
        ('kind = "amount"', 'kind = "money"', ["“预算信息”“年初预算数”.kind 只能是", "amount"]),
        ('header = "类别"', 'headr = "类别"', ["header 没有写", "是不是写成了 headr？"]),
        ('record = "budget"', 'record = "budgets"', ["是“budgets”，是不是 budget？"]),
        ('kind = "amount"\n', "", ["“预算信息”“年初预算数”", "kind 是 text", "只能是 amount"]),
        ('role = "budget.initial"', 'role = "budget.first"',
         ["“年初预算数” 不认识 role budget.first", "budget.initial"]),
        ('role = "budget.initial"', 'role = "task.name"', ["应当以 budget. 开头"]),
        ('role = "budget.kind"', 'role = "budget.name"', ["有两列的 role 都是 budget.name"]),
        ('choices = ["项目支出", "项目明细"]', "", ["“类别”.choices 没有写", "列出清单"]),
        ('default = "万元"', 'default = "千元"', ["“金额单位” 的 default“千元”不在 choices 里"]),
        ('header = "类别"', 'header = "年初预算数（万元）"', ["出现了不止一次"]),
        ('name = "预算信息"', 'name = "基本 信息"', ["“基本 信息”出现了不止一次"]),
        ('record = "mark"', 'record = "budget"', ["应当以 budget. 开头"]),
        ('role = "budget.name"\nrequired = true', 'role = "budget.name"', ["required = true"]),
        ('header = "预算项目"\nrole = "budget.name"', 'header = "预算项目"\nrole = "budget.extra"',
         ["“预算信息”", "缺少 role 为 budget.name 的列"]),
        ('role = "adjustment.amount"\nkind = "amount"', 'role = "adjustment.note"',
         ["缺少 role 为 adjustment.amount 的列"]),
        ("required = false", 'required = "no"', ["sheets“预算调整”.required 应当是true 或 false"]),
        ("[[sheets]]", "[sheets]", ["TOML"]),
        ('choices = ["项目支出", "项目明细"]',
         'choices = ["项目支出", "项目明细"]\nprint = { unit = "万元" }',
         ["“类别”.print.unit 只用于金额和数的列"]),
        # what Excel and a fill-in workbook hold
        ('name = "预算信息"', 'name = "预算/信息"', [".name 里有 /", "工作表名称里不能有"]),
        ('name = "预算信息"', "name = \"'预算信息\"", [".name 里有 '"]),
        ('name = "预算信息"', f'name = "{"预" * 32}"', [".name 应当有 1 到 31 个字"]),
        ('name = "预算信息"', 'name = " "', [".name 应当有 1 到 31 个字"]),
        ('name = "预算信息"', 'name = "History"', ["不能用“History”"]),
        ('header = "类别"', 'header = ""', ["header 应当有 1 到 255 个字"]),
        ('header = "类别"', f'header = "{"类" * 256}"', ["header 应当有 1 到 255 个字"]),
        ('choices = ["项目支出", "项目明细"]', 'choices = ["项目支出", ""]', ["每一项应当有 1 到"]),
        ('choices = ["项目支出", "项目明细"]',
         f'choices = [{",".join(f"{n!r}" for n in map(str, range(6000)))}]', ["有 6000 项"]),
        ('header = "类别"', 'header = "类别"\nwidth = 0', ["“类别”.width 只能是 1 到 255"]),
        ("required = false", "required = false\nspare_rows = 1000000",
         [".spare_rows 只能是 0 到 2000，现在是 1000000"]),
        ('title = "小报告"', f'title = "{"长" * 10_001}"', ["layout.title 有 10001 个字"]),
        ("schema = 1", f"schema = 0x{'f' * 6000}", ["layout.schema 这个数太大"]),
        ("schema = 1", f'schema = "{"9" * 5000}"', ["应当是整数，现在是 “999", "…"]),
        ("schema = 1", "schema = 2024-01-01", ["应当是整数，现在是 2024-01-01"]),
        ("schema = 1", "schema = [1]", ["应当是整数，现在是 列表"]),
        ("rate_decimals = 2", "rate_decimals = inf", ["应当是整数，现在是 Infinity"]),
        ("[[sheets]]", "[scoring.weights]\n\"甲\" = -5\n\n[[sheets]]",
         ["scoring.weights.甲 不能是负数，现在是 -5"]),
        # files
        ('id = "small"', 'id = "large"', ["layout.id 是“large”", "文件夹名“small”"]),
        ('"report.html.j2"', '"page.html.j2"', ["提到的文件不存在：page.html.j2"]),
        ('["report.css"]', '["look.css"]', ["提到的文件不存在：look.css"]),
        ("[layout]", "[layout", ["不是合格的 TOML", "缺少 ]"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_its_key_and_what_is_allowed(mistake, piece, other, says):
    said = mistake(piece, other)
    assert "small/layout.toml" in said
    for words in says:
        assert words in said


def test_a_style_sheet_whose_links_go_in_a_circle_is_told(folder):
    (folder / "report.css").unlink()
    (folder / "report.css").symlink_to("other.css")
    (folder / "other.css").symlink_to("report.css")
    with pytest.raises(LayoutError, match=r"small 里的 report\.css 打不开"):
        load_layout(folder)


def test_two_sheets_of_one_record_are_refused(mistake):
    said = mistake('record = "mark"\n[[sheets.columns]]\nheader = "评分项"\nrole = "mark.name"',
                   'record = "adjustment"\n')  # fmt: skip
    assert "有两张表的 record 都是 adjustment" in said


def test_a_folder_without_a_declaration_is_told(tmp_path):
    with pytest.raises(LayoutError, match=r"没有 layout\.toml") as refused:
        load_layout(tmp_path)
    assert "复制一份" in refused.value.hint


def test_a_declaration_in_another_encoding_is_told(folder):
    (folder / "layout.toml").write_bytes(GOOD.encode("gbk"))
    with pytest.raises(LayoutError, match="第 4 行不是 UTF-8 编码"):
        load_layout(folder)


def test_a_folder_in_the_place_of_the_declaration_is_told(folder):
    (folder / "layout.toml").unlink()
    (folder / "layout.toml").mkdir()
    with pytest.raises(LayoutError, match=r"small 里的 layout\.toml 不是普通文件"):
        load_layout(folder)


# --- rows fixed for a city and a year ------------------------------------------------------------


@pytest.fixture
def ready(folder):
    """Write a file of ready rows."""

    def write(name, text):
        (folder / "ready").mkdir(exist_ok=True)
        (folder / "ready" / name).write_text(text, encoding="utf-8")
        return folder

    return write


def test_ready_rows_are_those_of_the_latest_year_so_far(ready):
    for year in (2022, 2024):
        ready(f"{year}.toml", f'[["预算信息"]]\n"预算项目" = "{year}"')
    layout = load_layout(ready("2023.toml", '[["预算信息"]]\n"预算项目" = "2023"'))
    chosen = {
        year: layout.ready_rows(year)["预算信息"][0]["预算项目"]
        for year in (2020, 2022, 2023, 2030, None)
    }
    assert chosen == {2020: "2022", 2022: "2022", 2023: "2023", 2030: "2024", None: "2024"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("去年.toml", "", "应当以年度命名"),
        ("²²²².toml", "", "应当以年度命名"),
        ("2023.toml", '[["预算"]]\n"预算项目" = "甲"', "没有名为“预算”的工作表"),
        ("2023.toml", '[["预算信息"]]\n"项目" = "甲"', "“预算信息”没有“项目”这一列"),
        ("2023.toml", '"预算信息" = "甲"', "应当是若干行"),
        ("2023.toml", '"预算信息" = ["甲"]', "应当是若干行"),
        ("2023.toml", "[[", "不是合格的 TOML"),
    ],
)
def test_a_mistake_in_ready_rows_is_told_with_its_file(ready, name, text, says):
    folder = ready(name, text)
    with pytest.raises(LayoutError) as refused:
        load_layout(folder)
    assert says in refused.value.message
    assert name in refused.value.message


# --- where layouts are looked for ----------------------------------------------------------------


def test_a_folder_of_layouts_adds_to_those_that_perfgen_brings(folder):
    assert {"small", "suzhou-self-evaluation"} <= available_layouts([folder.parent]).keys()


def test_a_layout_folder_itself_may_be_named(folder):
    assert available_layouts([folder])["small"] == folder


def test_ones_own_layout_goes_before_that_of_the_same_name(tmp_path):
    own = tmp_path / "suzhou-self-evaluation"
    shutil.copytree(templates_folder() / own.name, own)
    assert available_layouts([tmp_path])[own.name] == own


def test_the_first_folder_named_wins(folder, tmp_path):
    other = tmp_path / "other" / "small"
    shutil.copytree(folder, other)
    assert available_layouts([folder.parent, other.parent])["small"] == folder
    assert available_layouts([other.parent, folder.parent])["small"] == other


# --- scoring, carrying, qualified roles ----------------------------------------------------------

SCORING = """
[scoring]
total = 100
rate_full = 10
[scoring.rules]
"按比率" = "ratio"
"分档" = "bands"
[[scoring.bands]]
from = "80%"
share = 0.6
[[scoring.bands]]
from = "95%"
share = 1
[scoring.over_completion]
above = "150%"
loses = "50%"
[[scoring.grades]]
name = "良"
from = 80
[[scoring.grades]]
name = "优"
from = 90.5
[[scoring.attainments]]
name = "部分达成"
from = "60%"
to = "80%"
"""


def test_scoring_is_read_as_exact_numbers_the_highest_first(folder):
    (folder / "layout.toml").write_text(GOOD + SCORING, encoding="utf-8")
    scoring = load_layout(folder).rules.scoring
    assert [str(band.start) for band in scoring.bands] == ["0.95", "0.8"]
    assert [(grade.name, str(grade.start)) for grade in scoring.grades] == [
        ("优", "90.5"),
        ("良", "80"),
    ]
    assert (scoring.over_above, scoring.over_loses) == (Decimal("1.5"), Decimal("0.5"))


@pytest.mark.parametrize(
    ("piece", "other", "says"),
    [
        (
            '"按比率" = "ratio"',
            '"按比率" = "rato"',
            ("scoring.rules.按比率", "ratio、all_or_nothing"),
        ),
        ("total = 100", 'total = "一百"', ("scoring.total", "应当是数字")),
        ('above = "150%"', 'abov = "150%"', ("scoring.over_completion", "above")),
        ("share = 0.6", "shares = 0.6", ("scoring.bands[1].shares", "是不是 share？")),
        ('from = "60%"', 'from = "90%"', ("scoring.attainments[1].from", "不能大于 to")),
        ("total = 100", "totl = 100", ("scoring.totl", "是不是 total？")),
        ("total = 100", "total = 100\ndecimals = 7", ("scoring.decimals", "0 到 6，现在是 7")),
        ("share = 0.6", 'share = 0.6\nabove = "70%"', (".above 和 from 只写一个",)),
        ('"按比率" = "ratio"', '"按比率" = 5', ("rules.按比率", "应当是文字或表，现在是 5")),
        (
            "[[scoring.attainments]]",
            '[[scoring.caps]]\nrate_below = "80%"\nby_rate = true\nmost = 60\n'
            "[[scoring.attainments]]",
            (".most 和 by_rate 只写一个",),
        ),
    ],
)
def test_mistakes_in_scoring_name_their_key(folder, piece, other, says):
    assert SCORING.count(piece) == 1
    changed = GOOD + SCORING.replace(piece, other)
    (folder / "layout.toml").write_text(changed, encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        load_layout(folder)
    for words in says:
        assert words in refused.value.message


@pytest.mark.parametrize("path", ["report.own.rate", "expense.三公.rate", "budget.甲.nothing"])
def test_a_rule_takes_its_value_from_a_place_that_is_there(folder, path):
    text = GOOD + f'[scoring.rules]\n"甲" = {{ rule = "ratio", takes = "{path}" }}\n'
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        load_layout(folder)
    assert "scoring.rules.甲.takes" in refused.value.message
    assert f"“{path}”找不到" in refused.value.message


def test_bands_that_a_rule_needs_must_be_there(folder):
    text = GOOD + '[scoring.rules]\n"分档" = "bands"\n'
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"scoring\.bands 没有写"):
        load_layout(folder)


@pytest.mark.parametrize(
    ("carry", "says"),
    [
        ('[[carry.first]]\nrecord = "task"\nfields = { name = "甲" }', "“task”没有对应的工作表"),
        ('[[carry.first]]\nrecord = "budget"\nfields = { duty = "甲" }', "budget.duty 的列"),
        ('[carry]\nkeeps_ready = ["section"]', "“section”没有对应的工作表"),
        ('[carry]\nfrm = ["x"]', "是不是 from？"),
    ],
)
def test_carrying_fills_only_what_the_layout_has(folder, carry, says):
    (folder / "layout.toml").write_text(f"{GOOD}\n{carry}\n", encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        load_layout(folder)
    assert says in refused.value.message


def test_only_some_roles_take_a_further_part(mistake):
    said = mistake('role = "budget.initial"', 'role = "budget.initial.fiscal"')
    assert "多了“.fiscal”，应当写作 budget.initial" in said


def test_shared_style_sheets_are_perfgens_own_where_the_folder_has_none(folder):
    text = GOOD.replace('styles = ["report.css"]', 'styles = ["../_shared/gongwen.css"]')
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    assert load_layout(folder).styles == (templates_folder() / "_shared" / "gongwen.css",)
