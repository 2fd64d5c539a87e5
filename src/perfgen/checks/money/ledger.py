"""PG12x: the adjustment ledger (预算调整台账勾稽)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.amounts import DUST
from perfgen.checks.registry import Case, Hit, rule
from perfgen.figures.ledger import signed_amount
from perfgen.model.finding import Severity
from perfgen.model.names import bare_name
from perfgen.model.numbers import plain
from perfgen.model.records import Adjustment

_ROWS_NAMED = 8
"""Rows of one transfer that are named one by one."""

_BRACKETS = str.maketrans("〔[【{〕]】}", "(((())))")


@dataclass(frozen=True, slots=True)
class _Transfer:
    """Rows of one type under one document number (文号): they should sum to nothing."""

    kind: str
    document: str
    rows: tuple[Adjustment, ...]
    signs: Mapping[str, Decimal]

    @property
    def amounts(self) -> list[Decimal]:
        return [signed_amount(row, self.signs) for row in self.rows]

    @property
    def missing(self) -> Decimal:
        """What would have to be added for the rows to balance."""
        return -sum(self.amounts, Decimal(0))

    @property
    def balances(self) -> bool:
        return abs(self.missing) <= DUST


@rule(
    "PG120",
    Severity.ERROR,
    title="预算调剂不平衡",
    reason="调剂只在项目之间转移资金，预算总额不变：同一文号的各行，调入与调出必须相等。"
    "少登一行、漏写文号、文号写错，都会使某个项目的调整预算数出错。各行日期不同的只作提醒。",
    good="苏财预〔2023〕41号：甲项目调剂 20，乙项目调剂 -20",
    bad="苏财预〔2023〕41号：甲项目调剂 20，乙项目调剂 -15",
    most=20,
)
def unbalanced(case: Case) -> Iterator[Hit]:
    """R07: money moved between lines that does not arrive, or has no document to be known by."""
    transfers = _transfers(case)
    uneven = [transfer for transfer in transfers if not transfer.balances]
    for transfer in uneven:
        yield _uneven(transfer, uneven, case)
    for row in case.report.adjustments:
        if row.type in case.layout.rules.balanced_types and not row.document:
            header = case.header("adjustment", "document")
            yield Hit(
                subject=row.line,
                message=f"{row.line}{row.type} {plain(row.amount)} 没有写{header}，"
                "不知道与哪几行相抵，不能核对是否平衡",
                hint=f"补填{header}，同一次{row.type}的各行写同一个{header}",
                ref=row.cell("document") or row.cell("amount"),
            )
    for transfer in transfers:
        if transfer.balances and (hit := _on_several_days(transfer, case)):
            yield hit


def _transfers(case: Case) -> list[_Transfer]:
    rules = case.layout.rules
    groups: dict[tuple[str, str], list[Adjustment]] = {}
    for row in case.report.adjustments:
        if row.type in rules.balanced_types and row.document:
            groups.setdefault((row.type, _same_document(row.document)), []).append(row)
    return [
        _Transfer(kind, rows[0].document, tuple(rows), rules.adjustment_signs)
        for (kind, _), rows in groups.items()
    ]


def _same_document(number: str) -> str:
    """The number as it is compared: 苏财预[2023]41号 and 苏财预〔2023〕 41号 are one document."""
    return bare_name(number).translate(_BRACKETS)


def _uneven(transfer: _Transfer, others: Sequence[_Transfer], case: Case) -> Hit:
    arrived = sum((amount for amount in transfer.amounts if amount > 0), Decimal(0))
    left = -sum((amount for amount in transfer.amounts if amount < 0), Decimal(0))
    missing = transfer.missing
    way = "调入" if missing > 0 else "调出"
    rows = [
        f"{row.line} {plain(amount)}（{row.cell('amount')}）"
        for row, amount in zip(transfer.rows, transfer.amounts, strict=True)
    ]
    more = f"等 {len(rows)} 行" if len(rows) > _ROWS_NAMED else ""
    return Hit(
        subject=transfer.document,
        message=f"{transfer.document}的{transfer.kind}不平衡：调入 {plain(arrived)}，"
        f"调出 {plain(left)}，少{way} {plain(abs(missing))}。"
        f"现有{'、'.join(rows[:_ROWS_NAMED])}{more}",
        hint=_cure(transfer, others, way, case),
        ref=transfer.rows[0].cell("amount"),
    )


def _cure(transfer: _Transfer, others: Sequence[_Transfer], way: str, case: Case) -> str:
    for other in others:
        same = other.kind == transfer.kind and abs(other.missing + transfer.missing) <= DUST
        if same:
            return f"{other.document}正好相差 {plain(-other.missing)}，核对是不是写错了文号"
    cure = f"补登{way}的一行，金额 {plain(transfer.missing)}，或核对各行的金额和文号"
    if case.report.as_of:
        cure += "；截至日以后的行没有计入，同一次调整应当写同一天"
    return cure


def _on_several_days(transfer: _Transfer, case: Case) -> Hit | None:
    first: dict[str, Adjustment] = {}
    for row in transfer.rows:
        if row.day:
            first.setdefault(row.day.isoformat(), row)
    if len(first) < 2:
        return None
    days = "、".join(f"{day}（{row.cell('date')}）" for day, row in first.items())
    return Hit(
        subject=transfer.document,
        message=f"{transfer.document}的{transfer.kind}各行日期不同：{days}",
        hint="改成同一天，按日期截取时才会一起计入",
        ref=transfer.rows[0].cell("date"),
        severity=Severity.WARNING,
    )
