"""How a workbook of one layout becomes the start of another (结转): data of the later layout.

Records and roles of the same name come along by themselves; what is said here is the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Further rows, made from rows of another kind.

    `record` rows are made from the rows of `of` for which `where` holds (field → allowed values);
    `fields` says which field comes from which, `fixed` which has a content of its own. With
    `distinct` equal rows become one; with `join` all become one, its texts one below the other,
    with `numbered` as （一）, （二） and so on where they have no number.
    """

    record: str
    of: str
    fields: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    distinct: bool = False
    join: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """What a layout takes from others.

    `sources` are the layouts that it can be started from. `values` renames contents by role,
    `first` are rows of its own that stand before those carried (a record's fields), and
    `keeps_ready` the records whose ready rows stay beside them.
    """

    sources: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    first: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    keeps_ready: tuple[str, ...] = ()
