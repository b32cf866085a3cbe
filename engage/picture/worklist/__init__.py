"""Whose new evidence has nobody looked at yet? A plain list of children in the order of facts that the reader picks. Never a score."""
