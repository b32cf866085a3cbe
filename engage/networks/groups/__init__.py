"""Which people are tied to one another more than to others? An analyst's working aid: nobody else sees a group until a named lead adopts it."""
