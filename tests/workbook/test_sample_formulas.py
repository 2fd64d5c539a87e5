"""In every sample, the workbook's own formulas show what perfgen prints: rates, deviations."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from office import needs_office, recalculate
from perfgen.layouts import find_layout, load_layout

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
SAMPLES = sorted(INPUTS.glob("*.xlsx"))
BY_PERFGEN = "生成时计算"

pytestmark = needs_office


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory):
    """Every sample as LibreOffice recalculates it."""
    folder = tmp_path_factory.mktemp("samples")
    copies = [Path(shutil.copy(sample, folder)) for sample in SAMPLES]
    recalculate(folder, copies)
    return {copy.name: folder / "out" / copy.name for copy in copies}


def computed_cells(path):
    """What the computed columns of a workbook show, by sheet and cell."""
    book = openpyxl.load_workbook(path, data_only=True)
    layout_id = book["_meta"]["B1"].value
    shown = {}
    for sheet in load_layout(find_layout(layout_id)).sheets:
        headers = {column.header for column in sheet.columns if column.computed}
        for column in book[sheet.name].iter_cols() if sheet.kind == "table" else ():
            if column[0].value in headers:
                shown |= {f"{sheet.name}!{c.coordinate}": c.value for c in column[1:]}
    return shown


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_the_formulas_show_what_perfgen_computes(recalculated, sample):
    kept, anew = computed_cells(sample), computed_cells(recalculated[sample.name])
    different = {
        place: (value, anew.get(place))
        for place, value in kept.items()
        if value not in (None, "") and anew.get(place) not in (value, BY_PERFGEN)
    }
    assert different == {}
    spare = [place for place, value in kept.items() if value in (None, "") and anew.get(place)]
    assert spare == []


def test_the_samples_have_computed_cells(recalculated):
    counts = {path.stem: sum(v not in (None, "") for v in computed_cells(path).values())
              for path in SAMPLES}  # fmt: skip
    assert counts["suzhou-commerce-2023"] == 20 * 2 + 74
    assert counts["guangzhou-commerce-2023"] >= 47
    assert counts["projects-self-evaluation-2023"] >= 3
