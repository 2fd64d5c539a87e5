"""Whether the parts of a declaration fit each other: files, sheets, roles, rules, ready rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from perfgen.errors import LayoutError
from perfgen.layouts.faults import Faults
from perfgen.layouts.files import find_file
from perfgen.layouts.keys import Keys
from perfgen.model.headers import fold_header
from perfgen.model.layout import Column, Layout, Sheet
from perfgen.model.roles import MAY_STAY_BLANK, NEEDED, OWN, QUALIFIED, ROLES, kinds_of

DIRECTIONS = ("正向", "反向", "适中")
UNITS = ("万元", "元", "亿元")

_OWN_NAME = re.compile(r"\w{1,60}")

Rows = Mapping[str, tuple[Mapping[str, str], ...]]


def check_files(layout: Layout, keys: Keys) -> None:
    """Raise LayoutError where the id is not the folder's name, or a file is missing."""
    faults = Faults()
    with faults.noted():
        if layout.id != layout.folder.absolute().name:
            raise keys.error("id", f"是“{layout.id}”，应当与文件夹名“{layout.folder.name}”相同")
    with faults.noted():
        if find_file(layout.folder, layout.template) is None:
            raise keys.error("template", f"提到的文件不存在：{layout.template}")
    faults.raise_all()


def check_sheets(layout: Layout, keys: Keys) -> None:
    """Raise LayoutError where sheets, headers or roles clash, or a role cannot be read."""
    if not any(sheet.kind != "guide" for sheet in layout.sheets):
        raise keys.error("sheets", "没有要填的工作表：至少要有一张 kind 是 form 或 table 的")
    _check_unique((sheet.name for sheet in layout.sheets), "sheets", keys)
    records = [sheet.record for sheet in layout.sheets if sheet.record]
    for record in records:
        if records.count(record) > 1:
            raise keys.error("sheets", f"有两张表的 record 都是 {record}，一种记录只能有一张表")
    faults = Faults()
    for sheet in layout.sheets:
        with faults.noted():
            _check_sheet(sheet, keys)
        for column in sheet.columns:
            with faults.noted():
                _check_role(sheet, column, keys)
    faults.raise_all()


def _check_sheet(sheet: Sheet, keys: Keys) -> None:
    place = f"sheets“{sheet.name}”"
    _check_unique((column.header for column in sheet.columns), place, keys)
    roles = [column.role for column in sheet.columns]
    for column in sheet.columns:
        own_record = sheet.record in ROLES
        if roles.count(column.role) > 1 and own_record and column.field != "extra":
            raise keys.error(place, f"有两列的 role 都是 {column.role}")
    for field in NEEDED.get(sheet.record, ()):
        needed = sheet.column(field)
        if needed is None:
            raise keys.error(place, f"缺少 role 为 {sheet.record}.{field} 的列")
        if not needed.required and needed.role not in MAY_STAY_BLANK:
            raise keys.error(f"{place}“{needed.header}”", "应当写 required = true")
    if (sheet.kind == "form") != (sheet.record == "report"):
        raise keys.error(place, 'kind = "form" 的表，record 应当是 report；其他表不能是')


def _check_role(sheet: Sheet, column: Column, keys: Keys) -> None:
    place = f"sheets“{sheet.name}”“{column.header}”"
    known = ROLES.get(sheet.record, frozenset())
    if known and column.field.split(".")[0] == OWN:
        if not _OWN_NAME.fullmatch(column.field.partition(".")[2]):
            raise keys.error(
                place,
                f"role {column.role} 应当写作 {sheet.record}.{OWN}.名称，名称用字母、数字、汉字",
            )
        return
    if known and column.field.split(".")[0] not in known:
        allowed = "、".join(f"{sheet.record}.{name}" for name in sorted(known))
        raise keys.error(place, f"不认识 role {column.role}，可以用的有 {allowed}")
    record, field, qualifier = (*column.role.split(".", 2), "")[:3]
    if qualifier and known and f"{record}.{field}" not in QUALIFIED:
        raise keys.error(place, f"role {column.role} 多了“.{qualifier}”，应当写作 {record}.{field}")
    kinds = kinds_of(column.role)
    if kinds and column.kind not in kinds:
        allowed = "、".join(sorted(kinds))
        raise keys.error(place, f"的 kind 是 {column.kind}，{column.role} 只能是 {allowed}")
    if column.kind == "choice" and column.default and column.default not in column.choices:
        raise keys.error(place, f"的 default“{column.default}”不在 choices 里")


def _check_unique(names: Iterable[str], place: str, keys: Keys) -> None:
    """Names that only spaces or `（万元）` tell apart are the same to the reader."""
    seen: dict[str, str] = {}
    for name in names:
        if (folded := fold_header(name)) in seen:
            raise keys.error(place, f"“{name}”出现了不止一次（空格和“（万元）”不算区别）")
        seen[folded] = name


def check_rules(layout: Layout, keys: Keys) -> None:
    """Raise LayoutError where a rule speaks of a choice that the workbook does not offer."""
    rules, faults = layout.rules, Faults()
    if rules.amount_unit not in UNITS:
        faults.note(keys.error("amount_unit", f"只能是 {'、'.join(UNITS)} 之一"))
    for key, decimals in (
        ("rate_decimals", rules.rate_decimals),
        ("deviation_decimals", rules.deviation_decimals),
    ):
        if not 0 <= decimals <= 6:
            faults.note(keys.error(key, f"只能是 0 到 6，现在是 {decimals}"))
    for name, way in rules.directions.items():
        if way not in DIRECTIONS:
            faults.note(keys.error(f"directions.{name}", f"只能是 {'、'.join(DIRECTIONS)} 之一"))
    types = _choices(layout, "adjustment", "type")
    for name in types or ():
        if name not in rules.adjustment_signs:
            said = f"没有写“{name}”是加（1）还是减（-1）"
            faults.note(keys.error("adjustment_signs", said))
    _check_balanced(layout, types or tuple(rules.adjustment_signs), keys, faults)
    kinds = _choices(layout, "budget", "kind")
    for name in (*rules.parents, *rules.parents.values()):
        if kinds is not None and name not in kinds:
            faults.note(keys.error(f"parents.{name}", f"不在类别的清单里：{'、'.join(kinds)}"))
    faults.raise_all()


def _check_balanced(layout: Layout, types: Sequence[str], keys: Keys, faults: Faults) -> None:
    """Note each type that must balance and is no type, or cannot be balanced."""
    rules = layout.rules
    for name in rules.balanced_types:
        if name not in types:
            allowed = "、".join(types) or "空的"
            faults.note(keys.error("balanced_types", f"“{name}”不在调整类型的清单里：{allowed}"))
        elif rules.adjustment_signs.get(name, 1) != 1:
            said = "应当写 1：要平衡的类型，金额自己带正负号"
            faults.note(keys.error(f"adjustment_signs.{name}", said))
    ledger = layout.sheet_of("adjustment")
    if rules.balanced_types and ledger and ledger.column("document") is None:
        said = f"按文号核对，“{ledger.name}”应当有 role 为 adjustment.document 的列"
        faults.note(keys.error("balanced_types", said))


def _choices(layout: Layout, record: str, field: str) -> tuple[str, ...] | None:
    sheet = layout.sheet_of(record)
    column = sheet.column(field) if sheet else None
    return column.choices if column else None


def check_ready(layout: Layout, year: int, rows: Rows) -> None:
    """Raise LayoutError where ready rows name a sheet or a header that is not declared."""
    for name, items in rows.items():
        sheet = layout.sheet(name)
        file = f"版式 {layout.id} 的 ready/{year}.toml"
        if sheet is None:
            names = [sheet.name for sheet in layout.sheets]
            raise LayoutError(
                f"{file}：没有名为“{name}”的工作表",
                hint=f"{_near(name, names)}与 layout.toml 写一致",
            )
        headers = [column.header for column in sheet.columns]
        for header in dict.fromkeys(header for item in items for header in item):
            if header not in headers:
                raise LayoutError(
                    f"{file}：“{name}”没有“{header}”这一列",
                    hint=f"{_near(header, headers)}改列名要在 layout.toml 和 ready 里一起改；"
                    f"现有：{'、'.join(headers)}",
                )


def _near(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    return f"是不是“{near[0]}”？" if near else ""
