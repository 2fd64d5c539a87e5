"""Rules about marks and what they are worked out from (得分)."""
