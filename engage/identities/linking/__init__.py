"""Which records are one person: cleaning, candidates, the model and its training, scores, and the guarded merge."""
