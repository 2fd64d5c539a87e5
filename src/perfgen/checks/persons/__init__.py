"""Rules about personal data (个人信息)."""
