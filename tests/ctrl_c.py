"""perfgen run so that it hears Ctrl-C."""

LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from perfgen.__main__ import main
main()
"""
"""perfgen with Ctrl-C heard, although whoever runs the tests may have it ignored (nohup)."""
