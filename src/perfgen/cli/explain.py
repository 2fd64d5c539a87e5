"""`perfgen explain PG101`: what a rule looks for, why, and what is right and wrong."""

from __future__ import annotations

import click

from perfgen.checks import all_rules, find_rule
from perfgen.cli.chinese import ChineseCommand
from perfgen.cli.console import result, show_json
from perfgen.cli.options import output_modes
from perfgen.errors import PerfgenError


@click.command(cls=ChineseCommand, help="解释一条检查规则；不写代码则列出全部规则。")
@click.argument("code", required=False, metavar="[代码]")
@output_modes
def explain(code: str | None, as_json: bool, debug: bool) -> None:
    """Explain one rule, or list them all."""
    if code is None:
        rules = all_rules()
        if as_json:
            show_json({"rules": [{"code": r.code, "title": r.title} for r in rules]})
            return
        for rule in rules:
            result(f"{rule.code}  {rule.severity.label}  {rule.title}")
        return
    found = find_rule(code)
    if found is None:
        raise PerfgenError(f"没有代码为 {code} 的规则", hint="perfgen explain 列出全部规则")
    if as_json:
        show_json(
            {
                "code": found.code,
                "severity": found.severity.value,
                "title": found.title,
                "reason": found.reason,
                "good": found.good,
                "bad": found.bad,
            }
        )
        return
    result(f"{found.code}  {found.title}（{found.severity.label}）")
    result(f"\n为什么：{found.reason}")
    result(f"对的例子：{found.good}")
    result(f"错的例子：{found.bad}")
