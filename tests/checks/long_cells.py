"""Run in a child process: every rule over a report whose texts are all as long as a cell can be.

`python long_cells.py SAMPLE ROUND` fills each text of the sample with 32,767 characters of one
repeated piece, another piece for each text, and prints the slowest rules and the processor time
that each took. The pieces move on by one text with each round.
"""

import itertools
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

from perfgen.build import load
from perfgen.checks import all_rules
from perfgen.checks.persons.personal import masked_text
from perfgen.checks.registry import Case
from perfgen.figures import compute
from perfgen.model.measure import Measure, Target
from perfgen.model.records import ROWS
from perfgen.prose.text import sentences

LONGEST = 32_767
PIECES = (
    "1、", "（1）", "一、", "（一）", "、", "，", "。", "（", "）", "“", "”", "“”", "《",
    "》", "《》", " ", "1", "1 ", "1-", "1.", "12,345,", "%", "1%", "1万元", "一", "百",
    "2023年", "2023年1月1日", "第", "等3项", "共1个项", "甲、", "一是", "的", "由1个增至", "占",
    "未完成", "因", "见表1-1", "〔2023〕1号", "13800000000", "a@a.", "X", "*", "_",
    "支出1万元，", "项目支出", "编制1名在编1人", "1分", "局长王", "村1组", "满意度", "对满意",
    "苏A1", "2月30日", "12月8日完工，", "我委", "水市教育局", "1家中，1家、", "分别支出1万元、",
    "由1个", "比目标高1%", "2042年，", "原定", "〔25〕7号", "【】", "巡查12次，巡查21次，",
    "取消", "其中1个", "\n", "一\n", "=", "≥1", "0512-", "水平水平",
)  # fmt: skip
ROWS_FILLED = 2


def long_text(piece):
    """The piece, repeated until a cell is full."""
    return (piece * (LONGEST // len(piece) + 1))[:LONGEST]


def filled(report, start):
    """The report with long texts in the first rows of every table, and in its form."""
    pieces = itertools.cycle(PIECES[start % len(PIECES) :] + PIECES[: start % len(PIECES)])
    changes = {}
    for attribute in ROWS.values():
        rows = list(getattr(report, attribute))
        for place, row in enumerate(rows[:ROWS_FILLED]):
            rows[place] = _row(row, pieces)
        changes[attribute] = tuple(rows)
    facts = {
        role: replace(fact, value=long_text(next(pieces))) if role.startswith("text.") else fact
        for role, fact in report.facts.items()
    }
    return replace(report, facts=facts, **changes)


def _row(row, pieces):
    changes = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if isinstance(value, str) and value:
            changes[one.name] = long_text(next(pieces))
        elif one.name == "paragraphs":
            changes[one.name] = tuple(long_text(next(pieces)).split("\n"))
        elif isinstance(value, Measure):
            changes[one.name] = Measure.parse(long_text(next(pieces)))
        elif one.name == "targets":
            changes[one.name] = {period: _target(long_text(next(pieces))) for period in value}
    return replace(row, **changes)


def _target(text):
    try:
        return Target.parse(text)
    except ValueError:
        return Target.parse("有序推进")


def main(sample, start):
    """Print how long each rule took."""
    loaded = load(Path(sample), say=lambda stage: None)
    report = filled(loaded.report, start)
    took = {}
    began = time.process_time()
    case = Case(report, compute(report, loaded.layout.rules), loaded.layout)
    took["figures"] = time.process_time() - began
    for rule in all_rules():
        began = time.process_time()
        rule.findings(case)
        took[rule.code] = time.process_time() - began
    for piece in PIECES[start % len(PIECES) :][:4]:
        masked_text(long_text(piece))
        list(sentences(long_text(piece)))
    for code, seconds in sorted(took.items(), key=lambda item: -item[1])[:6]:
        print(f"{code} {seconds:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
