"""The first screen: who is missing, who is back, who was missing together, what was checked; on paper and kept for when the network is down."""
