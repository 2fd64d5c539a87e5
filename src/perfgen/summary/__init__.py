"""Many departments' reports, gathered into one workbook (汇总)."""

from perfgen.summary.collected import Collected, collecting
from perfgen.summary.copies import find_copies
from perfgen.summary.entries import Entry
from perfgen.summary.gathering import Unread, find_files, read_entries
from perfgen.summary.sheets import write_summary

__all__ = [
    "Collected",
    "Entry",
    "Unread",
    "collecting",
    "find_copies",
    "find_files",
    "read_entries",
    "write_summary",
]
