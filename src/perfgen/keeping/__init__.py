"""The record of builds (生成记录): what was built from what, and the earlier documents."""

from perfgen.keeping.nearby import kept_word_documents
from perfgen.keeping.store import Altered, Kept, Store, last_snapshot
from perfgen.keeping.written import write_beside_altered

__all__ = [
    "Altered",
    "Kept",
    "Store",
    "kept_word_documents",
    "last_snapshot",
    "write_beside_altered",
]
