"""Pages of a manager's week: caseload and supervision, cases drawn for audit; and of every worker's digest."""
