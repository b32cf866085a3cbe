"""On what is it decided who may see a record? Laid down by record when a build is made, below everything that decides by it."""
