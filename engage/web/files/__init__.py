"""Pages of files: those of a case, standing documents about a person, and one to take away."""
