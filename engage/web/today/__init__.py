"""One's day: what is due, new, waits for one and waits for others."""
