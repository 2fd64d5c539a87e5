"""Live formulas of the adjustment ledger (预算调整台账): each row's line and signed amount."""

from __future__ import annotations

from dataclasses import dataclass

from perfgen.model.layout import Rules
from perfgen.workbook.writing.calc import CalcSheet, Step
from perfgen.workbook.writing.expressions import UNKNOWN, any_of, chosen, plain_text, source_cell
from perfgen.workbook.writing.plan import SheetPlan

_FIELDS = ("line", "type", "amount")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger's steps. `active` refers to a cell that is TRUE where the ledger has rows."""

    line: Step
    signed: Step
    active: str

    def of_line(self, key: str) -> str:
        """Return the signed sum of one line, blank where the ledger does not name it.

        `key` refers to a criterion made by `criterion`.
        """
        line, signed = self.line.column, self.signed.column
        return (
            f'IF(COUNTIFS({line},{key})=0,"",'
            f"IF(COUNTIFS({line},{key},{signed},{UNKNOWN})>0,{UNKNOWN},"
            f"SUMIF({line},{key},{signed})))"
        )


def criterion(text: str) -> str:
    """Return the criterion that finds a cell's text, whatever signs it holds."""
    for sign in ("~", "*", "?"):
        text = f'SUBSTITUTE({text},"{sign}","~{sign}")'
    return f'"="&{text}'


def ledger_steps(calc: CalcSheet, ledger: SheetPlan, rules: Rules) -> Ledger:
    """Write the ledger's steps. A row with a gap is unknown; perfgen asks for it to be filled."""
    last = ledger.last_calculated
    line = calc.add("台账预算项目", lambda row: plain_text(source_cell(ledger, "line", row)), last)
    signs = {kind: str(sign) for kind, sign in rules.adjustment_signs.items()}
    may_be_negative = dict.fromkeys(rules.balanced_types, "TRUE")

    def signed(row: int) -> str:
        amount = source_cell(ledger, "amount", row)
        empty = [f'{source_cell(ledger, field, row)}&""=""' for field in _FIELDS]
        kind = plain_text(source_cell(ledger, "type", row))
        sign = chosen(kind, signs, '""')
        negative = chosen(kind, may_be_negative, "FALSE")
        number = f"IF(ISNUMBER({amount}),OR({amount}>=0,{negative}),FALSE)"
        known = f'AND({line.at(row)}<>"",{number},ISNUMBER({sign}))'
        return f'IF(AND({",".join(empty)}),"",IF({known},{amount}*{sign},{UNKNOWN}))'

    amounts = calc.add("台账增减额", signed, last)
    active = calc.add_single(
        "台账有内容",
        any_of([f"COUNT({amounts.column})>0", f"COUNTIF({amounts.column},{UNKNOWN})>0"]),
    )
    return Ledger(line, amounts, active)
