"""A list of names, phones or plates is held once against what the area holds: with a purpose, a second person's leave, and an end.

In comes a list that somebody pasted or sent; out go the rows that hit something whoever asked may see, until a day. What hits nothing is discarded at
once: only its count is kept. No hit is never clearance, and a hit is no finding.
"""
