"""Rules about what sentences tell, held against tables and other sentences (文字与表格)."""
