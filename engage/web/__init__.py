"""The pages. A view parses, makes one call through a door, and renders."""
