"""Files that belong to a case, and standing documents about a child: what may be kept, kept so that a kill loses nothing, and given out through the one access door."""
