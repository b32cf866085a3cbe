"""A chart that starts from a question: people, events, places, vehicles, phones and accounts, and lines that open to their records. No score, and nothing
ranked by where it stands in the chart."""
