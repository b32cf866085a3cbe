"""Linkage models: trained, kept with their versions, compared with what is served, adopted by a person."""
