"""One person checked against everybody: are they known? By the same keys, levels and weights as a whole area is linked by."""
