"""Who is in a peer group: what named people said, kept by case. It knows nothing of cases and shows nothing."""
