"""Cases: each with its state, its moves, what was written in it, who takes part and what happened. Nothing is written over; what is corrected stays beside the correction."""
