"""Return home interviews: offered, answered, held, and what was learned. What is written stands with the child and in the records at once; nothing is typed twice."""
