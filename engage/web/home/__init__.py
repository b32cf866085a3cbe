"""The first page: what came in, what could not be used, what is new."""
