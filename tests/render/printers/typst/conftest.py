"""What the tests of the Typst printer have at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from typst_printing import Print, make_printer

from perfgen.model.layout import Layout


@pytest.fixture
def printed(suzhou: Layout, tmp_path: Path) -> Print:
    """Print as the Suzhou layout looks."""
    return make_printer(suzhou, tmp_path)
