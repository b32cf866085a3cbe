"""Pages of return home interviews: one for each time from which a child came back, and what was learned, for the child's page."""
