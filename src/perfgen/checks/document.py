"""docs/检查规则.md, made from the rules themselves: `python -m perfgen.checks.document FILE`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from perfgen.checks.groups import GROUPS, grouped
from perfgen.checks.registry import Rule, all_rules
from perfgen.files import write_whole

_INTRODUCTION = """\
# 检查规则

<!-- 由 make rules 生成，不要手改：内容在 src/perfgen/checks/ 各条规则里。 -->

`perfgen check 自评.xlsx` 按下面 {count} 条规则检查填好的工作簿。`perfgen explain 代码` 在命令行里
显示同样的说明。版式里没有的内容，有关的规则自动不查。

## 级别

| 级别 | 意思 |
|---|---|
| 错误 | 几乎可以肯定有问题，公开前应当改正 |
| 提醒 | 多半有问题，请核对 |
| 提示 | 供参考 |

同一条规则，情况轻的会降一级，各条里写明。有错误时，`perfgen check` 以退出码 1 结束，
`perfgen build --strict` 不生成文件；`--fail-on warning` 时，有提醒也以退出码 1 结束。

## 分组

| 代码 | 分组 | 查什么 |
|---|---|---|
{groups}

## 核实无误的怎么办

在工作簿的“说明事项”里写一行：规则代码、对象、理由、说明岗位、有效期。这一条就不再提示，只在末尾计数，
`perfgen check 自评.xlsx --show-waived` 列出来。

- 对象写记录的名称（预算项目、指标、任务……），不写单元格，插入行也不会失效。
- 一行只对一条规则、一个对象有效，“错误”也可以说明。
- 有效期与报告的成文日期比较；不填就一直有效。
- 过期的、用不上的、代码或对象写错的，由 PG901 指出。

{settings}"""

_SETTINGS = """\
## 怎样设置

有些规则的界限可以改。在工作簿旁边的 `perfgen.toml` 里写规则代码、名称和数值，例如

```toml
{example}
```

百分数加引号，写成 `"150%"`；别的数直接写。版式也可以在自己的 `layout.toml` 里同样设置；两处都有的，
以 `perfgen.toml` 为准。代码或名称写错了，会指出是不是想写哪一个。

## 界限一览

没有设置名称的，是规定或口径，不能改。

| 规则 | 设置 | 通常 | 意思 |
|---|---|---|---|
{bounds}
"""


def rules_document() -> str:
    """Return the page on all rules, as Markdown."""
    rules = all_rules()
    introduction = _INTRODUCTION.format(
        count=len(rules),
        groups="\n".join(f"| {group.codes} | {group.name} | {group.about} |" for group in GROUPS),
        settings=_about_settings(rules),
    )
    return "\n".join([introduction, *_sections(rules)])


def _about_settings(rules: tuple[Rule, ...]) -> str:
    first = next((rule for rule in rules if rule.settings), None)
    if first is None:
        return ""
    bounds = "\n".join(line for rule in rules for line in _bounds(rule))
    return _SETTINGS.format(example="\n".join(_toml(first)), bounds=bounds)


def _bounds(rule: Rule) -> Iterator[str]:
    """A line for each bound that a rule goes by, those that may be set first."""
    for name, setting in rule.settings.items():
        yield f"| {rule.code} | `{name}` | {setting.shown()} | {_plain(setting.meaning)} |"
    for meaning, value in rule.fixed.items():
        yield f"| {rule.code} | | {_plain(value)} | {_plain(meaning)} |"


def _sections(rules: tuple[Rule, ...]) -> Iterator[str]:
    for group, members in grouped(rules):
        yield f"## {group.codes} {group.name}\n"
        yield f"{group.about}。\n"
        yield "| 代码 | 级别 | 规则 |\n|---|---|---|"
        for rule in members:
            link = f"[{rule.code}](#{_anchor(_heading(rule))})"
            yield f"| {link} | {rule.severity.label} | {_plain(rule.title)} |"
        yield ""
        for rule in members:
            yield from _section(rule)


def _section(rule: Rule) -> Iterator[str]:
    yield f"### {_plain(_heading(rule))}\n"
    yield f"**{rule.severity.label}**。{_plain(rule.reason)}\n"
    yield f"- 对：{_plain(rule.good)}"
    yield f"- 错：{_plain(rule.bad)}\n"
    if not rule.settings:
        return
    yield "| 设置 | 通常 | 意思 |\n|---|---|---|"
    for name, setting in rule.settings.items():
        yield f"| `{name}` | {setting.shown()} | {_plain(setting.meaning)} |"
    yield "\n```toml"
    yield from _toml(rule)
    yield "```\n"


def _toml(rule: Rule) -> Iterator[str]:
    yield f"[checks.{rule.code}]"
    for name, setting in rule.settings.items():
        yield f"{name} = {setting.toml}"


def _heading(rule: Rule) -> str:
    return f"{rule.code} {rule.title}"


def _anchor(heading: str) -> str:
    """The name that GitHub and the like give to a heading, for links to it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _plain(text: str) -> str:
    """Text of a rule, with what Markdown would take for its own signs marked as text."""
    return re.sub(r"([|*_`<\\\[\]])", r"\\\1", text)


if __name__ == "__main__":
    write_whole({Path(sys.argv[1]): rules_document().encode()})
