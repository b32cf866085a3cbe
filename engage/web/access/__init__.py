"""Signing in, saying why one looks, what every page needs to know of the request, and one's own access log."""
