"""What people judge of two records, and what follows from it at once."""
