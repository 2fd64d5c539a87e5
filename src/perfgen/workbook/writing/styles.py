"""How cells look: one XlsxWriter format for each use, made once."""

from __future__ import annotations

from typing import Any

from perfgen.model.layout import Column, Rules
from perfgen.workbook.writing.expressions import decimal_places

FONT = "宋体"
FONT_PROPERTIES = {
    "font_name": FONT,
    "font_size": 11,
    "font_family": 3,
    "font_charset": 134,
    "font_scheme": "none",
}
"""The font itself, not the theme's, which would show digits in another one."""

MISSING_COLOUR = "#FFF2CC"
COMPUTED_COLOUR = "#EDEDED"
REQUIRED_COLOUR = "#1F4E79"
EXPECTED_COLOUR = "#2E75B6"
OPTIONAL_COLOUR = "#DDEBF7"
COMPUTED_HEADER_COLOUR = "#7F7F7F"
_LINE_COLOUR = "#BFBFBF"
_NOTE_COLOUR = "#595959"

TEXT_KINDS = frozenset({"text", "long", "choice", "operator", "target", "measure"})
"""Kinds whose cells are text to Excel: `=100%`, `≥6次` and `99.04%` stay as typed."""

_CENTRED = frozenset({"choice", "operator", "date", "year", "target", "measure"})
_WIDEST_CENTRED = 20
_RIGHT = frozenset({"amount", "number", "percent"})


class Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Any, rules: Rules) -> None:
        """Make formats in `workbook` as they are asked for."""
        self._workbook = workbook
        self._rules = rules
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def make(self, **properties: object) -> Any:
        """Return the format with these properties over the common ones."""
        common = FONT_PROPERTIES | {"valign": "top"}
        wanted = common | properties
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]

    def header(self, column: Column) -> Any:
        """Return the look of a header: darker the more the column matters, grey if computed."""
        dark = {"font_color": "#FFFFFF"}
        if column.computed:
            look = {"bg_color": COMPUTED_HEADER_COLOUR, **dark}
        elif column.required:
            look = {"bg_color": REQUIRED_COLOUR, **dark}
        elif column.expected:
            look = {"bg_color": EXPECTED_COLOUR, **dark}
        else:
            look = {"bg_color": OPTIONAL_COLOUR}
        return self.make(
            bold=True, text_wrap=True, align="center", valign="vcenter", num_format="@",
            border=1, border_color=_LINE_COLOUR, **look,
        )  # fmt: skip

    def cell(self, column: Column, *, decimals: int = 0) -> Any:
        """Return the look of a prepared cell; `decimals` always show, zeros too."""
        number_format = f"#,##{decimal_places(decimals)}" if decimals else None
        return self._content(column, number_format, border=1, border_color=_LINE_COLOUR)

    def beyond(self, column: Column) -> Any:
        """Return the look of a whole column, for the cells below the prepared ones."""
        return self._content(column, None)

    def _content(self, column: Column, number_format: str | None, **more: object) -> Any:
        kind = column.kind
        centred = kind in _CENTRED and column.width <= _WIDEST_CENTRED
        align = "center" if centred else "right" if kind in _RIGHT else "left"
        if column.computed:
            align = "right" if kind in _RIGHT else "center"
            more |= {"bg_color": COMPUTED_COLOUR, "font_color": _NOTE_COLOUR}
        return self.make(
            num_format=number_format or self._number_format(column),
            align=align,
            text_wrap=kind not in _RIGHT,
            **more,
        )

    def _number_format(self, column: Column) -> str:
        printing = column.printing
        if column.kind == "percent":
            decimals = printing.decimals
            return decimal_places(self._rules.rate_decimals if decimals is None else decimals, "%")
        converted = printing.unit and column.kind == "amount"
        if column.kind in _RIGHT and printing.decimals is not None and not converted:
            return ("#,##" if printing.thousands else "") + decimal_places(printing.decimals)
        if column.kind == "date":
            return "yyyy-mm-dd"
        # A computed text is a formula: in a text cell Excel would show the formula itself.
        return "@" if column.kind in TEXT_KINDS and not column.computed else "General"

    def label(self) -> Any:
        """Return the look of an item's name on a form."""
        return self.make(
            bold=True, text_wrap=True, num_format="@", border=1, border_color=_LINE_COLOUR,
            bg_color=OPTIONAL_COLOUR,
        )  # fmt: skip

    def note(self) -> Any:
        """Return the look of an explanation."""
        return self.make(
            text_wrap=True, font_color=_NOTE_COLOUR, border=1, border_color=_LINE_COLOUR
        )

    def swatch(self, colour: str) -> Any:
        """Return a coloured cell of the legend."""
        return self.make(bg_color=colour, border=1, border_color=_LINE_COLOUR)

    def title(self) -> Any:
        """Return the look of the guide's title."""
        return self.make(bold=True, font_size=16, valign="vcenter")

    def paragraph(self) -> Any:
        """Return the look of the guide's text."""
        return self.make(text_wrap=True, valign="vcenter")

    def band(self) -> Any:
        """Return the look of the row that opens a sheet's part of the guide."""
        return self.make(
            bold=True, text_wrap=True, bg_color=OPTIONAL_COLOUR, border=1, border_color=_LINE_COLOUR
        )

    def link(self) -> Any:
        """Return the look of a link in such a row."""
        return self.make(
            bold=True, underline=1, font_color="#0563C1", bg_color=OPTIONAL_COLOUR,
            border=1, border_color=_LINE_COLOUR,
        )  # fmt: skip

    def plain(self, *, bold: bool = False, centred: bool = False) -> Any:
        """Return the look of a cell of the guide's table."""
        return self.make(
            bold=bold, text_wrap=True, align="center" if centred else "left",
            border=1, border_color=_LINE_COLOUR,
        )  # fmt: skip

    def missing(self) -> Any:
        """Return the conditional look of a cell that is still to be filled."""
        return self._conditional(bg_color=MISSING_COLOUR)

    def grouped(self, decimals: str) -> Any:
        """Return the conditional look of large amounts: thousands separators."""
        return self._conditional(num_format=f"#,##0{decimals}")

    def _conditional(self, **properties: object) -> Any:
        # Conditional formats may not name fonts, so they share nothing with `make`.
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
