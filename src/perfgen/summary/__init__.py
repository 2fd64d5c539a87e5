"""Many departments' reports, gathered into one workbook (汇总)."""

from perfgen.summary.entries import Entry
from perfgen.summary.gathering import Gathered, Unread, find_files, gather
from perfgen.summary.sheets import summary_bytes

__all__ = ["Entry", "Gathered", "Unread", "find_files", "gather", "summary_bytes"]
