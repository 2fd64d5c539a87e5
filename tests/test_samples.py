"""The sample workbooks in inputs/ are what inputs/make_samples.py makes of their data today."""

import runpy
import zipfile
from pathlib import Path

import openpyxl
import pytest

INPUTS = Path(__file__).resolve().parents[1] / "inputs"
MAKER = runpy.run_path(str(INPUTS / "make_samples.py"))
SAMPLES = sorted(file.stem for file in (INPUTS / "data").glob("*.toml"))


def parts(path):
    """The uncompressed parts of a workbook's file: zlib's versions compress differently."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request, tmp_path_factory):
    """A sample as it lies in inputs/, and as made anew."""
    name = request.param
    anew = tmp_path_factory.mktemp("samples") / f"{name}.xlsx"
    MAKER["make_sample"](INPUTS / "data" / f"{name}.toml", anew)
    return INPUTS / f"{name}.xlsx", anew


def test_a_sample_is_up_to_date_with_its_data(sample):
    kept, anew = sample
    assert parts(kept) == parts(anew), "运行 make samples 重新生成"


def test_a_sample_shows_its_computed_figures_without_being_recalculated():
    book = openpyxl.load_workbook(INPUTS / "suzhou-commerce-2023.xlsx", data_only=True)
    budget, indicators = book["预算信息"], book["绩效指标"]
    assert (budget["E2"].value, budget["G2"].value) == (51621.82, 0.9904)
    assert [indicators.cell(row, 9).value for row in (26, 27, 28)] == ["-0.96%", "100%", "558.50%"]


def test_every_data_file_has_its_sample():
    assert {file.stem for file in INPUTS.glob("*.xlsx")} == set(SAMPLES)
