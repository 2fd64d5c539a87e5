"""The libraries of the system that WeasyPrint needs (系统库), and how each system installs them."""

from __future__ import annotations

import importlib
import shutil
import sys
from contextlib import redirect_stdout
from io import StringIO
from threading import Lock

from perfgen.errors import PerfgenError

APT = "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BREW = "brew install pango"
MSYS2 = r"C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"
OTHERS = {"dnf": "sudo dnf install -y pango", "zypper": "sudo zypper install -y pango"}


class MissingLibraries(PerfgenError):
    """Pango, or a library that it needs, is not on this machine."""

    def __init__(self) -> None:
        """Say it in one sentence, with this system's command."""
        super().__init__(
            "这台机器没有 WeasyPrint 需要的系统库 Pango，不能用它印 PDF",
            hint=f"{_advice()}；或者用 --printer typst，不需要系统库",
        )


_LOADING = Lock()


def require_weasyprint() -> None:
    """Import WeasyPrint. Raises MissingLibraries where it finds no Pango."""
    with _LOADING:  # standard output is every thread's: one at a time may stand in for it
        if "weasyprint" in sys.modules:
            return
        try:
            # On its way out it prints to standard output, where results belong.
            with redirect_stdout(StringIO()):
                importlib.import_module("weasyprint")
        except OSError as error:
            raise MissingLibraries from error


def _advice() -> str:
    if sys.platform == "win32":
        return f"先安装 MSYS2（https://www.msys2.org，位置不改），再运行 {MSYS2}"
    if sys.platform == "darwin":
        return f"运行 {BREW}"
    for manager, command in {"apt-get": APT, **OTHERS}.items():
        if shutil.which(manager):
            return f"运行 {command}"
    return "用系统的软件包管理器安装 pango"
