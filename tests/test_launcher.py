"""`./perfgen`: starts at once when all is there, sets up what is missing, says what it may not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
import venv
from pathlib import Path

import pytest

from patience import WAIT

PROJECT = Path(__file__).resolve().parent.parent
TOOLS = ["cat", "dirname", "env", "mkdir", "mv", "readlink", "rm", "rmdir", "sleep", "sort", "tail"]
TOOLS += ["touch", "tr", "uname"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="启动脚本用于 Linux 和 macOS")


class Copy:
    """A copy of the project's launcher in a folder of its own, on a machine that tests can set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "项目 一"
        self.folder.mkdir()
        for name in ("perfgen", "requirements.lock", "pyproject.toml"):
            shutil.copy(PROJECT / name, self.folder)
        self.venv = self.folder / ".venv"
        self.tools = folder / "bin"
        self.tools.mkdir()
        self.path = f"{self.tools}{os.pathsep}{os.environ['PATH']}"

    def tool(self, name: str, script: str) -> None:
        """Put a program before the machine's own of that name."""
        self._script(self.tools / name, script)

    def ready(self) -> None:
        """Have an environment whose Python says where it runs and with what."""
        self._script(self.venv / "bin" / "python", 'printf "%s\\n" "$PWD" "$@"')
        (self.venv / "ready").touch()

    def command(self, *args: str) -> dict[str, object]:
        """Return what starts the launcher, for subprocess: no index, so pip never finds a thing."""
        env = {**os.environ, "PATH": self.path, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
        env.pop("PIP_FIND_LINKS", None)
        return {"args": [self.folder / "perfgen", *args], "env": env, "text": True}

    def run(self, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(**self.command(*args), cwd=cwd, capture_output=True, check=False)

    @staticmethod
    def _script(path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


# --- starting ------------------------------------------------------------------------------------


def test_it_starts_perfgen_in_the_callers_folder_with_the_arguments_as_they_are(
    copy: Copy, tmp_path: Path
):
    copy.ready()

    run = copy.run("build", "我的 表.xlsx", "*", "", cwd=tmp_path)

    assert run.stdout.split("\n")[:-1] == [
        str(tmp_path), "-P", "-m", "perfgen", "build", "我的 表.xlsx", "*", "",
    ]  # fmt: skip
    assert run.stderr == ""


def test_it_may_be_called_through_links_and_by_its_bare_name(copy: Copy, tmp_path: Path):
    copy.ready()
    (tmp_path / "deep").mkdir()
    (tmp_path / "link").symlink_to(copy.folder / "perfgen")
    (tmp_path / "deep" / "link").symlink_to("../link")

    for call in (["deep/link"], ["./deep/../link"]):
        assert subprocess.run(call, cwd=tmp_path, capture_output=True, check=True).stderr == b""
    bare = subprocess.run(["sh", "perfgen"], cwd=copy.folder, capture_output=True, check=True)
    assert bare.stderr == b""


def test_a_ready_environment_starts_without_any_other_program(copy: Copy):
    copy.ready()
    copy.path = "/nonexistent"

    assert copy.run("--version").returncode == 0


def test_a_moved_project_still_runs(copy: Copy, tmp_path: Path):
    venv.create(copy.venv, symlinks=True)
    (site,) = copy.venv.glob("lib/python3*/site-packages")
    (site / "perfgen.pth").write_text("../../../../src\n", encoding="utf-8")
    (site / "packages.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    (copy.venv / "ready").touch()
    (copy.folder / "src").symlink_to(PROJECT / "src")
    copy.folder = copy.folder.rename(tmp_path / "搬了家")

    run = copy.run("--version", cwd=tmp_path)

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("perfgen ")


def test_setup_only_starts_nothing(copy: Copy):
    copy.ready()

    run = copy.run("--setup-only")

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


# --- setting up ----------------------------------------------------------------------------------


def test_a_failed_installation_shows_pips_words_and_what_to_do(copy: Copy):
    run = copy.run("--version")

    assert run.returncode == 2
    assert "建立虚拟环境" in run.stderr
    assert "No matching distribution found" in run.stderr
    assert run.stderr.endswith("Python 软件包安装失败，检查网络后再运行一次\n")
    assert not (copy.venv / "ready").exists()
    assert not (copy.folder / ".venv.lock").exists()


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_an_update_brings_the_environment_up_to_date(copy: Copy, changed: str):
    copy.ready()
    later = time.time() + 60
    os.utime(copy.folder / changed, (later, later))

    assert "准备运行环境" in copy.run("--version").stderr


def test_an_environment_whose_python_is_gone_is_made_again(copy: Copy):
    copy.ready()
    (copy.venv / "bin" / "python").unlink()
    (copy.venv / "bin" / "python").symlink_to("/nonexistent/python3")

    assert "建立虚拟环境" in copy.run("--version").stderr
    assert (copy.venv / "bin" / "python").exists()


def test_what_a_killed_setup_left_is_made_again(copy: Copy):
    copy.ready()
    (copy.venv / "ready").unlink()
    (copy.venv / "half").touch()
    assert "建立虚拟环境" not in copy.run("--version").stderr  # a whole one is kept
    assert (copy.venv / "half").exists()

    assert (copy.venv / "unfinished").exists()
    assert "建立虚拟环境" in copy.run("--version").stderr
    assert not (copy.venv / "half").exists()


def test_a_second_run_waits_for_the_first(copy: Copy):
    lock = copy.folder / ".venv.lock"
    lock.mkdir()
    (lock / "pid").write_text(f"{os.getpid()}\n", encoding="utf-8")

    second = subprocess.Popen(
        **copy.command("check"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert second.stderr
    assert "等另一个 perfgen" in second.stderr.readline()
    copy.ready()
    shutil.rmtree(lock)
    out, err = second.communicate(timeout=WAIT)

    assert (second.returncode, err) == (0, "")
    assert out.endswith("check\n")


def test_the_lock_of_a_killed_run_is_taken_away(copy: Copy):
    copy.ready()
    (copy.venv / "ready").unlink()
    gone = subprocess.Popen(["true"])
    gone.wait()
    lock = copy.folder / ".venv.lock"
    lock.mkdir()
    (lock / "pid").write_text(f"{gone.pid}\n", encoding="utf-8")

    run = copy.run("--version")

    assert "准备运行环境" in run.stderr
    assert not lock.exists()


# --- Python --------------------------------------------------------------------------------------


@pytest.fixture
def bare(copy: Copy) -> Copy:
    """On a Debian that has its own tools, and no Python."""
    for name in TOOLS:
        if found := shutil.which(name):
            (copy.tools / name).symlink_to(found)
    for name in ("uname", "apt-get"):
        (copy.tools / name).unlink(missing_ok=True)
    copy.tool("uname", "echo Linux")
    copy.tool("apt-get", "exit 1")
    copy.path = str(copy.tools)
    return copy


def advice(run: subprocess.CompletedProcess[str]) -> str:
    """The last line, once the line before it has said that there is a command to run."""
    *_, before, command = run.stderr.splitlines()
    assert run.returncode == 2
    assert before.endswith("缺少 Python 3.11 以上（带 venv）。请运行下面这条命令，再运行 perfgen：")
    return command.strip()


def test_a_machine_without_python_is_given_the_one_command(bare: Copy):
    run = bare.run("--version")

    assert advice(run) == "sudo apt-get install -y python3 python3-venv"
    assert not bare.venv.exists()
    assert not (bare.folder / ".venv.lock").exists()


def test_a_python_without_venv_is_given_the_package_of_its_version(bare: Copy):
    bare.tool("python3", f'case $2 in *venv*) exit 1 ;; *) exec {sys.executable} "$@" ;; esac')

    run = bare.run("--version")

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert advice(run) == f"sudo apt-get install -y python{version}-venv"


def test_a_mac_is_told_to_ask_homebrew(bare: Copy):
    bare.tool("uname", "echo Darwin")

    assert advice(bare.run("--version")) == "brew install python"


def test_nothing_is_installed_outside_the_folder(bare: Copy, tmp_path: Path):
    bare.tool("python3", f'exec {sys.executable} "$@"')
    for name in ("sudo", "apt-get", "brew"):
        bare.tool(name, f'echo "{name} $@" >>"{tmp_path / "calls"}"')

    run = bare.run("--version")

    assert "建立虚拟环境" in run.stderr
    assert not (tmp_path / "calls").exists()


# --- what is handed over --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_every_package_by_hash_and_hold_no_address(name: str):
    text = (PROJECT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+( ; .+)? \\", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_files_hold_what_the_project_declares():
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = _names("\n".join(declared["project"]["dependencies"]))
    development = _names("\n".join(declared["dependency-groups"]["dev"]))
    locked = _names((PROJECT / "requirements.lock").read_text(encoding="utf-8"))
    locked_dev = _names((PROJECT / "requirements-dev.lock").read_text(encoding="utf-8"))

    assert runtime <= locked
    assert locked | development <= locked_dev


def test_no_source_file_is_kept_out_of_git():
    files = [path for folder in ("src", "templates", "tests") for path in _files(PROJECT / folder)]

    git = ["git", "-C", str(PROJECT), "check-ignore", "--no-index", "--stdin"]
    run = subprocess.run(git, input="\n".join(files), capture_output=True, text=True, check=False)

    if run.returncode not in (0, 1):
        pytest.skip(f"不是 git 工作区：{run.stderr.strip()}")
    assert run.stdout.split() == []


def _files(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in paths if "__pycache__" not in path.parts]


def _names(requirements: str) -> set[str]:
    return {name.lower() for name in re.findall(r"^[A-Za-z][\w.-]*", requirements, re.MULTILINE)}
