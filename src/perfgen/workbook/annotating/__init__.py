"""The annotated copy of a workbook (批注副本): findings as comments, fills and a first sheet.

The officer's own package is patched: parts that no finding concerns are copied byte by byte, so
that pictures, charts, controls, macros and everything else that no library keeps stays as it is.
"""

from perfgen.workbook.annotating.annotate import Annotated, annotate, is_annotated
from perfgen.workbook.annotating.remarks import Remark

__all__ = ["Annotated", "Remark", "annotate", "is_annotated"]
