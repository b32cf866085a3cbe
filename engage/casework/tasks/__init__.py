"""Agreed actions: who does what by when, of which case or decision it comes, and what became of it. Nothing is written over."""
