"""An officer's folder, for all tests of what comes back from Word."""

import pytest

from pulling.officer_files import built, make_workbook


@pytest.fixture(scope="session")
def officer(tmp_path_factory):
    """The folder of an officer: 自评.xlsx, and 自评.docx built from it."""
    folder = tmp_path_factory.mktemp("officer")
    make_workbook().save(folder / "自评.xlsx")
    return built(folder / "自评.xlsx")
