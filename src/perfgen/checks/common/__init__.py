"""What many rules look at: the texts, whom they speak of, what they tell, which cell is off."""
