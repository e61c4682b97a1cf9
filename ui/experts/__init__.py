"""专家: the register of people as a list, the card of one person, and the form."""
