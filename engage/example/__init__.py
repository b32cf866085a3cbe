"""A made-up town whose truth is known, written as agencies would send it. Nothing that links, maps or reads imports it."""
