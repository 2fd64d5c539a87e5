"""Work on several files at once, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed


def side_by_side(module: str, tasks: Sequence[Sequence[str]]) -> Iterator[tuple[int, bool]]:
    """Run `python -m module` with each task's arguments; yield its number, and if it went well.

    As many run at once as there are processors. They are programs of their own: a process that
    multiprocessing starts first runs the calling program again, which may ask for this very work.
    """
    with ThreadPoolExecutor(min(len(tasks), os.cpu_count() or 1)) as pool:
        running = {
            pool.submit(_run, module, arguments): number for number, arguments in enumerate(tasks)
        }
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _run(module: str, arguments: Sequence[str]) -> bool:
    places = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-P", "-m", module, *arguments]
    # What goes wrong is said by who asked: it does the work again.
    run = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": places},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return run.returncode == 0
