"""Prints perfgen's speed beside its peers', as ratios of medians measured in turns in one run.

`python benchmarks/run.py --write` puts the table into docs/performance.md. Where soffice or
docxtpl is missing, the lines that need them say so.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from measuring import ROUNDS, Row, in_turns, machine, peak_memory, timed
from page_in_browser import in_browser
from workbooks import SAMPLE, enlarged

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
START, END = "<!-- measured -->", "<!-- /measured -->"


def perfgen(*arguments: object) -> list[str]:
    """Return a command of perfgen's."""
    return [sys.executable, "-m", "perfgen", *map(str, arguments)]


def peer(name: str, *arguments: object) -> list[str]:
    """Return the command that runs one of the peers."""
    return [sys.executable, str(HERE / "peers" / f"{name}.py"), *map(str, arguments)]


def build(workbook: Path, folder: Path, *options: str) -> list[str]:
    """Return the command that builds a workbook anew."""
    return perfgen("build", "--force", workbook, "-o", folder, *options)


def convert(office: str, document: Path, folder: Path) -> list[str]:
    """Return the command by which LibreOffice turns a Word file into a PDF."""
    profile = (folder / "profile").as_uri()
    return [
        office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf",
        "--outdir", str(folder / "converted"), str(document),
    ]  # fmt: skip


def sample(folder: Path, office: str | None) -> Iterator[Row]:
    """Compare the build of the sample, of 74 indicators, with its peers."""
    plan = folder / "plan.json"
    subprocess.run(peer("prepare", SAMPLE, plan), check=True, capture_output=True)
    runs = {
        "build": lambda: timed(build(SAMPLE, folder)),
        "check": lambda: timed(perfgen("check", SAMPLE), (0, 1)),
        "typst": lambda: timed(peer("bare_typst", plan)),
        "openpyxl": lambda: timed([sys.executable, "-c", "import openpyxl"]),
        "help": lambda: timed(perfgen("--help")),
        "python": lambda: timed([sys.executable, "-c", "pass"]),
    }
    if office and importlib.util.find_spec("docxtpl"):
        runs["office"] = lambda: timed(peer("docxtpl_libreoffice", plan, office))
    took = in_turns(runs)
    what = "build of the sample (docx, pdf, checks) / docxtpl + LibreOffice"
    if "office" in took:
        yield Row(what, f"{took['build'] / took['office']:.2f}", "≤ 0.5",
                  f"{took['build']:.2f} s, {took['office']:.2f} s")  # fmt: skip
    else:
        yield Row(what, "-", "≤ 0.5", "not measured: soffice or docxtpl is missing")
    alone = took["check"] + took["typst"]
    yield Row("the same / (check + Typst alone on the same source)",
              f"{took['build'] / alone:.2f}", "≤ 1.5",
              f"{took['check']:.2f} s + {took['typst']:.2f} s")  # fmt: skip
    yield Row("check of the sample / `python -c \"import openpyxl\"`",
              f"{took['check'] / took['openpyxl']:.1f}", "≤ 2",
              f"{took['check']:.2f} s, {took['openpyxl']:.2f} s")  # fmt: skip
    yield Row("perfgen --help / bare Python", f"{took['help'] / took['python']:.1f}", "",
              f"{took['help'] * 1000:.0f} ms, {took['python'] * 1000:.0f} ms")  # fmt: skip
    yield Row("peak memory, 74 indicators", f"{peak_memory(build(SAMPLE, folder))} MB",
              "≤ 180 MB", "")  # fmt: skip


def large(folder: Path, office: str | None) -> Iterator[Row]:
    """Compare builds of 1,000 and 5,000 indicators with each other and with LibreOffice."""
    thousand = enlarged(1000, folder / "1000.xlsx")
    five = enlarged(5000, folder / "5000.xlsx")
    runs = {
        "1000": lambda: timed(build(thousand, folder)),
        "5000": lambda: timed(build(five, folder)),
    }
    if office:
        runs["office"] = lambda: timed(convert(office, folder / "1000.docx", folder))
    took = in_turns(runs, max(1, ROUNDS // 2))
    what = "build of 1,000 indicators / LibreOffice turning its Word file into PDF"
    if office:
        yield Row(what, f"{took['1000'] / took['office']:.2f}", "≤ 0.4",
                  f"{took['1000']:.2f} s, {took['office']:.2f} s")  # fmt: skip
    else:
        yield Row(what, "-", "≤ 0.4", "not measured: soffice is missing")
    yield Row("5,000 / 1,000 indicators", f"{took['5000'] / took['1000']:.1f}", "≤ 5.5",
              f"{took['5000']:.1f} s")  # fmt: skip
    yield Row("peak memory, 5,000 indicators", f"{peak_memory(build(five, folder))} MB",
              "≤ 700 MB", "")  # fmt: skip


def repeated(folder: Path) -> Iterator[Row]:
    """Compare a further build in one process, of another workbook, with the first."""
    others = [enlarged(74, folder / f"other-{n}.xlsx", variant=n) for n in range(1, ROUNDS + 2)]
    shown = subprocess.run(
        peer("repeated", *others), check=True, capture_output=True, text=True
    ).stdout
    first, further = map(float, shown.split())
    yield Row("a further build of another workbook in one process / the first",
              f"{further / first:.2f}", "≤ 0.4", f"{further:.2f} s, {first:.2f} s")  # fmt: skip


def word_tables() -> Iterator[Row]:
    """Compare the Word printer's tables with docxtpl's, in one warm process."""
    shown = subprocess.run(
        peer("word_tables", ROUNDS), check=True, capture_output=True, text=True
    ).stdout
    to_docxtpl, growth, ours, theirs = map(float, shown.split())
    yield Row("Word table of 1,000 rows / docxtpl", f"{to_docxtpl:.2f}", "≤ 0.6",
              f"{ours:.2f} s, {theirs:.2f} s")  # fmt: skip
    yield Row("Word table, 10,000 / 1,000 rows", f"{growth:.1f}", "≤ 11", "")


def write_page(rows: Sequence[Row]) -> None:
    """Put the table into docs/performance.md, with the machine that it was measured on."""
    head = ["| what | measured | wanted | medians |", "|---|---|---|---|"]
    table = "\n".join([machine() + ".", "", *head, *(row.line for row in rows)])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{table}\n{END}{after}", encoding="utf-8", newline="\n")


def main() -> None:
    """Measure everything; print each line as soon as it is there."""
    office = shutil.which("soffice")
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in (sample(folder, office), large(folder, office), repeated(folder),
                     word_tables(), in_browser()):  # fmt: skip
            for row in part:
                print(f"{row.what}: {row.measured} (wanted {row.wanted or '-'}; {row.details})",
                      flush=True)  # fmt: skip
                rows.append(row)
    print(machine())
    if "--write" in sys.argv:
        write_page(rows)


if __name__ == "__main__":
    main()
