"""`make audit` says what is weak, and never that all is well where nothing was looked up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from audit_packages import NO_ANSWER, judged

SOUND = {"name": "lxml", "version": "6.0", "vulns": []}
WEAK = {
    "name": "jinja2", "version": "3.0",
    "vulns": [{"id": "CVE-2024-1", "fix_versions": ["3.1.4"]}],
}  # fmt: skip
UNKNOWN = {"name": "typst", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([SOUND], 0, "1 packages, no known weakness"),
        ([SOUND, WEAK, UNKNOWN], 1, "jinja2 3.0: CVE-2024-1 (mended in 3.1.4)"),
        ([SOUND, UNKNOWN], 2, NO_ANSWER),
        ([], 2, NO_ANSWER),
    ],
)
def test_a_list_is_well_weak_or_not_looked_up(packages, code, said):
    found, lines = judged(packages)
    assert (found, lines[-1]) == (code, said)


def test_without_an_index_it_says_so_in_one_sentence():
    script = Path(__file__).with_name("audit_packages.py")
    done = subprocess.run(
        [sys.executable, script], env={**os.environ, "PIP_NO_INDEX": "1"}, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip(), done.stderr) == (2, NO_ANSWER, "")
