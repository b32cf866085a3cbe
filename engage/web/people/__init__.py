"""How a person is found, one person's page, what is recorded by hand, and why records are one person."""
