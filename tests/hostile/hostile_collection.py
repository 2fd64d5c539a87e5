"""All hostile workbooks, by name.

`python tests/hostile/hostile_collection.py FOLDER` writes them, for a look or another program.
"""

import sys
from pathlib import Path

from hostile_dialects import DIALECTS
from hostile_files import HOSTILE

COLLECTION = {**HOSTILE, **DIALECTS}


def write_all(folder: Path) -> None:
    """Write every kind into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in COLLECTION.items():
        (folder / f"{name}.xlsx").write_bytes(kind.make())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
