"""Rules about amounts and budget tables (资金与预算表)."""
