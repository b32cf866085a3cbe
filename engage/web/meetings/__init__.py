"""Meetings as pages: the list and the week, one meeting in its parts, what an agency answers on one screen, and the register of decisions."""
