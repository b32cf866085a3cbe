"""What is decided in this room. Fields and constraints only."""
