"""`perfgen explain PG101`: what a rule looks for, why, and what is right and wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from perfgen.checks import Rule, all_rules, find_rule
from perfgen.checks.groups import group_of, grouped
from perfgen.checks.registry import SettingValues
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import COLOURS, command_name, result, show_json, styled
from perfgen.cli.options import output_modes
from perfgen.errors import PerfgenError
from perfgen.model.measure import normalise
from perfgen.settings import FILE, find_settings

_ALIKE = str.maketrans("OIL", "011")
"""Letters that are typed for the digits that look like them."""


@click.command(cls=ChineseCommand, help="解释一条检查规则；不写代码则列出全部规则。")
@click.argument("code", required=False, metavar="[代码]")
@output_modes
def explain(code: str | None, as_json: bool, debug: bool) -> None:
    """Explain one rule, or list them all."""
    if code is None:
        rules = all_rules()
        if as_json:
            show_json({"rules": [_brief_data(rule) for rule in rules]})
        else:
            _show_all(rules)
        return
    found = find_rule(normalise(code))
    if found is None:
        near = find_rule(normalise(code).upper().translate(_ALIKE))
        guess = f"是不是 {near.code}？" if near else ""
        raise PerfgenError(
            f"没有代码为 {code} 的规则", hint=f"{guess}{command_name()} explain 列出全部规则"
        )
    here = find_settings(Path()).checks
    if as_json:
        show_json(_data(found, here))
    else:
        _show(found, here)


def _show_all(rules: tuple[Rule, ...]) -> None:
    for place, (group, members) in enumerate(grouped(rules)):
        result(("\n" if place else "") + styled(f"{group.codes} {group.name}", bold=True)
               + f"：{group.about}")  # fmt: skip
        for rule in members:
            label = styled(rule.severity.label, fg=COLOURS[rule.severity])
            result(f"  {rule.code}  {label}  {rule.title}")


def _show(rule: Rule, here: SettingValues) -> None:
    label = styled(rule.severity.label, fg=COLOURS[rule.severity])
    result(f"{styled(rule.code, bold=True)}  {rule.title}（{label}）")
    result(f"\n为什么：{rule.reason}")
    result(f"对的例子：{rule.good}")
    result(f"错的例子：{rule.bad}")
    if not rule.settings:
        return
    result("\n可以设置：")
    given = here.get(rule.code, {})
    for name, setting in rule.settings.items():
        now = f"，现在是 {setting.shown(given[name])}" if name in given else ""
        result(f"  {name}  通常 {setting.shown()}{now}  {setting.meaning}")
    result(f"  在工作簿旁边的 {FILE} 里写：")
    result(f"    [checks.{rule.code}]")
    for name, setting in rule.settings.items():
        result(f"    {name} = {setting.toml}")


def _brief_data(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "group": group_of(rule).name,
        "severity": rule.severity.value,
        "title": rule.title,
    }


def _data(rule: Rule, here: SettingValues) -> dict[str, Any]:
    given = here.get(rule.code, {})
    return {
        **_brief_data(rule),
        "reason": rule.reason,
        "settings": [
            {
                "name": name,
                "usual": setting.shown(),
                "now": setting.shown(given.get(name)),
                "meaning": setting.meaning,
            }
            for name, setting in rule.settings.items()
        ],
        "good": rule.good,
        "bad": rule.bad,
    }
