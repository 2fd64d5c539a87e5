"""安装说明 of the offline package: one HTML file with its pictures in it."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from pictures import console, drag, folder, installer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SAMPLE = "project-self-evaluation-2023.xlsx"

UNPACKED = (
    ("安装.bat", "Windows 上双击它"),
    ("install.sh", "Linux、macOS 上运行它"),
    ("安装说明.html", "就是这一页"),
    ("使用手册.md", "怎样填报、检查、生成"),
    ("samples", "填好的样例工作簿"),
    ("fonts", "免费字体和许可"),
    ("wheels", "软件包"),
    ("setup", "安装程序"),
)
INSTALLED = (
    "perfgen：建立运行环境（Python 3.12.10，D:\\perfgen\\.venv）",
    "perfgen：安装软件包（不用网络，约一分钟）",
    "perfgen：放好字体并转换（约一分钟）",
    "perfgen：安装完成",
    "",
    "把填好的工作簿拖到 perfgen.bat 图标上，报告生成在工作簿旁边的 outputs 文件夹。",
    "samples 文件夹里有填好的样例，可以先拖一个试试。",
    "",
    "请按任意键继续. . .",
)
"""What install.py says on Windows; tests hold each line against it."""


def guide_html(platforms: Sequence[str]) -> str:
    """Return the page for a package that is for these platforms."""
    page = Template((HERE / "guide.html").read_text(encoding="utf-8"))
    return page.substitute(pictures(), platforms=_listed(platforms))


def pictures() -> Mapping[str, str]:
    """Return the pictures by the names by which the page calls them."""
    return {
        "installer": installer(),
        "folder": folder("D:\\perfgen", UNPACKED, "安装.bat"),
        "installed": console("安装.bat", INSTALLED),
        "drag": drag("自评.xlsx", "perfgen.bat"),
        "built": console("perfgen.bat", built_lines()),
        "window": _photo("window.png", "浏览器里的网页：左边是检查结果，右边是报告的页面"),
        "report": _photo("pages.png", "生成的报告"),
    }


def _photo(name: str, title: str) -> str:
    """A picture of docs/images, as part of the page."""
    content = base64.b64encode((ROOT / "docs/images" / name).read_bytes()).decode()
    return f'<img src="data:image/png;base64,{content}" alt="{escape(title)}" width="720">'


def built_lines() -> Sequence[str]:
    """Build a sample; return what perfgen says, as it stands on Windows."""
    with tempfile.TemporaryDirectory(prefix="perfgen-offline-") as scratch:
        shutil.copy(ROOT / "inputs" / SAMPLE, Path(scratch, "自评.xlsx"))
        settings = {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "NO_COLOR": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "perfgen", "build", "自评.xlsx"],
            cwd=scratch,
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, **settings},
        )
    said = done.stdout.strip().replace("outputs/", "outputs\\")
    return ("D:\\报送\\自评.xlsx", *said.splitlines(), "按回车键关闭窗口")


def _listed(platforms: Sequence[str]) -> str:
    return "".join(f"<li>{escape(platform)}</li>" for platform in platforms)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(guide_html(["Windows 10/11 64 位", "Linux x86_64（glibc 2.28 以上）"]))
