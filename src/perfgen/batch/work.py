"""One job, done (处理一个工作簿): what runs in every worker, on this machine or on another."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from perfgen.annotated import annotated_copy, places_of
from perfgen.batch.jobs import Aim, Job, Made, Row, stumble, trouble_of
from perfgen.build import Loaded, load, print_report
from perfgen.comparing import take_snapshot
from perfgen.disclosing import final_files
from perfgen.errors import PerfgenError
from perfgen.figures.rates import RateState, execution_rate
from perfgen.keeping.inputs import content_hash
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain
from perfgen.summary.entries import WORKBOOK, entry_of

ONE_THREAD = "RAYON_NUM_THREADS"
"""How a printer that would use all cores is held to one: the batch has a worker for each."""


def do(job: Job) -> Made:
    """Return what becomes of a workbook. A bad one is told of in the answer and raises nothing."""
    os.environ.setdefault(ONE_THREAD, "1")
    try:
        return _made(job, load(job.workbook, job.request))
    except PerfgenError as error:
        return Made(trouble=trouble_of(error))
    except MemoryError:  # not the workbook's fault alone: it is tried once more
        raise
    except Exception as error:  # one workbook that perfgen stumbles over must not stop the others
        return Made(trouble=stumble(error))


def _made(job: Job, loaded: Loaded) -> Made:
    made = Made(
        row=row_of(loaded),
        workbook_hash=content_hash(loaded.workbook.content),
        annotated=annotated_copy(loaded, places_of(loaded)).content if job.annotate else None,
    )
    gated = job.strict or job.aim is Aim.DISCLOSE
    if gated and loaded.checked.count(Severity.ERROR):
        return replace(made, refused=True)
    if job.aim is Aim.CHECK:
        return made
    if job.aim is Aim.DISCLOSE:
        final = final_files(loaded, job.request)
        return replace(
            made, documents=dict(final.contents), pages=final.pages, notices=final.notices
        )
    if job.current == loaded.layout.id:
        return replace(made, current=True)
    printed = print_report(loaded, job.request)
    return replace(
        made,
        documents={kind: printed.contents[kind] for kind in job.request.formats},
        snapshot=take_snapshot(loaded.report, loaded.figures, loaded.checked, loaded.layout),
        pages=printed.pages,
        notices=printed.notices,
    )


def row_of(loaded: Loaded) -> Row:
    """Return what the table says of a workbook."""
    checked = loaded.checked
    entry = entry_of(
        loaded.report, loaded.figures, loaded.layout, checked,
        file=loaded.workbook.name, source=WORKBOOK,
    )  # fmt: skip
    money = entry.money
    rate = execution_rate(money.actual, money.adjusted)
    return Row(
        layout=entry.layout,
        unit=entry.unit,
        year=entry.year,
        findings={severity.value: checked.count(severity) for severity in Severity},
        rules=dict(Counter(f"{one.severity.value} {one.code}" for one in checked.findings)),
        waived=len(checked.explained),
        budget=_digits(money.adjusted),
        actual=_digits(money.actual),
        rate="—" if rate.state is RateState.UNDEFINED else _digits(rate.ratio),
        score=_digits(entry.mark),
    )


def _digits(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
