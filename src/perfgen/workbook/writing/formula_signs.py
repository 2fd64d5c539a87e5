"""Signs and functions as Excel formulas: blanks, — and what only perfgen can tell go through."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.model.formulas import UNDEFINED
from perfgen.workbook.writing.calc import Step
from perfgen.workbook.writing.expressions import UNKNOWN, any_of, quoted

_DASH = quoted(UNDEFINED)
_ANY_NUMBER = '">-1E+300"'
_ALIKE = 12
"""Decimals to which numbers are compared: binary dust makes no difference."""


def _guarded(parts: Sequence[str], result: str) -> str:
    """What cannot be known stays so; what is undefined stays so."""
    unknown = any_of([f"{part}={UNKNOWN}" for part in parts])
    undefined = any_of([f"{part}={_DASH}" for part in parts])
    return f"IF({unknown},{UNKNOWN},IF({undefined},{_DASH},{result}))"


def _unless_blank(parts: Sequence[str], result: str) -> str:
    return f'IF({any_of(_blanks(parts))},"",{result})'


def _blanks(parts: Sequence[str]) -> list[str]:
    return [f'{part}=""' for part in parts]


def signed(left: str, right: str, sign: str, *, lenient: bool, over_zero: str) -> str:
    """Return + - × ÷ of two cells. A lenient sum takes one blank for nothing."""
    parts = (left, right)
    if lenient:
        result = f'IF(AND({left}="",{right}=""),"",N({left})+N({right}))'
    elif sign == "÷":
        zero = {"zero": "0", "blank": '""'}.get(over_zero, f'IF({left}=0,"",{_DASH})')
        result = _unless_blank(parts, f"IF({right}=0,{zero},{left}/{right})")
    else:
        result = _unless_blank(parts, f"{left}{'*' if sign == '×' else sign}{right}")
    return _guarded(parts, result)


def compared(left: str, right: str, sign: str, *, blank: bool) -> str:
    """Return whether a comparison holds; with `blank` one side is "", and a blank is meant."""
    excel = {"≠": "<>", "≤": "<=", "≥": ">="}.get(sign, sign)
    if blank:
        return f"IF(OR({left}={UNKNOWN},{right}={UNKNOWN}),{UNKNOWN},{left}{excel}{right})"
    numbers = f"ROUND({left},{_ALIKE}){excel}ROUND({right},{_ALIKE})"
    texts = f"{left}{excel}{right}" if sign in ("=", "≠") else '""'
    result = f"IF(AND(ISNUMBER({left}),ISNUMBER({right})),{numbers},{texts})"
    unknown = any_of([f"{part}={UNKNOWN}" for part in (left, right)])
    nothing = any_of([f'{part}=""' for part in (left, right)]
                     + [f"{part}={_DASH}" for part in (left, right)])  # fmt: skip
    return f'IF({unknown},{UNKNOWN},IF({nothing},"",{result}))'


def chosen_part(condition: str, then: str, otherwise: str) -> str:
    """Return 若."""
    choice = f'IF({condition}="","",IF({condition},{then},{otherwise}))'
    return f"IF({condition}={UNKNOWN},{UNKNOWN},{choice})"


def extreme(parts: Sequence[str], own: Sequence[str], function: str) -> str:
    """Return 最大 or 最小; blank where all that is no number of the formula is blank."""
    blank = f"AND({','.join(_blanks(own))})"
    return _guarded(own, f'IF({blank},"",{function}({",".join(parts)}))')


def joined(name: str, parts: Sequence[str]) -> str:
    """Return 且, 或, 非, 四舍五入 and 绝对值."""
    first = parts[0]
    if name == "四舍五入":
        return _guarded([first], _unless_blank([first], f"ROUND({first},{parts[1]})"))
    if name == "绝对值":
        return _guarded([first], _unless_blank([first], f"ABS({first})"))
    unknown = any_of([f"{part}={UNKNOWN}" for part in parts])
    blank = any_of(_blanks(parts))
    if name == "非":
        return f'IF({unknown},{UNKNOWN},IF({blank},"",NOT({first})))'
    decided = "FALSE" if name == "且" else "TRUE"
    known = any_of([f"{part}={decided}" for part in parts])
    other = "TRUE" if name == "且" else "FALSE"
    return f'IF({known},{decided},IF({unknown},{UNKNOWN},IF({blank},"",{other})))'


def between_rows(name: str, value: Step, keys: Sequence[tuple[Step, str]]) -> str:
    """Return 合计, 计数 or 平均 over the rows whose keys meet these criteria."""
    where = "".join(f",{step.column},{key}" for step, key in keys)
    numbers = f"COUNTIFS({value.column},{_ANY_NUMBER}{where})"
    total = f"SUMIFS({value.column}{where})" if keys else f"SUM({value.column})"
    unknown = f"COUNTIFS({value.column},{UNKNOWN}{where})>0"
    if name == "计数":
        return f"IF({unknown},{UNKNOWN},{total})"
    result = total if name == "合计" else f"{total}/{numbers}"
    return f'IF({unknown},{UNKNOWN},IF({numbers}=0,"",{result}))'
