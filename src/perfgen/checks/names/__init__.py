"""Rules about the names of things and of offices (名称)."""
