"""What a layout calls private is left blank in what goes to the public, and nothing else."""

from dataclasses import replace

from perfgen.withholding import without_private


def with_private(layout, *roles):
    """The layout, the columns of these roles private."""
    sheets = tuple(
        replace(
            sheet,
            columns=tuple(
                replace(column, private=f"{sheet.record}.{column.field}" in roles)
                for column in sheet.columns
            ),
        )
        for sheet in layout.sheets
    )
    return replace(layout, sheets=sheets)


def test_cells_of_every_kind_are_blank(read, book, suzhou):
    report = read(book)
    private = ("indicator.reason", "budget.initial", "section.text", "indicator.target.full",
               "report.unit")  # fmt: skip
    public = without_private(report, with_private(suzhou, *private))

    assert {row.reason for row in report.indicators} != {""}
    assert {row.reason for row in public.indicators} == {""}
    assert any(line.initial for line in report.budget)
    assert {line.initial for line in public.budget} == {None}
    assert any(section.paragraphs for section in report.sections)
    assert {section.paragraphs for section in public.sections} == {()}
    assert all("full" not in row.targets for row in public.indicators)
    assert public.facts["unit"].value == ""


def test_what_stands_beside_a_private_cell_stays(read, book, suzhou):
    report = read(book)
    public = without_private(report, with_private(suzhou, "budget.initial"))
    assert [replace(line, initial=None) for line in report.budget] == list(public.budget)
    assert (public.indicators, public.tasks) == (report.indicators, report.tasks)
    assert without_private(report, suzhou) is report
