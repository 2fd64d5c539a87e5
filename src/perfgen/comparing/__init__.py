"""Two states of one report, compared by meaning (调整前后对照)."""

from perfgen.comparing.changes import Changes, compare
from perfgen.comparing.snapshot import Snapshot, take_snapshot

__all__ = ["Changes", "Snapshot", "compare", "take_snapshot"]
