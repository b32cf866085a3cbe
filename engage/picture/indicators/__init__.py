"""Which signs of exploitation do the agencies' records hold of a child, and which records say so? Never a number."""
