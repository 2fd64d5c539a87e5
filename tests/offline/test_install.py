"""install.py and start.py of the offline package: what they refuse, and what a drag does."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import install
import pytest
import start

from workbooks.make import good_workbook, put

HERE = install.machine_name()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A package that is for this very machine and Python, unpacked."""
    monkeypatch.setattr(install, "HOME", tmp_path)
    monkeypatch.setattr(install, "ENVIRONMENT", tmp_path / ".venv")
    declare(tmp_path)
    return tmp_path


def declare(home, platforms=(HERE,), pythons=("3.11", "3.12", "3.13", "3.14")):
    (home / "setup").mkdir(exist_ok=True)
    data = {"platforms": dict.fromkeys(platforms, "某种机器"), "pythons": list(pythons)}
    (home / "setup" / "contents.json").write_text(json.dumps(data), encoding="utf-8")


def refusal():
    with pytest.raises(install.Refused) as refused:
        install.check_machine()
    return str(refused.value)


def test_the_right_machine_is_not_refused(home):
    install.check_machine()


def test_a_machine_that_it_is_not_for_is_told_what_it_is_for(home):
    declare(home, platforms=("windows-x86_64x",))
    assert "适用于 某种机器" in refusal()
    assert install.machine_name() in refusal()


def test_a_python_that_it_has_no_packages_for_is_named(home):
    declare(home, pythons=("3.5",))
    assert f"这里是 3.{sys.version_info.minor}" in refusal()


@pytest.mark.parametrize(
    ("machine", "says"),
    [("linux-loongarch64", "龙芯"), ("musl-x86_64", "适合这种机器"), ("windows-arm64", "x86-64"),
     ("windows-x86", "64 位"), ("macos-arm64", "适合这种机器")],
)  # fmt: skip
def test_each_other_machine_gets_its_advice(machine, says):
    assert says in install.advice_for(machine)


def test_an_old_glibc_is_named(home, monkeypatch):
    monkeypatch.setattr(install.platform, "libc_ver", lambda: ("glibc", "2.17"))
    assert "2.17" in refusal()


def test_on_windows_a_long_path_of_the_folder_is_refused(home, monkeypatch):
    declare(home, platforms=("windows-x86_64",))
    monkeypatch.setattr(install, "WINDOWS", True)
    monkeypatch.setattr(install, "HOME", home / ("长" * 60) / ("长" * 60))
    shutil.copytree(home / "setup", install.HOME / "setup")
    monkeypatch.setattr(install.sysconfig, "get_platform", lambda: "win-amd64")
    assert "路径太长" in refusal()


def test_the_launcher_for_windows_is_ascii_with_its_line_ends(home, monkeypatch):
    monkeypatch.setattr(install, "WINDOWS", True)
    content = install.write_launcher().read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") > 0
    assert b'-P "%~dp0setup\\start.py" %*' in content


def test_an_environment_is_made_without_the_machines_pip(home, monkeypatch):
    install.make_environment()
    python = install.ENVIRONMENT / install.PYTHON.relative_to(install.PYTHON.parents[1])
    monkeypatch.setattr(install, "PYTHON", python)
    assert install.run("-c", "import sys; print(sys.prefix)").stdout.strip() == str(home / ".venv")
    assert install.run("-m", "pip").returncode != 0


# --- what perfgen.bat starts ----------------------------------------------------------------------


def test_workbooks_that_are_dragged_are_built_beside_themselves(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    dragged = []
    for number, folder in enumerate(("甲", "乙 室")):
        (tmp_path / folder).mkdir()
        workbook = put(good_workbook(), "预算信息!D6", number)
        workbook.save(tmp_path / folder / "自评.xlsx")
        dragged.append(f"{folder}/自评.xlsx")

    assert start.main(dragged) == 0

    assert (tmp_path / "甲/outputs/自评.pdf").is_file()
    assert (tmp_path / "乙 室/outputs/自评.docx").is_file()
    assert capsys.readouterr().out.count("✓ 已生成") == 2


def test_anything_else_is_a_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert start.main(["--version"]) == 0
    assert start.main(["build", "没有.xlsx"]) == 2
    assert "找不到工作簿" in capsys.readouterr().err


def test_a_double_click_opens_the_page_and_says_how_else_to_go_on(tmp_path):
    script = f"import sys; sys.path.insert(0, {str(Path(start.__file__).parent)!r}); import start; "
    script += "sys.exit(start.main([]))"
    env = os.environ | {"XDG_DATA_HOME": str(tmp_path), "BROWSER": "true"}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=env, cwd=tmp_path, text=True,
        encoding="utf-8",
    ) as started:  # fmt: skip
        said = "".join(itertools.takewhile(lambda line: "http" not in line, started.stdout))
        started.terminate()
    assert "拖到 perfgen.bat" in said


def test_a_file_that_is_not_there_is_not_dragged(tmp_path):
    (tmp_path / "自评.XLSX").touch()
    assert start.are_workbooks([str(tmp_path / "自评.XLSX")])
    assert not start.are_workbooks([str(tmp_path / "没有.xlsx")])
    assert not start.are_workbooks(["check", str(tmp_path / "自评.XLSX")])


def test_the_folder_of_the_installer_is_the_packages():
    assert (Path(install.__file__).parent.parent / "安装.bat").is_file()
