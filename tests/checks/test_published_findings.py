"""What the rules on figures and indicators find in published documents: all of it, and no more."""

import tomllib
from pathlib import Path

import pytest

from perfgen.checks import run_checks
from perfgen.figures import compute
from perfgen.layouts import find_layout, load_layout
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report

HERE = Path(__file__).resolve()
INPUTS = HERE.parents[2] / "inputs"
LAYOUTS = {
    "suzhou-commerce-2023": "suzhou-self-evaluation",
    "suzhou-commerce-2024-targets": "suzhou-targets",
}
PUBLISHED = tomllib.loads((HERE.parent / "published_findings.toml").read_text("utf-8"))
EXPECTED = [
    pytest.param(sample, tuple(finding), id=f"{sample} {finding[0]} {finding[2]}")
    for sample, document in PUBLISHED.items()
    for finding in document["findings"]
]


@pytest.fixture(scope="module")
def documents():
    """Each sample: its report, its figures and its layout."""
    read = {}
    for sample, name in LAYOUTS.items():
        layout = load_layout(find_layout(name))
        report = read_report(open_workbook(INPUTS / f"{sample}.xlsx"), layout)
        read[sample] = (report, compute(report, layout.rules), layout)
    return read


@pytest.fixture(scope="module")
def found(documents):
    """The findings of the rules on figures and indicators in each sample."""
    return {
        sample: [
            finding
            for finding in run_checks(*document).findings
            if finding.code.startswith(("PG10", "PG11", "PG2"))
        ]
        for sample, document in documents.items()
    }


@pytest.mark.parametrize(("sample", "expected"), EXPECTED)
def test_a_finding_stands_at_its_cell_with_its_figures(found, sample, expected):
    code, severity, cell, figures = expected
    (finding,) = [f for f in found[sample] if (f.code, str(f.ref)) == (code, cell)]
    assert finding.severity == severity
    shown = f"{finding.message} {finding.hint}"
    assert [figure for figure in figures if figure not in shown] == []


@pytest.mark.parametrize("sample", PUBLISHED)
def test_nothing_else_is_found(found, sample):
    expected = {(code, cell) for code, _, cell, _ in PUBLISHED[sample]["findings"]}
    others = [f for f in found[sample] if (f.code, str(f.ref)) not in expected]
    assert [f"{f.code} {f.ref} {f.message}" for f in others] == []
