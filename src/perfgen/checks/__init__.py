"""The checks (检查): rules that run over a report and its figures, and yield findings."""

from perfgen.checks.causes import Cause
from perfgen.checks.first import first_to_mend
from perfgen.checks.registry import Rule, all_rules, find_rule
from perfgen.checks.run import Checked, run_checks

__all__ = ["Cause", "Checked", "Rule", "all_rules", "find_rule", "first_to_mend", "run_checks"]
