"""What agencies sent, what could not be used, and how complete it is."""
