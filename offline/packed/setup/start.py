"""What perfgen.bat starts: the page in the browser, the build of workbooks that were dragged onto
it, or a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et")

WELCOME = """
浏览器里会打开一个网页：把填好的工作簿拖进去，就能检查、看页面、取报告。

也可以把工作簿（一个或几个）拖到 perfgen.bat 的图标上，报告就生成在工作簿旁边的 outputs 文件夹。

要生成填报工作簿、只做检查，在这个文件夹的地址栏里输入 cmd 回车，再输入，例如：
    perfgen init suzhou-self-evaluation -o 自评.xlsx --unit 苏州市商务局 --year 2023
    perfgen check 自评.xlsx
    perfgen build 自评.xlsx
"""


def main(arguments: Sequence[str]) -> int:
    """Build what was dragged, or run the command; return the exit code."""
    from perfgen.cli import run  # noqa: PLC0415  (children of this process need none of it)

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if not arguments:
        print(WELCOME, flush=True)
        code = run(["serve"])
        if code:
            wait()
        return code
    if not are_workbooks(arguments):
        return run(list(arguments))
    code = 0
    for workbook in [Path(argument).absolute() for argument in arguments]:
        print(f"\n{workbook}")
        os.chdir(workbook.parent)  # so the documents come to lie beside it
        code = max(code, run(["build", workbook.name]))
    wait()
    return code


def are_workbooks(arguments: Sequence[str]) -> bool:
    """Return whether these are files that were dragged, and no command."""
    return all(
        argument.lower().endswith(WORKBOOKS) and Path(argument).is_file() for argument in arguments
    )


def wait() -> None:
    """Keep the window open until it was read."""
    if sys.stdin is not None and sys.stdin.isatty():
        input("按回车键关闭窗口 ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
