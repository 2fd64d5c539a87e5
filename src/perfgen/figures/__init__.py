"""The computed figures (计算数): pure functions, Decimal in and Decimal out."""

from perfgen.figures.compute import Figures, compute

__all__ = ["Figures", "compute"]
