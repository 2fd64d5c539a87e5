"""Bounds of rules (阈值), as a layout (`[checks.PG203]`) or an office (perfgen.toml) sets them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from decimal import Decimal

from perfgen.checks.registry import Rule, SettingValues
from perfgen.errors import SettingsError


def merged_settings(
    layout: SettingValues, office: SettingValues, rules: Sequence[Rule]
) -> SettingValues:
    """Return the bounds that differ from the usual ones; the office's come before the layout's.

    Raises SettingsError, with the nearest name, for a rule or a bound that there is not.
    """
    merged: dict[str, dict[str, Decimal]] = {}
    for file, values in (("layout.toml", layout), ("perfgen.toml", office)):
        for code, bounds in values.items():
            _check(file, code, bounds, rules)
            merged.setdefault(code, {}).update(bounds)
    return merged


def _check(file: str, code: str, bounds: Mapping[str, Decimal], rules: Sequence[Rule]) -> None:
    rule = next((rule for rule in rules if rule.code == code), None)
    if rule is None:
        raise SettingsError(
            f"{file}：checks.{code} 不是规则代码", hint=_near(code, [rule.code for rule in rules])
        )
    for name in bounds:
        if name not in rule.settings:
            known = "、".join(rule.settings) or "没有"
            raise SettingsError(
                f"{file}：checks.{code}.{name} 不是这条规则的设置",
                hint=f"{_near(name, list(rule.settings))}可以设置的：{known}",
            )


def _near(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.4)
    return f"是不是 {near[0]}？" if near else ""
