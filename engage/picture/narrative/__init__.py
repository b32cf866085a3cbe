"""What do the texts that agencies send say? Words of published guidance are looked for in every text, each with what the sentence makes
of it: that it is so, is not, was once, is about somebody else, or may be. Nothing here decides anything about anybody."""
