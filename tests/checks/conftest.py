"""What the rules find in a workbook, from the file on."""

import pytest

from perfgen.checks import run_checks
from perfgen.figures import compute


@pytest.fixture
def checked(read, suzhou):
    """Everything that `perfgen check` would say about a workbook."""

    def check(content, layout=suzhou):
        report = read(content)
        return run_checks(report, compute(report, layout.rules), layout)

    return check


@pytest.fixture
def found(checked):
    """The findings in a workbook, each as `PG101 error 预算信息!C4`."""

    def find(content):
        return [
            f"{finding.code} {finding.severity} {finding.ref or finding.subject}"
            for finding in checked(content).findings
        ]

    return find
