"""The hidden sheets of a fill-in workbook that serve Excel alone: nothing is read from them."""

CALC_SHEET = "_calc"
"""Live formulas in small steps (writing/calc.py)."""

LISTS_SHEET = "_lists"
"""The lists that columns choose from (writing/lists.py)."""
