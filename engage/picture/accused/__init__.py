"""How lists and exports write the part of somebody whom a record accuses."""
