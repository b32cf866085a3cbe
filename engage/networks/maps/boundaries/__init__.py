"""The boundaries of an area's wards or beats: read from a file as it comes, checked, put on the national grid, and kept with the area as plain data."""
