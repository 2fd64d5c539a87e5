"""How hypothesis runs here: the same examples each time, without clocks; more of them on request.

`make properties` sets PERFGEN_EXAMPLES to some thousands and a seed of its own.
"""

import os

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = int(os.environ.get("PERFGEN_EXAMPLES", "0"))


def examples(few, *, share=1.0, shrink=True):
    """Settings for a property: `few` examples among the tests, a share of many on request."""
    return settings(
        max_examples=max(few, int(EXAMPLES * share)),
        derandomize=not EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        # A document takes long to print: a failing example is told as it was found.
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if shrink else [])],
    )
