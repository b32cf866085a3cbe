"""Pages on which a worker declares a relationship to somebody, an address or a firm, and sees what they declared."""
