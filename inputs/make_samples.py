"""Writes the sample workbooks anew from the real figures in `data/`: python inputs/make_samples.py

The same data gives the same bytes, so a sample changes only when its data or the writer does.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from perfgen.figures import Figures, compute
from perfgen.figures.formulas.completing import with_formulas
from perfgen.figures.rates import Rate, RateState
from perfgen.layouts import find_layout, load_layout
from perfgen.model.fields import content_of
from perfgen.model.layout import Layout
from perfgen.model.records import Report
from perfgen.render.page.filters import template_filters
from perfgen.workbook.opening import open_workbook
from perfgen.workbook.reading import read_report
from perfgen.workbook.writing import CellValue, Content, write_workbook

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write every sample beside this script."""
    for data in sorted((HERE / "data").glob("*.toml")):
        target = HERE / f"{data.stem}.xlsx"
        make_sample(data, target)
        print(target.relative_to(HERE.parent))


def make_sample(data: Path, target: Path) -> None:
    """Write one sample, its computed columns showing what perfgen computes."""
    layout_id, content = read_data(data)
    layout = load_layout(find_layout(layout_id))
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / target.name
        write_workbook(layout, draft, content=content)
        report = read_report(open_workbook(draft), layout)
    report = with_formulas(report, layout)
    figures = compute(report, layout.rules)
    computed = computed_columns(figures, layout, report.amount_unit)
    computed = with_results(computed, report, layout)
    write_workbook(layout, target, content=with_computed(content, computed))


def read_data(data: Path) -> tuple[str, Content]:
    """Return the layout that a data file names (`layout`), and the content of its sheets.

    A form is one table, a table sheet a list of them.
    """
    with data.open("rb") as stream:
        sheets = tomllib.load(stream)
    layout_id = sheets.pop("layout")
    return layout_id, {
        name: rows if isinstance(rows, list) else [rows] for name, rows in sheets.items()
    }


def computed_columns(figures: Figures, layout: Layout, amount_unit: str) -> Content:
    """Return the computed columns of each row: sheet → rows of header → value."""
    printed = template_filters(layout.rules, amount_unit)
    rows: Mapping[str, Iterable[Mapping[str, CellValue]]] = {
        "budget": (
            {"adjusted": line.adjusted, "execution_rate": _shown_rate(line.execution_rate)}
            for line in figures.budget
        ),
        "fund": ({"execution_rate": _shown_rate(fund.execution_rate)} for fund in figures.funds),
        "project": (
            {"execution_rate": _shown_rate(project.whole.execution_rate)}
            for project in figures.projects
        ),
        "score": ({"computed": row.computed, "score": row.computed} for row in figures.scores),
        "indicator": (
            {"deviation": printed["deviation"](row.deviation), "computed": row.computed}
            for row in figures.indicators
        ),
    }
    columns: dict[str, list[Mapping[str, CellValue]]] = {}
    for record, fields in rows.items():
        if sheet := layout.sheet_of(record):
            headers = {c.field: c.header for c in sheet.columns if c.computed}
            columns[sheet.name] = [
                {headers[field]: value for field, value in row.items() if field in headers}
                for row in fields
            ]
    return columns


def with_results(computed: Content, report: Report, layout: Layout) -> Content:
    """Return the computed columns with the results of the layout's formulas."""
    found = dict(computed)
    for sheet in layout.sheets:
        columns = [column for column in sheet.columns if column.formula and column.computed]
        rows = report.rows(sheet.record)
        if columns and sheet.kind == "form":
            facts = [report.facts.get(column.field) for column in columns]
            found[sheet.name] = [
                {
                    column.header: (fact.content or fact.value) if fact else None
                    for column, fact in zip(columns, facts, strict=True)
                }
            ]
        elif columns:
            results = [
                {column.header: content_of(row, column.field) for column in columns} for row in rows
            ]
            before = found.get(sheet.name, [{}] * len(rows))
            found[sheet.name] = [{**a, **b} for a, b in zip(before, results, strict=True)]
    return found


def _shown_rate(rate: Rate) -> CellValue:
    return "—" if rate.state is RateState.UNDEFINED else rate.ratio


def with_computed(content: Content, computed: Content) -> Content:
    """Return `content` with the computed columns of its rows."""
    return {
        name: [
            {**row, **more}
            for row, more in zip(rows, computed.get(name, [{}] * len(rows)), strict=True)
        ]
        for name, rows in content.items()
    }


if __name__ == "__main__":
    main()
