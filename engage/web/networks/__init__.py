"""Who and what is of concern, and groups, as pages: lists in an order of facts, each opened to its records, and what named people decide."""
