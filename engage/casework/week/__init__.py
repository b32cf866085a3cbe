"""People's day and week: what is due, new, waits for somebody and waits for others, by role; the digest of it in numbers; caseload and supervision; cases drawn for audit."""
