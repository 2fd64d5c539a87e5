"""What to mend first (先改这几处): the gravest and most far-reaching causes."""

from __future__ import annotations

from collections.abc import Sequence

from perfgen.checks.causes import Cause
from perfgen.checks.run import Checked
from perfgen.model.finding import Severity

FIRST = 5
"""Causes that are named at the top."""

FEW = 5
"""So many findings are seen at a glance: nothing is put before them."""


def first_to_mend(checked: Checked) -> Sequence[Cause]:
    """Return the causes to mend first; none where the findings are few anyway."""
    causes = [one for one in checked.causes if one.severity is not Severity.INFO]
    folded = sum(len(cause.follows) for cause in checked.causes)
    if len(checked.findings) <= FEW and not folded:
        return ()
    return causes[:FIRST]
