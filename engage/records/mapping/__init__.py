"""The mapping language: what it may say, what is wrong with a mapping, and what it means as SQL."""
