"""Which program prints the PDF: the option comes first, then perfgen.toml, then the layout."""

import os
import shutil
import subprocess
import sys

import pytest

from perfgen.layouts import find_layout
from perfgen.layouts.find import templates_folder
from render.pdf_reading import page_texts, reader
from workbooks.make import good_workbook, put

SAMPLE = templates_folder().parent / "inputs" / "project-self-evaluation-2023.xlsx"
ONLY_WEASYPRINT = "\nh1 { columns: 2; }\n"


@pytest.fixture
def layout(tmp_path):
    """An office's own copy of the project form, beside the workbook."""
    folder = tmp_path / "layouts" / "office"
    shutil.copytree(find_layout("project-self-evaluation"), folder)
    declaration = folder / "layout.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(
        text.replace('id = "project-self-evaluation"', 'id = "office"'), encoding="utf-8"
    )
    return folder


@pytest.fixture
def build(perfgen, tmp_path):
    """Build the sample of the project form with the office's layout."""
    return lambda *options: perfgen("build", SAMPLE, "--layout", "office", *options)


@pytest.fixture
def printer(tmp_path):
    """What the PDF says it was printed by."""

    def read():
        (file,) = (tmp_path / "outputs").glob("*.pdf")
        return (reader(file.read_bytes()).metadata.producer or "").partition(" ")[0]

    return read


def declare(layout, printer):
    declaration = layout / "layout.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(
        text.replace("[layout]\n", f'[layout]\nprinter = "{printer}"\n', 1), encoding="utf-8"
    )


def set_printer(folder, printer):
    (folder / "perfgen.toml").write_text(f'printer = "{printer}"\n', encoding="utf-8")


# --- choosing ------------------------------------------------------------------------------------


def test_without_a_word_it_is_typst(build, layout, printer):
    assert build().code == 0
    assert printer() != "WeasyPrint"


def test_a_layout_may_choose(build, layout, printer):
    declare(layout, "weasyprint")

    assert build().code == 0
    assert printer() == "WeasyPrint"


def test_the_office_comes_before_the_layout(build, layout, printer, tmp_path):
    declare(layout, "weasyprint")
    set_printer(tmp_path, "typst")

    assert build().code == 0
    assert printer() != "WeasyPrint"


def test_the_option_comes_before_the_office(build, layout, printer, tmp_path):
    set_printer(tmp_path, "typst")

    assert build("--printer", "weasyprint").code == 0
    assert printer() == "WeasyPrint"


@pytest.mark.parametrize("command", [["build"], ["diff"], ["watch"]])
def test_an_unknown_program_is_named_with_the_known_ones(perfgen, command):
    said = perfgen(*command, SAMPLE, "--printer", "word")

    assert said.code == 2
    assert "选项 --printer 不对：只能是 typst、weasyprint 之一" in said.err


def test_an_unknown_program_in_the_settings_is_named(build, layout, tmp_path):
    set_printer(tmp_path, "word")

    said = build()

    assert said.code == 2
    assert "printer 只能是 typst、weasyprint 之一，现在是“word”" in said.err


def test_an_unknown_program_in_the_layout_is_named(build, layout):
    declare(layout, "word")

    said = build()

    assert said.code == 2
    assert "layout.printer 只能是 typst、weasyprint 之一，现在是“word”" in said.err


def test_another_printer_is_a_reason_to_build_again(build, layout, printer):
    build()

    assert "没有变化" in build().out
    assert "已生成" in build("--printer", "weasyprint").out
    assert printer() == "WeasyPrint"
    assert "没有变化" in build("--printer", "weasyprint").out


def test_the_comparison_and_the_review_sheet_are_printed_with_it_too(perfgen, saved, tmp_path):
    old = saved(good_workbook(), "旧.xlsx")
    new = saved(put(good_workbook(), "预算信息!D6", 500), "新.xlsx")

    diff = perfgen("diff", old, new, "--format", "pdf", "--printer", "weasyprint")
    gate = perfgen("build", old, "--disclose", "--printer", "weasyprint")

    assert (diff.code, gate.code) == (0, 0)
    files = list((tmp_path / "outputs").glob("*.pdf"))
    assert len(files) == 3
    for file in files:
        content = file.read_bytes()
        assert reader(content).metadata.producer.startswith("WeasyPrint")
        assert all(page_texts(content))


def test_what_is_attached_comes_back(build, layout, perfgen, tmp_path):
    build("--printer", "weasyprint")
    (file,) = (tmp_path / "outputs").glob("*.pdf")

    said = perfgen("extract", file)

    assert said.code == 0
    assert '"layout"' in said.out


# --- what is said --------------------------------------------------------------------------------


def test_its_limits_are_said(build, layout):
    said = build("--printer", "weasyprint")

    assert "注意 PDF 由 WeasyPrint 印：跨页的表在读屏软件里是每页一张" in said.err
    assert "没有标明" not in said.err


@pytest.mark.parametrize("format", ["docx,pdf", "docx"])
def test_css_that_other_printers_leave_out_is_a_notice_where_the_layout_chose(
    build, layout, format
):
    declare(layout, "weasyprint")
    style = layout / "report.css"
    style.write_text(style.read_text(encoding="utf-8") + ONLY_WEASYPRINT, encoding="utf-8")

    said = build("--format", format)

    assert said.code == 0
    assert "只有 WeasyPrint 照办，Word 等其他文件里没有：office/report.css 第" in said.err
    assert "columns" in said.err


def test_the_option_alone_makes_no_layout_less_strict(build, layout):
    style = layout / "report.css"
    style.write_text(style.read_text(encoding="utf-8") + ONLY_WEASYPRINT, encoding="utf-8")

    said = build("--printer", "weasyprint")

    assert said.code == 2
    assert "columns" in said.err
    assert 'printer = "weasyprint"' in said.err


# --- only when asked for -------------------------------------------------------------------------

RUN = "import sys; from perfgen.cli import run; code = run(sys.argv[1:]); "


def test_it_is_imported_only_when_asked_for(tmp_path):
    code = RUN + "sys.exit(code or 'weasyprint' in sys.modules)"

    run = subprocess.run(
        [sys.executable, "-c", code, "build", SAMPLE],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="LD_LIBRARY_PATH")
def test_a_machine_without_pango_is_given_the_one_command(tmp_path):
    (tmp_path / "libpango-1.0.so.0").touch()  # found first, and no library
    environment = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}

    run = subprocess.run(
        [sys.executable, "-c", RUN + "sys.exit(code)", "build", SAMPLE, "--printer", "weasyprint"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 2
    assert run.stdout == ""
    assert "这台机器没有 WeasyPrint 需要的系统库 Pango，不能用它印 PDF" in run.stderr
    if shutil.which("apt-get"):
        assert "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "outputs").exists()
