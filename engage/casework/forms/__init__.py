"""Forms as data: what is asked, of what kind each answer is, and what an answer tells of what happened. Plain Python; an area adds or replaces forms by files."""
