"""Screenings as pages: a list is sent with purpose and reason, somebody else gives leave, and what hits is shown until a day."""
