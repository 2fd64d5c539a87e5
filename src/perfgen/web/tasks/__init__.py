"""What child processes do for the page: one module for each flow, one function for each task.

Arguments and answers are pickled; answers are plain data (for JSON) and bytes. Nothing is written
here but the line of progress, and what `rebuild` itself puts in its places.
"""

MODULES = tuple(
    f"{__name__}.{name}"
    for name in (
        "changing",
        "checking",
        "fetching",
        "gathering",
        "pulling",
        "seeing",
        "starting",
    )
)
"""What a child imports before the first call comes."""
