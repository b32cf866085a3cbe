"""What people say of a reading of a text: that it is wrong, or right after all. Said once, it holds for the same words for good."""
