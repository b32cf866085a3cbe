"""What somebody has begun to write: kept on the server, restored when they come back, and both versions shown where somebody else was first."""
