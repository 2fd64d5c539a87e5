"""The record of builds (生成记录): what was built from what, and the earlier documents."""

from perfgen.keeping.store import Kept, Store, last_snapshot

__all__ = ["Kept", "Store", "last_snapshot"]
