"""The scripts of `make offline`, which stand outside the package."""

import sys
from pathlib import Path

OFFLINE = Path(__file__).parents[2] / "offline"
sys.path[:0] = [str(OFFLINE), str(OFFLINE / "packed" / "setup")]
