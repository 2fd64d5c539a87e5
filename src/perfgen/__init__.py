"""perfgen: from one Excel workbook to the official budget-performance report."""

__version__ = "0.1.0"
