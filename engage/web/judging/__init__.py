"""Pages on which people judge whether records are one person."""
