"""The environment of a child that may not write large files: coverage would write its own there."""

import os


def uncounted() -> dict[str, str]:
    """Return the environment without what makes coverage count in a child."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
