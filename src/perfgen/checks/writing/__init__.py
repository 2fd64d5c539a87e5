"""Rules about style, years, left-overs and repetitions (行文)."""
