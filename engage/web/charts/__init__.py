"""Pages of charts that start from a question."""
