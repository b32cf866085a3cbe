"""Pages that are taken away as documents, for people who read them in a word processor, on paper or with a screen reader."""
