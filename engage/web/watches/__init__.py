"""What a worker watches: told, made, renewed, seen and ended; and who watches what, for whoever answers for the data."""
