"""The roles (角色) that a layout's columns may play: record → its fields.

A record of a layout's own (one that is not listed here) may have any fields; it reaches the
template as rows of texts.
"""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, frozenset[str]] = {
    "report": frozenset(
        {"unit", "year", "amount_unit", "date", "preparer", "phone", "text", "number", "extra"}
    ),
    "section": frozenset({"name", "text"}),
    "duty": frozenset({"text", "extra"}),
    "fund": frozenset(
        {"name", "parent", "initial", "adjusted", "actual", "execution_rate", "note", "extra"}
    ),
    "budget": frozenset(
        {
            "name", "kind", "group", "half_plan", "initial", "adjustment", "adjusted", "actual",
            "execution_rate", "extra",
        }
    ),
    "adjustment": frozenset({"date", "document", "line", "type", "amount", "note", "extra"}),
    "task": frozenset({"duty", "name", "content", "result", "extra"}),
    "project": frozenset(
        {
            "name", "code", "department", "implementer", "purpose", "initial", "adjusted",
            "actual", "execution_rate", "mark", "plan", "goals", "achieved", "extra",
        }
    ),
    "indicator": frozenset(
        {
            "project", "category", "subcategory", "work", "name", "description", "basis",
            "direction", "operator", "target", "measure_unit", "actual", "evidence", "deviation",
            "reason", "weight", "attainment", "rule", "mark", "computed", "extra",
        }
    ),
    "score": frozenset(
        {
            "category", "subcategory", "name", "parent", "full", "rule", "basis", "score",
            "computed", "reason", "note", "extra",
        }
    ),
    "waiver": frozenset({"rule", "subject", "reason", "officer", "expires", "extra"}),
}  # fmt: skip

OWN = "own"
"""Before the name of a column of the layout's own, on any record: `budget.own.july`."""

QUALIFIED = frozenset(
    {
        "report.text", "report.number", "indicator.target", "project.initial", "project.adjusted",
        "project.actual", "project.plan",
    }
)  # fmt: skip
"""Roles that take one part more: a period (`indicator.target.half`), a source of money, a date."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "report": ("unit", "year"),
    "section": ("name",),
    "duty": ("text",),
    "fund": ("name",),
    "budget": ("name",),
    "adjustment": ("line", "type", "amount"),
    "task": ("name",),
    "project": ("name",),
    "indicator": ("name",),
    "score": ("name",),
    "waiver": ("rule", "subject"),
}
"""Without these fields a row is no record: a layout declares them, and as required."""

MAY_STAY_BLANK = frozenset({"indicator.name"})
"""Needed columns that a layout may leave optional: an indicator without a name keeps the empty
row of a level that nobody filled."""

_WORDS = frozenset({"text", "long", "choice"})
_KINDS: Mapping[str, str] = {
    "report.year": "year",
    "report.date": "date",
    "report.number": "number",
    "fund.initial": "amount",
    "fund.adjusted": "amount",
    "fund.actual": "amount",
    "fund.execution_rate": "percent",
    "budget.half_plan": "amount",
    "budget.initial": "amount",
    "budget.adjustment": "amount",
    "budget.adjusted": "amount",
    "budget.actual": "amount",
    "budget.execution_rate": "percent",
    "adjustment.date": "date",
    "adjustment.amount": "amount",
    "project.initial": "amount",
    "project.adjusted": "amount",
    "project.actual": "amount",
    "project.execution_rate": "percent",
    "project.mark": "number",
    "project.plan": "percent",
    "indicator.operator": "operator",
    "indicator.target": "target",
    "indicator.actual": "measure",
    "indicator.weight": "number",
    "indicator.mark": "number",
    "indicator.computed": "number",
    "score.full": "number",
    "score.basis": "measure",
    "score.score": "number",
    "score.computed": "number",
    "waiver.expires": "date",
}


def kinds_of(role: str) -> frozenset[str]:
    """Return the kinds of column that a role may have: an amount is never read from a text.

    Empty for columns and records of the layout's own, which may be of any kind.
    """
    record, _, field = role.partition(".")
    if record not in ROLES or field.partition(".")[0] == OWN:
        return frozenset()
    kind = _KINDS.get(f"{record}.{field.partition('.')[0]}")
    return frozenset({kind}) if kind else _WORDS


_USUAL_NAMES: Mapping[str, str] = {
    "name": "名称", "kind": "类别", "group": "重点任务", "half_plan": "半年计划数", "text": "内容",
    "initial": "年初预算数", "adjustment": "预算调整数", "adjusted": "调整预算数",
    "actual": "实际支出数", "execution_rate": "执行率", "parent": "上级", "date": "日期",
    "document": "文号", "line": "预算项目", "type": "调整类型", "amount": "金额", "duty": "职责",
    "content": "工作内容", "result": "完成情况", "code": "编码", "department": "主管部门",
    "implementer": "实施单位", "purpose": "用途", "plan": "支出计划", "goals": "绩效目标",
    "achieved": "目标完成情况", "project": "项目名称", "category": "一级指标",
    "subcategory": "二级指标", "work": "重点工作", "description": "指标说明", "basis": "依据",
    "direction": "指标方向", "operator": "目标符号", "target": "目标值", "measure_unit": "计量单位",
    "evidence": "完成值来源", "deviation": "偏差情况", "reason": "原因", "weight": "分值",
    "attainment": "达成情况", "mark": "得分", "computed": "应得分", "full": "满分",
    "rule": "评分规则", "score": "得分",
    "note": "说明", "unit": "单位名称", "year": "年度", "amount_unit": "金额单位",
    "subject": "对象", "officer": "说明岗位", "expires": "有效期",
}  # fmt: skip


def usual_name(record: str, field: str) -> str:
    """Return what a field is called where a layout has no column for it; never its role."""
    name = field.partition(".")[0]
    if record == "indicator" and name == "actual":
        return "完成值"
    return _USUAL_NAMES.get(name, "这一列")
