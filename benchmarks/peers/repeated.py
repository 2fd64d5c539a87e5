"""A first build and a further one, of another workbook, in one process: seconds of each."""

import sys
import time
from pathlib import Path

START = time.perf_counter()

from perfgen.build import Request, build  # noqa: E402 - imports are part of the first build

request = Request(formats=("docx", "pdf"))
build(Path(sys.argv[1]), request)
FIRST = time.perf_counter() - START
further = []
for name in sys.argv[2:]:
    start = time.perf_counter()
    build(Path(name), request)
    further.append(time.perf_counter() - start)
print(FIRST, sorted(further)[len(further) // 2])
