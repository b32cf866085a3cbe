"""Pages of hotspots: a map drawn by the server, with the same in tables, opened to the records behind each count."""
