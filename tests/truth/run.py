"""Measures the checks on the collection: `make truth` prints it and writes docs/检查效果.md.

`python tests/truth/run.py` prints; with a path it writes the page, too; `--list` lists what is
found in another place or in several; `--book=NAME` measures that workbook alone, `--sentences`
the sentences alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth.collection import collection, sentences_alone
from truth.measure import Measured, Trial, measure
from truth.scores import (
    false_findings,
    harmless,
    kinds,
    one_or_more,
    plants,
    precision,
    right_sentences,
    share,
    wrong_sentences,
)

_HEAD = """# 检查效果

<!-- 由 make truth 生成，不要手改。 -->

检查规则在 `tests/truth/` 的一组工作簿上的效果。工作簿、单位和数字都是编的，五种版式都有：
先填一份没有错的，再每次只改一处（种一个错，或作一处无害的改动，或在正文里加一句话），存成文件，
照常检查，与改之前的发现相比。写规则时看过这里的句子，先写好、后来才量的几份另列；查不出的照实列出。
别的单位、别的写法上，查出的会少一些，误报会多一些。
"""


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and write the page where a path is given."""
    only = [argument.removeprefix("--book=") for argument in arguments if "--book=" in argument]
    books = [one for one in collection() if not only or one.book.name in only]
    if "--sentences" in arguments:
        books = [sentences_alone(one) for one in books]
    with ProcessPoolExecutor(max_workers=2) as pool:
        measured = list(pool.map(measure, books))
    page = "\n".join(page_lines(measured))
    print(page)
    if "--list" in arguments:
        print("\n".join(details(measured)))
    for path in arguments:
        if not path.startswith("--"):
            Path(path).write_text(f"{page}\n", encoding="utf-8")


def page_lines(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of the page."""
    planted, wrong = plants(measured), wrong_sentences(measured)
    right, benign = right_sentences(measured), harmless(measured)
    clean = [one for book in measured for one in book.clean]
    grave = [one for one in clean if one.severity != "info"]
    yield _HEAD
    yield "| 项目 | 结果 |"
    yield "|---|---|"
    yield f"| 种下的错，查出的 | {share(planted, lambda trial: trial.found)} |"
    yield from _knowable(planted)
    yield f"| 其中指到那一张表的 | {share(planted, lambda trial: trial.on_sheet)} |"
    yield f"| 其中指到那一格的 | {share(planted, lambda trial: trial.at_place)} |"
    yield f"| 写错的句子，查出的 | {share(wrong, lambda trial: trial.found)} |"
    yield f"| 写对的句子，误报的 | {share(right, lambda trial: trial.found)} |"
    held = [one for one in measured if one.held_back]
    if held:
        late_wrong, late_right = wrong_sentences(held), right_sentences(held)
        found_late = share(late_wrong, lambda trial: trial.found)
        blamed_late = share(late_right, lambda trial: trial.found)
        yield f"| 其中先写好、后来才量的 {len(held)} 份里，写错的查出 | {found_late} |"
        yield f"| 其中先写好、后来才量的 {len(held)} 份里，写对的误报 | {blamed_late} |"
    yield f"| 无害的改动，误报的 | {share(benign, lambda trial: trial.found)} |"
    yield (
        f"| {len(measured)} 份没有错的工作簿，多出的发现 | 错误、提醒 {len(grave)}，"
        f"提示 {len(clean) - len(grave)} |"
    )
    yield from _held_back(measured)
    total, most = one_or_more(planted)
    found = sum(trial.found for trial in planted)
    yield f"| 一个错引出的发现（连带的归在一处） | 平均 {total / max(found, 1):.2f}，最多 {most} |"
    yield ""
    yield "## 种下的错，按种类\n"
    yield "| 种类 | 查出 | 指到那张表 | 指到那一格 |"
    yield "|---|---|---|---|"
    for kind in kinds(planted):
        yield f"| {kind.name} | {kind.found} | {kind.on_sheet} | {kind.at_place} |"
    yield ""
    yield "## 各条规则说得准不准\n"
    yield "指到种下的错的，占它全部发现的多少：没有错的工作簿、无害的改动、写对的句子上的算不准。\n"
    yield "| 规则 | 准 |"
    yield "|---|---|"
    for code, exact in precision(measured):
        yield f"| {code} | {exact} |"
    yield ""
    yield "## 没有查出的\n"
    for trial in (*planted, *wrong):
        if not trial.found:
            yield f"- {trial.book}，{trial.edit}"
    yield ""
    yield "## 误报的\n"
    for one in false_findings(measured):
        yield f"- {one.code} {one.place[0]}!{one.place[1]}：{one.message}"


def _knowable(planted: Sequence[Trial]) -> Iterator[str]:
    """Without what no reader could find from the workbook alone."""
    knowable = [trial for trial in planted if not trial.edit.beyond]
    beyond = len(planted) - len(knowable)
    if beyond:
        yield (
            f"| 去掉 {beyond} 处单凭工作簿无从查起的，查出的 | "
            f"{share(knowable, lambda trial: trial.found)} |"
        )


def _held_back(measured: Sequence[Measured]) -> Iterator[str]:
    """The workbooks that were written first, and that no rule was made by."""
    held = [book for book in measured if book.held_back]
    if held:
        planted, wrong = plants(held), wrong_sentences(held)
        yield (
            f"| {len(held)} 份先写好、没有照着改规则的：种下的错，查出的 | "
            f"{share(planted, lambda trial: trial.found)} |"
        )
        yield f"| 其中指到那一格的 | {share(planted, lambda trial: trial.at_place)} |"
        yield f"| 这几份里写错的句子，查出的 | {share(wrong, lambda trial: trial.found)} |"


def details(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield what is found elsewhere, and what has many findings: for a look by hand."""
    for trial in plants(measured):
        if trial.found and not trial.at_place:
            yield f"别处：{_line(trial)}"
        if sum(not one.follows for one in trial.new) > 1:
            yield f"不止一处：{_line(trial)}"


def _line(trial: Trial) -> str:
    said = "；".join(
        f"{'↳' * one.follows}{one.code} {'!'.join(one.place)} {one.message}" for one in trial.new
    )
    return f"{trial.book}，{trial.edit}｜{said}"


if __name__ == "__main__":
    main(sys.argv[1:])
