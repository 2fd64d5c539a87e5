"""What starts the page by a double click (启动文件): a .bat, a .command, or a desktop entry."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from perfgen.files import write_whole

NAME = "预算绩效报告"
ICON = Path(__file__).parent / "static" / "icon.svg"


def write_starter(folder: Path | None = None, system: str = sys.platform) -> Path:
    """Write the file to the desktop, and return it; `folder` is where the page is to start.

    It calls perfgen as this very process was called. Raises OutputError where it cannot be
    written.
    """
    start = (folder or Path.cwd()).absolute()
    if system == "win32":
        file, content = _desktop() / "perfgen.bat", _batch(start)
    elif system == "darwin":
        file, content = _desktop() / "perfgen.command", _script(start)
    else:
        file, content = _applications() / "perfgen.desktop", _entry(start)
    write_whole({file: content.encode("utf-8")})
    file.chmod(0o755)
    return file


def command() -> list[str]:
    """Return how perfgen was called: by its launcher, or as a module of this Python."""
    launcher = os.environ.get("PERFGEN_COMMAND", "")
    if launcher and Path(launcher).is_file():
        return [str(Path(launcher).absolute())]
    return [sys.executable, "-P", "-m", "perfgen"]


def _batch(start: Path) -> str:
    """For Windows: UTF-8 from the second line on, for paths may hold Chinese."""
    called = " ".join(f'"{_for_batch(part)}"' for part in command())
    lines = ("@echo off", "chcp 65001 >nul", f'cd /d "{_for_batch(str(start))}"',
             f"{called} serve", "if errorlevel 1 pause")  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def _for_batch(text: str) -> str:
    return text.replace("%", "%%")


def _script(start: Path) -> str:
    return f"#!/bin/sh\ncd {shlex.quote(str(start))}\nexec {shlex.join(command())} serve\n"


def _entry(start: Path) -> str:
    called = " ".join(_for_entry(part) for part in [*command(), "serve"])
    return (
        "[Desktop Entry]\nType=Application\n"
        f"Name={NAME}\nComment=检查工作簿，生成报告\n"
        f"Exec={called}\nPath={start}\nIcon={ICON}\nTerminal=true\nCategories=Office;\n"
    )


def _for_entry(text: str) -> str:
    """Quoted as the desktop entry specification has it."""
    escaped = "".join(f"\\{char}" if char in '"`$\\' else char for char in text)
    return f'"{escaped.replace("%", "%%")}"'


def _desktop() -> Path:
    home = Path.home()
    known = (home / name for name in ("Desktop", "桌面", "OneDrive/Desktop"))
    return next((folder for folder in known if folder.is_dir()), home)


def _applications() -> Path:
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "applications"
