"""docs/检查规则.md: made from the rules, and as new as they are."""

import re
from pathlib import Path

from perfgen.checks import all_rules
from perfgen.checks.document import rules_document
from perfgen.checks.groups import GROUPS, group_of, grouped

PAGE = Path(__file__).parents[2] / "docs" / "检查规则.md"


def test_the_page_is_current():
    assert PAGE.read_text("utf-8") == rules_document(), "检查规则有改动：请运行 make rules"


def test_every_rule_stands_in_a_group():
    for rule in all_rules():
        assert rule.code.startswith(group_of(rule).start)
    listed = [rule for _, rules in grouped(all_rules()) for rule in rules]
    assert listed == list(all_rules())


def test_every_rule_has_its_section_with_its_reason_examples_and_settings():
    page = rules_document()
    for rule in all_rules():
        section = re.search(rf"^### {rule.code} .*?(?=^##|\Z)", page, re.M | re.S).group()
        plain = section.replace("\\", "")
        assert f"**{rule.severity.label}**。{rule.reason}" in plain
        assert f"- 对：{rule.good}" in plain
        assert f"- 错：{rule.bad}" in plain
        for name, setting in rule.settings.items():
            assert f"| `{name}` | {setting.shown()} | {setting.meaning} |" in plain
            assert f"{name} = " in plain
        if rule.settings:
            assert f"[checks.{rule.code}]" in plain


def test_the_links_lead_to_sections():
    page = rules_document()
    headings = re.findall(r"^#+ (.*)$", page, re.M)
    names = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]*)\)", page)
    assert len(links) == len(all_rules())
    assert set(links) <= names


def test_the_page_explains_groups_severities_waivers_and_settings():
    page = rules_document()
    for group in GROUPS:
        assert f"| {group.codes} | {group.name} |" in page
    for words in ("| 错误 |", "| 提醒 |", "| 提示 |", "说明事项", "--show-waived", "perfgen.toml"):
        assert words in page


def test_the_page_does_not_name_numbers_of_the_catalogue():
    assert not re.search(r"\bR\d\d\b", rules_document())
