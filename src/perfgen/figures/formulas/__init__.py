"""Formulas that a layout declares (公式): their text → a tree, their figures, row by row."""
