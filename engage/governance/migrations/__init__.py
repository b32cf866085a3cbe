"""How the decided tables of this room came to their present shape."""
