"""The facts: what a workbook holds and what a layout declares, as frozen dataclasses."""
