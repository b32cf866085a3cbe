"""The same doors from a terminal, as a named operator, audited like any viewer."""
