"""A layout folder → Layout. What is wrong in `layout.toml` is said with its file and key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from perfgen.errors import LayoutError
from perfgen.foreign_words import toml_words
from perfgen.layouts.carrying import check_carrying, read_carrying
from perfgen.layouts.consistency import Rows, check_files, check_ready, check_rules, check_sheets
from perfgen.layouts.excel_bounds import choices_of, columns_of, header_of, sheet_name
from perfgen.layouts.faults import Faults
from perfgen.layouts.files import find_file, layout_homes, read_text
from perfgen.layouts.find import DECLARATION, SHARED
from perfgen.layouts.formulas import read_formula, read_requirement, read_sum, with_settled_formulas
from perfgen.layouts.keys import Keys
from perfgen.layouts.scoring import read_scoring
from perfgen.layouts.taking import with_taken_kinds
from perfgen.model.carrying import Carrying
from perfgen.model.layout import (
    KINDS,
    PRINTERS,
    SHEET_KINDS,
    Column,
    Layout,
    Printer,
    Printing,
    Rules,
    Sheet,
)
from perfgen.model.numbers import YUAN
from perfgen.model.roles import OWN, ROLES
from perfgen.model.scoring import Scoring

MOST_DECIMALS = 6


def load_layout(folder: Path) -> Layout:
    """Return the layout declared in `folder`.

    Raises LayoutError where a file is missing, or a key is missing, unknown or of a wrong kind.
    """
    file = folder / DECLARATION
    keys = Keys(_read_toml(folder, DECLARATION), file, "")
    faults = Faults()
    head, rules_keys = keys.table("layout"), keys.table("rules", {})
    scoring_keys, carry_keys = keys.table("scoring", {}), keys.table("carry", {})
    layout, scoring, rules, carrying = None, Scoring(), Rules(), Carrying()
    sheets: list[Sheet] = []
    with faults.noted():
        layout = _head(head, folder)
    with faults.noted():
        scoring = read_scoring(scoring_keys)
    with faults.noted():
        rules = _rules(rules_keys, scoring)
    with faults.noted():
        carrying = read_carrying(carry_keys)
    for table in keys.tables("sheets"):
        with faults.noted():
            sheets.append(_sheet(table))
    with faults.noted():
        checks = keys.bounds("checks")
        keys.done()
    faults.raise_all()
    assert layout is not None  # else there was a fault
    layout = replace(
        layout, rules=rules, carrying=carrying, sheets=tuple(sheets), checks=checks,
        ready=_ready(folder),
    )  # fmt: skip
    return _checked(layout, keys, head, rules_keys, carry_keys)


def _head(head: Keys, folder: Path) -> Layout:
    layout = Layout(
        id=head.text("id"),
        title=head.text("title"),
        document=head.text("document"),
        description=head.text("description", ""),
        schema=head.whole("schema"),
        folder=folder,
        template=head.text("template"),
        styles=tuple(_style(folder, style) for style in head.texts("styles")),
        printer=cast("Printer", head.choice("printer", PRINTERS, "typst")),
    )
    head.done()
    return layout


def _checked(layout: Layout, keys: Keys, head: Keys, rules: Keys, carry: Keys) -> Layout:
    """The layout with its formulas, where all its parts fit each other."""
    faults = Faults()
    with faults.noted():
        check_files(layout, head)
    with faults.noted():
        check_sheets(layout, keys)
    with faults.noted():
        check_rules(layout, rules)
    with faults.noted():
        check_carrying(layout, carry)
    for year, rows in layout.ready.items():
        with faults.noted():
            check_ready(layout, year, rows)
    with faults.noted():
        layout = with_taken_kinds(layout, keys)
    with faults.noted():
        layout = with_settled_formulas(layout, keys)
    faults.raise_all()
    return layout


def _style(folder: Path, name: str) -> Path:
    """The style sheet's file: the layout's own, or `../_shared/…` from the shared folders.

    perfgen's own shared folder serves where there is none beside the layout, so that a layout
    copied elsewhere goes on following the shared look. Raises LayoutError for any other place.
    """
    own, *shared = layout_homes(folder)
    homes = shared if name.startswith(SHARED) else [own]
    for home in homes:
        if file := find_file(home, name.removeprefix(SHARED)):
            return file
    raise LayoutError(
        f"{folder.name}/{DECLARATION}：styles 提到的文件不存在：{name}",
        hint=f"写版式文件夹里的文件，或 {SHARED} 里共用的文件",
    )


def _read_toml(home: Path, name: str) -> dict[str, Any]:
    file = find_file(home, name)
    if file is None:
        raise LayoutError(f"版式文件夹里没有 {name}：{home.name}", hint="从现有版式复制一份再改")
    text = read_text(file)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise LayoutError(
            f"{home.name}/{name} 不是合格的 TOML：{_why_not(error)}", hint="按提示的行、列检查"
        ) from error


def _why_not(error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return toml_words(str(error))
    return "嵌套太深" if isinstance(error, RecursionError) else "有读不了的数，或位数太多"


def _rules(keys: Keys, scoring: Scoring) -> Rules:
    rules = Rules(
        amount_unit=keys.text("amount_unit", "万元"),
        rate_decimals=keys.whole("rate_decimals", 2),
        blank_actual=keys.choice("blank_actual", ("blank", "zero"), "blank"),
        deviation=keys.choice("deviation", ("relative", "difference"), "relative"),
        deviation_decimals=keys.whole("deviation_decimals", 2),
        about_tolerance=keys.ratio("about_tolerance", Decimal("0.1")) or Decimal(0),
        trailing_zeros=keys.choice("trailing_zeros", ("drop", "keep"), "drop"),
        target_columns=keys.choice("target_columns", ("joined", "apart"), "joined"),
        duty_order=keys.choice("duty_order", ("number", "typed"), "typed"),
        category_order=keys.texts("category_order", ()),
        parents=keys.text_map("parents"),
        adjustment_signs=keys.sign_map("adjustment_signs"),
        balanced_types=keys.texts("balanced_types", ()),
        directions=keys.text_map("directions"),
        scoring=scoring,
    )
    for kind in rules.parents:
        _refuse_cycle(kind, rules.parents, keys)
    keys.done()
    return rules


def _refuse_cycle(kind: str, parents: Mapping[str, str], keys: Keys) -> None:
    seen = {kind}
    while (kind := parents.get(kind, "")) != "":
        if kind in seen:
            raise keys.error(f"parents.{kind}", "上级关系绕成了圈")
        seen.add(kind)


def _sheet(keys: Keys) -> Sheet:
    name = sheet_name(keys)
    keys.path = f"sheets“{name}”"
    sheet = Sheet(
        name=name,
        kind=keys.choice("kind", SHEET_KINDS),
        record=keys.text("record", ""),
        title=keys.text("title", ""),
        help=keys.text("help", "").strip(),
        required=keys.flag("required", True),
        protected=keys.flag("protected"),
        landscape=keys.flag("landscape"),
        spare_rows=keys.within("spare_rows", 0, 2_000, 20),
        columns=_columns(keys),
    )
    keys.done()
    if sheet.record and sheet.record not in ROLES:
        near = difflib.get_close_matches(sheet.record, ROLES, n=1, cutoff=0.75)
        if near:
            raise keys.error("record", f"是“{sheet.record}”，是不是 {near[0]}？")
    if sheet.kind != "guide" and not sheet.record:
        raise keys.error("record", "没有写，应当写明这张表的行是哪种记录，例如 budget")
    for column in sheet.columns:
        if column.role.partition(".")[0] != sheet.record:
            raise keys.error(
                "columns", f"“{column.header}”的 role 是 {column.role}，应当以 {sheet.record}. 开头"
            )
    return sheet


def _columns(keys: Keys) -> tuple[Column, ...]:
    faults = Faults()
    columns: list[Column] = []
    for table in columns_of(keys):
        with faults.noted():
            columns.append(_column(table))
    faults.raise_all()
    return tuple(columns)


def _column(keys: Keys) -> Column:
    header = header_of(keys)
    keys.path = f"{keys.path.rpartition('.')[0]}“{header}”"
    role = keys.text("role")
    formula = read_formula(keys, role)
    column = Column(
        header=header,
        role=role,
        kind=keys.choice("kind", KINDS, "text"),
        required=keys.flag("required"),
        expected=keys.flag("expected"),
        computed=keys.flag("computed") or (formula is not None and not formula.given),
        fill_down=keys.flag("fill_down"),
        choices=choices_of(keys),
        width=keys.within("width", 1, 255, 16),
        help=keys.text("help", ""),
        default=keys.text("default", ""),
        example=keys.text("example", ""),
        formula=formula,
        summed=read_sum(keys, formula),
        requirement=read_requirement(keys, role),
        private=keys.flag("private"),
        max_length=_max_length(keys),
        printing=_printing(keys.table("print", {})),
    )
    keys.done()
    _check_printing(column, keys)
    if column.kind == "choice" and not column.choices:
        raise keys.error("choices", f"没有写，“{column.header}”是从清单里选的列，要列出清单")
    return column


def _max_length(keys: Keys) -> int | None:
    """The most characters of a text (字数); None where the form does not say."""
    if "max_length" not in keys.names():
        return None
    longest = keys.whole("max_length")
    if longest < 1:
        raise keys.error("max_length", f"应当是 1 以上的整数，现在是 {longest}")
    return longest


def _printing(keys: Keys) -> Printing:
    printing = Printing(
        decimals=keys.whole("decimals", -1),
        thousands=keys.flag("thousands"),
        unit=keys.text("unit", ""),
        with_unit=keys.flag("with_unit"),
        blank=keys.text("blank", ""),
        zero=keys.text("zero") if "zero" in keys.names() else None,
    )
    keys.done()
    if printing.decimals == -1:
        return replace(printing, decimals=None)
    if not 0 <= (printing.decimals or 0) <= MOST_DECIMALS:
        raise keys.error("decimals", f"只能是 0 到 {MOST_DECIMALS}，现在是 {printing.decimals}")
    return printing


def _check_printing(column: Column, keys: Keys) -> None:
    unit = column.printing.unit
    if column.max_length is not None and column.kind not in ("text", "long"):
        raise keys.error("max_length", "只用于文字的列（text、long）")
    if unit and column.kind == "amount" and unit not in YUAN:
        raise keys.error("print.unit", f"只能是 {'、'.join(YUAN)} 之一，现在是“{unit}”")
    if unit and column.kind not in ("amount", "number"):
        raise keys.error("print.unit", "只用于金额和数的列")
    if column.computed and column.formula is None and column.field.startswith(f"{OWN}."):
        raise keys.error("formula", "没有写，自己的列写 computed = true 的，要写怎样算")


def _ready(folder: Path) -> Mapping[int, Rows]:
    ready: dict[int, Rows] = {}
    for file in sorted((folder / "ready").glob("*.toml")):
        if not re.fullmatch(r"[0-9]{4}", file.stem):
            raise LayoutError(f"ready/{file.name} 应当以年度命名", hint="例如 2023.toml")
        table = _read_toml(folder, f"ready/{file.name}")
        rows: dict[str, tuple[Mapping[str, str], ...]] = {}
        for sheet, items in table.items():
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise LayoutError(f"ready/{file.name}：“{sheet}”应当是若干行，写作 [[{sheet}]]")
            rows[sheet] = tuple(
                {header: str(value) for header, value in item.items()} for item in items
            )
        ready[int(file.stem)] = rows
    return ready
