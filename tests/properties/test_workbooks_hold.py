"""Whatever stands in a workbook's cells: it is read, computed and checked, or refused."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from settings_for_hypothesis import examples

from perfgen.build import load
from perfgen.errors import WorkbookError
from perfgen.workbook.opening import WorkbookFile
from workbooks.make import TABLES, as_bytes, good_workbook

FORMATS = (
    "General", "@", "0.00", "0%", "yyyy-mm-dd", "h:mm", "[h]:mm", '0"次"', "#,##0.00;-0", "x",
)  # fmt: skip
TEXTS = st.text(max_size=40).map(lambda text: ILLEGAL_CHARACTERS_RE.sub("", text))
CELLS = st.one_of(
    TEXTS,
    st.sampled_from(["", " ", "=1+1", "≥", "≥50家", "99.04%", "约3次", "第1名", "=100%", "甲项目",
                     "12月31日前", "2024-02-30", "①", "１２．５万元", "-", "/", "无", "#N/A",
                     "总额"]),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),
    st.times().map(lambda at: time(at.hour, at.minute, at.second)),
    st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    st.none(),
)  # fmt: skip
PLACES = st.tuples(st.sampled_from(["基本信息", *TABLES]), st.integers(1, 9), st.integers(1, 11))


@examples(20, share=0.3, shrink=False)
@given(st.dictionaries(PLACES, st.tuples(CELLS, st.sampled_from(FORMATS)), max_size=12))
def test_random_cells_never_make_perfgen_stumble(cells):
    book = good_workbook()
    for (sheet, row, column), (value, number_format) in cells.items():
        cell = book[sheet].cell(row, column, value)
        cell.number_format = number_format
    try:
        loaded = load(WorkbookFile("自评.xlsx", as_bytes(book)))
    except WorkbookError as error:
        assert error.problems or error.hint
        assert all(problem.message and problem.where for problem in error.problems)
    else:
        assert not [one.message for one in loaded.checked.findings if "自身出错" in one.message]
