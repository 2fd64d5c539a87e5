"""Installs perfgen into this folder, from what lies in it: no network, no administrator.

Run by 安装.bat or install.sh with the Python that they found. Uses the standard library alone.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
ENVIRONMENT = HOME / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")
LONGEST_ON_WINDOWS = 259
LONGEST_INSIDE = 150
"""The longest path of a file below this folder once all is installed, with some room."""
OLDEST_GLIBC = (2, 28)

LAUNCHER_FOR_WINDOWS = """\
@echo off
rem Drag workbooks onto this file to build them, or call it with a command: perfgen check ...
setlocal
set "PYTHONUTF8=1"
set "PERFGEN_COMMAND=perfgen"
if not exist "%~dp0.venv\\Scripts\\python.exe" (
    echo perfgen: not installed yet. Please run the other .bat file in this folder first.
    pause
    exit /b 2
)
"%~dp0.venv\\Scripts\\python.exe" -P "%~dp0setup\\start.py" %*
exit /b %ERRORLEVEL%
"""
LAUNCHER = """\
#!/bin/sh
PERFGEN_COMMAND=$0
export PERFGEN_COMMAND
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/.venv/bin/python" -P -m perfgen "$@"
"""


class Refused(Exception):
    """What is in the way, in Chinese, and what to do about it."""


def main() -> int:
    """Install, step by step; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        check_machine()
        say(f"建立运行环境（Python {platform.python_version()}，{ENVIRONMENT}）")
        make_environment()
        say("安装软件包（不用网络，约一分钟）")
        install_packages()
        say("放好字体并转换（约一分钟）")
        install_fonts()
        launcher = write_launcher()
        examine()
    except Refused as error:
        say(f"没有装好。{error}")
        return 2
    say("安装完成")
    print(usage(launcher))
    return 0


def say(text: str) -> None:
    """Print one step."""
    print(f"perfgen：{text}", flush=True)


def check_machine() -> None:
    """Refuse a machine, a Python or a folder that this package is not for."""
    declared = json.loads((HOME / "setup" / "contents.json").read_text(encoding="utf-8"))
    here = machine_name()
    if here not in declared["platforms"]:
        kinds = "、".join(declared["platforms"].values())
        raise Refused(f"这个安装包适用于 {kinds}，这台机器是 {here}。{advice_for(here)}")
    version = ".".join(map(str, sys.version_info[:2]))
    if version not in declared["pythons"]:
        raise Refused(f"需要 Python {'、'.join(declared['pythons'])}，这里是 {version}。")
    if too_old := old_glibc():
        raise Refused(
            f"系统的 glibc 是 {too_old}，需要 2.28 以上（Debian 10、麒麟 V10、UOS 20 起）。"
        )
    if WINDOWS and len(str(HOME)) + LONGEST_INSIDE > LONGEST_ON_WINDOWS:
        most = LONGEST_ON_WINDOWS - LONGEST_INSIDE
        raise Refused(
            f"文件夹的路径太长（{len(str(HOME))} 个字符，最多 {most} 个）：{HOME}\n"
            "请把整个文件夹移到短一些的位置，例如 D:\\perfgen，再安装一次。"
        )
    if not os.access(HOME, os.W_OK):
        raise Refused(f"不能写入 {HOME}。请把整个文件夹拷到自己的文件夹里，再安装一次。")


def machine_name() -> str:
    """Return this machine's name as the package calls it: windows-x86_64, linux-aarch64 …"""
    if WINDOWS:  # by the Python, not by the machine: on ARM a Python for x86-64 is right
        kinds = {"win-amd64": "x86_64", "win-arm64": "arm64", "win32": "x86"}
        return f"windows-{kinds.get(sysconfig.get_platform(), platform.machine())}"
    if sys.platform == "darwin":
        return f"macos-{platform.machine()}"
    musl = "musl" in (sysconfig.get_config_var("SOABI") or "")
    return f"{'musl' if musl else 'linux'}-{platform.machine()}"


def advice_for(machine: str) -> str:
    """Return what to do on a machine that no package is for."""
    if machine == "windows-arm64":
        return "Windows ARM 上请改装 x86-64 的 Python（Windows installer (64-bit)）。"
    if machine == "windows-x86":
        return "请改装 64 位的 Python（Windows installer (64-bit)）。"
    if "loongarch" in machine:
        return "龙芯没有现成的软件包，请在别的机器上生成报告。"
    return "请用适合这种机器的安装包。"


def old_glibc() -> str:
    """Return the version of a glibc that is too old for the packages, else nothing."""
    name, version = platform.libc_ver()
    parts = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return version if name == "glibc" and parts and parts < OLDEST_GLIBC else ""


def make_environment() -> None:
    """Make the folder-local environment anew; pip comes as a wheel, so ensurepip is not missed."""
    try:
        venv.EnvBuilder(clear=True, with_pip=False, symlinks=not WINDOWS).create(ENVIRONMENT)
    except OSError as error:
        raise Refused(
            f"不能建立 {ENVIRONMENT}（{error.strerror or error}）。"
            "关闭正在运行的 perfgen，检查权限和磁盘空间，再安装一次。"
        ) from error


def install_packages() -> None:
    """Install perfgen and all that it needs from the folder of wheels."""
    (pip,) = (HOME / "wheels").glob("pip-*.whl")
    done = run(
        f"{pip}/pip", "install", "--no-index", "--find-links", str(HOME / "wheels"),
        "--no-cache-dir", "--disable-pip-version-check", "--no-warn-script-location",
        "--quiet", "--no-input", "perfgen[web]",
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"软件包没有装上：\n{done.stdout}")


def install_fonts() -> None:
    """Put the free fonts into the user's folder, and make them ready; a build works without."""
    done = run("-P", "-m", "perfgen", "fonts", "--install", "--from", str(HOME / "fonts"))
    if done.returncode:
        print(done.stdout)
        say("字体没有放好；没有也能用，PDF 暂以自带的字体代替，Word 文件不受影响")


def write_launcher() -> Path:
    """Write what starts perfgen; return it."""
    path = HOME / ("perfgen.bat" if WINDOWS else "perfgen")
    text = LAUNCHER_FOR_WINDOWS.replace("\n", "\r\n") if WINDOWS else LAUNCHER
    try:
        path.write_bytes(text.encode("ascii"))
        path.chmod(0o755)
    except OSError as error:
        raise Refused(f"不能写 {path}（{error.strerror or error}）。") from error
    return path


def examine() -> None:
    """Let perfgen look at the machine; what is in the way of a build is shown."""
    done = run("-P", "-m", "perfgen", "doctor")
    if done.returncode:
        print(done.stdout)


def usage(launcher: Path) -> str:
    """Return how to go on."""
    if WINDOWS:
        return (
            f"\n把填好的工作簿拖到 {launcher.name} 图标上，"
            "报告生成在工作簿旁边的 outputs 文件夹。\n"
            "samples 文件夹里有填好的样例，可以先拖一个试试。\n"
        )
    return f"\n生成报告：{launcher} build 工作簿.xlsx\n样例在 {HOME / 'samples'}\n"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the environment's Python; settings of the machine's own Python and pip stay out."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))
    }
    settings = {"PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    launcher = "perfgen" if WINDOWS else str(HOME / "perfgen")
    return subprocess.run(
        [str(PYTHON), *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env={**kept, **settings, "PERFGEN_COMMAND": launcher},
    )


if __name__ == "__main__":
    sys.exit(main())
