"""Rules about targets, results and deviations (绩效指标)."""
