"""`python -m perfgen`, and the command `perfgen`.

Loading the modules takes a moment, in which Ctrl-C ends the program as it does later.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit."""
    early = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if early:  # not where the caller has Ctrl-C ignored, as nohup's background jobs have
        signal.signal(signal.SIGINT, _interrupted)
    from perfgen.cli import run_and_exit_code  # noqa: PLC0415  (heavy: Ctrl-C is answered first)

    if early:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    code = run_and_exit_code(sys.argv[1:])
    if early:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to interrupt
    _forget_interruptions()
    sys.exit(code)


def _forget_interruptions() -> None:
    """Let the exit code hold.

    Python keeps in mind that Ctrl-C came while it ran a text, as it does to make a data class, and
    at its end dies of the signal, whatever became of it. Running another text makes it forget.
    """
    exec("")


def _interrupted(number: int, frame: FrameType | None) -> None:
    """Leave at once: nothing was begun."""
    os.write(2, "已中断；没有写入任何文件\n".encode())
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
