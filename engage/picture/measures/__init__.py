"""What was read in all texts: for those who measure it or oversee how agencies write."""
