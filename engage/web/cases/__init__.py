"""Pages of cases: the list, one with its history and what can follow, and the forms that are filled in with it."""
