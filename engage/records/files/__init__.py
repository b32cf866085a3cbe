"""Files as agencies send them: read in any common dress, and kept as they came."""
