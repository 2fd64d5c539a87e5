"""PG322: amounts by which the budget changed, told in sentences (追加、核减、调入、结转)."""

from __future__ import annotations

from collections.abc import Iterator

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import money_reader
from perfgen.checks.common.told_money import money_told
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import half_up, plain
from perfgen.prose import words
from perfgen.prose.change_sums import unbalanced, unfit_bracket, unfit_net
from perfgen.prose.changes import Changed, turned_round, wrong_changes
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.partitions import Unfit


@rule(
    "PG322",
    Severity.WARNING,
    title="文字里的预算增减与表里的不同",
    reason="“追加、追减、核减、压减、调入、调出、上年结转N万元”“调减后按N万元执行”，应当是预算表调整数一列、"
    "预算调整台账里的数；年初数加减各笔调整，应当等于调整后的数。只说其中一部分的、有几笔的、差得远的不比。",
    good="调整数 -400：因招标延后，设备更新项目被核减资金 400 万元",
    bad="调整数 -400：因招标延后，设备更新项目被核减资金 420 万元",
    most=10,
)
def said_changes(case: Case) -> Iterator[Hit]:
    """A change told of a line or of the whole that the table does not have; sums of changes."""
    reader = money_reader(case)
    for sentence in money_told(case):
        passage, of, figures = sentence.passage, sentence.of, sentence.figures
        if len(figures) > MOST_FIGURES:
            continue
        yield from (_other(one, passage) for one in wrong_changes(figures, reader, of))
        yield from (_turned(one, passage) for one in turned_round(figures, reader, of))
        for one in (*unbalanced(figures), *unfit_bracket(figures)):
            yield _unfit(one, passage, "调整后", "核对年初、增减和调整后的数")
        for one in unfit_net(figures):
            yield _unfit(one, passage, "净增减", "核对各笔增减和净额")


def _other(changed: Changed, passage: Passage) -> Hit:
    said = changed.figure.quantity
    unit = said.typed[len(said.typed.rstrip("元百千万亿十")) :] or "元"
    shown = "、".join(f"{plain(half_up(one / said.scale, 4))}{unit}" for one in changed.known)
    column = "调整后的数" if changed.column == words.ADJUSTED else "调整数"
    return Hit(
        subject=passage.subject if changed.row.whole else changed.row.name,
        message=f"{quoted(passage.shown)}里写{changed.row.name}“{changed.figure.lead[-8:]}"
        f"{said.typed}”，表里的{column}是 {shown}",
        hint="核对哪一个对；只说其中一部分的，写明是哪一部分",
        ref=passage.ref,
    )


def _turned(changed: Changed, passage: Passage) -> Hit:
    told = changed.figure
    table = "追加" if changed.known[0] > 0 else "追减"
    return Hit(
        subject=changed.row.name,
        message=f"{quoted(passage.shown)}里写{changed.row.name}“{told.lead[-8:]}"
        f"{told.quantity.typed}”，表里是{table}",
        hint="核对是增是减",
        ref=passage.ref,
    )


def _unfit(unfit: Unfit, passage: Passage, of: str, hint: str) -> Hit:
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{of} {unfit.said.typed}，按同一句里的增减算是 "
        f"{plain(half_up(unfit.expected, 4))}（{unfit.sum_}）",
        hint=hint,
        ref=passage.ref,
    )
