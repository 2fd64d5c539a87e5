"""The groups of rules (检查规则的分组), by the first digit of their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgen.checks.registry import Rule


@dataclass(frozen=True, slots=True)
class Group:
    """A group: the beginning of its codes, its name, and what its rules look at."""

    start: str
    name: str
    about: str

    @property
    def codes(self) -> str:
        """Return how the group's codes are written: `PG1xx`."""
        return f"{self.start}xx"


GROUPS = (
    Group("PG1", "勾稽", "金额、合计、执行率、台账之间对得上"),
    Group("PG2", "指标", "目标、完成值、偏差和原因完整合理"),
    Group("PG3", "文字", "文字与表格一致，格式规范"),
    Group("PG4", "公开", "公开前不该留下的内容"),
    Group("PG5", "评分", "分值、得分与评分规则一致"),
    Group("PG9", "说明", "“说明事项”本身"),
)


def grouped(rules: Sequence[Rule]) -> list[tuple[Group, list[Rule]]]:
    """Return the rules by group, in the order of the groups; groups without rules are left out."""
    groups = [(group, [rule for rule in rules if _is_in(rule, group)]) for group in GROUPS]
    return [(group, members) for group, members in groups if members]


def group_of(rule: Rule) -> Group:
    """Return the group of a rule. Raises StopIteration for a code outside all groups."""
    return next(group for group in GROUPS if _is_in(rule, group))


def _is_in(rule: Rule, group: Group) -> bool:
    return rule.code.startswith(group.start)
